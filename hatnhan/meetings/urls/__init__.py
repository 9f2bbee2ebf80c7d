"""What one can do in the room, by the time at which one does it."""

from __future__ import annotations

from hatnhan.meetings.urls import live, monthly, papers, planning, reviews

app_name = "meetings"
urlpatterns = [
    *planning.urlpatterns,
    *live.urlpatterns,
    *reviews.urlpatterns,
    *monthly.urlpatterns,
    *papers.urlpatterns,
]
