"""What one can do here."""

from __future__ import annotations

from django.urls import path

from hatnhan.audit import views

app_name = "audit"
urlpatterns = [path("", views.entries, name="entries")]
