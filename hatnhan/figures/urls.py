"""What one can do here."""

from __future__ import annotations

from django.urls import path

from hatnhan.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.board, name="board"),
    path("<str:key>/", views.figure, name="figure"),
]
