"""The cell's month: resolution, self-criticism, score."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import monthly, score

urlpatterns = [
    path("<int:pk>/nghi-quyet/", monthly.resolution, name="resolution"),
    path("<int:pk>/cham-diem/", score.score, name="score"),
]
