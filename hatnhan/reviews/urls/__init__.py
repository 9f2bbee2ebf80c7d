"""What one can do in the room, in the order of the year's work."""

from __future__ import annotations

from hatnhan.reviews.urls import (
    cycles,
    decisions,
    explaining,
    forms,
    overview,
    papers,
    sittings,
)

app_name = "reviews"
urlpatterns = [
    *overview.urlpatterns,
    *cycles.urlpatterns,
    *forms.urlpatterns,
    *sittings.urlpatterns,
    *decisions.urlpatterns,
    *explaining.urlpatterns,
    *papers.urlpatterns,
]
