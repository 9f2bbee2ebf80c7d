"""The weekly review."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import reviews

urlpatterns = [
    path("<int:pk>/nhan-xet/", reviews.sheet, name="review"),
]
