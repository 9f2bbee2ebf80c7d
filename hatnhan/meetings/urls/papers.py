"""Official papers of a meeting."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import papers

urlpatterns = [path("<int:pk>/van-ban/<slug:slug>/", papers.paper, name="paper")]
