"""The cycle and its list."""

from __future__ import annotations

from django.urls import path

from hatnhan.reviews.views import cycle_deeds, cycles, entries, entry_deeds

_YEAR, _ONE = "<int:year>/", "muc/<int:pk>/"

urlpatterns = [
    path(_YEAR, cycles.cycle, name="cycle"),
    path(f"{_YEAR}cap-nhat/", cycle_deeds.RefreshList.as_view(), name="cycle-list-refresh"),
    path(f"{_YEAR}bo/", cycle_deeds.DropCycle.as_view(), name="cycle-drop"),
    path(f"{_YEAR}chot/", cycle_deeds.CloseCycle.as_view(), name="cycle-close"),
    path(f"{_YEAR}danh-sach/", entries.entries, name="entries"),
    path(f"{_YEAR}chua-nop/", cycles.call_list, name="call-list"),
    path("moc/<int:pk>/", cycle_deeds.MoveStep.as_view(), name="step-move"),
    path(_ONE, entries.entry, name="entry"),
    path(f"{_ONE}dien/", entry_deeds.SetStanding.as_view(), name="standing"),
    path(f"{_ONE}doi-tuong/", entry_deeds.SetSubject.as_view(), name="subject"),
    path(f"{_ONE}nhom/", entry_deeds.SetGroup.as_view(), name="group"),
]
