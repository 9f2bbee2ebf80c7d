"""Official papers of a meeting, and the rows behind the room's figures."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import counted, papers

urlpatterns = [
    path("<int:pk>/van-ban/<slug:slug>/", papers.paper, name="paper"),
    path("so-lieu/", counted.meetings, name="counted"),
    path("so-lieu/chi-bo/", counted.cells, name="cells"),
    path("so-lieu/khac-phuc/", counted.remedies, name="remedies"),
]
