"""What one can do in the room, in the order of the year's work."""

from __future__ import annotations

from hatnhan.oversight.urls import (
    checks,
    decisions,
    denunciations,
    discipline,
    findings,
    overview,
    programme,
    supervision,
)

app_name = "oversight"
urlpatterns = [
    *overview.urlpatterns,
    *programme.urlpatterns,
    *checks.urlpatterns,
    *findings.urlpatterns,
    *supervision.urlpatterns,
    *discipline.urlpatterns,
    *decisions.urlpatterns,
    *denunciations.urlpatterns,
]
