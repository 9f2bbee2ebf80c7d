"""What one can do here."""

from __future__ import annotations

from django.urls import path

from hatnhan.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("", views.topics, name="topics"),
    path("rieng/<int:pk>/thoi/", views.EndOverlay.as_view(), name="overlay-end"),
    path("<str:name>/", views.topic, name="topic"),
    path("<str:name>/dat/", views.SetOverlay.as_view(), name="overlay-set"),
]
