"""What one can do in the room, in the order in which a document is worked through."""

from __future__ import annotations

from hatnhan.guidance.urls import cells, directive, following, register, rollout, study

app_name = "guidance"
urlpatterns = [
    *following.urlpatterns,
    *register.urlpatterns,
    *rollout.urlpatterns,
    *cells.urlpatterns,
    *study.urlpatterns,
    *directive.urlpatterns,
]
