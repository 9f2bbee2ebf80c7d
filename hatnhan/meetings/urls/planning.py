"""Preparing: series, meetings ahead, agenda, papers, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.meetings.views import home, meeting

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("<int:pk>/", meeting.meeting, name="meeting"),
]
