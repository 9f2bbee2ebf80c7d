"""Regular supervision: who follows whom, notes and answers."""

from __future__ import annotations

from django.urls import path

from hatnhan.oversight.views import supervision
from hatnhan.oversight.views import supervision_deeds as deeds

_ONE = "giam-sat/<int:pk>/"

urlpatterns = [
    path("giam-sat/", supervision.watch_list, name="watches"),
    path("giam-sat/phan-cong/", deeds.AssignWatch.as_view(), name="watch-new"),
    path(_ONE, supervision.watch, name="watch"),
    path(f"{_ONE}bo/", deeds.DropWatch.as_view(), name="watch-drop"),
    path(f"{_ONE}ket-thuc/", deeds.ConcludeWatch.as_view(), name="watch-conclude"),
    path(f"{_ONE}ghi-nhan/", deeds.WriteNote.as_view(), name="note-new"),
    path("ghi-nhan-ve-toi/", supervision.my_notes, name="my-notes"),
    path("ghi-nhan/<int:pk>/tra-loi/", deeds.AnswerNote.as_view(), name="note-answer"),
    path("ghi-nhan/<int:pk>/xac-nhan/", deeds.ConfirmNote.as_view(), name="note-confirm"),
    path("xu-huong/", supervision.trend_table, name="trends"),
]
