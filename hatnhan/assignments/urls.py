"""What one can do in the room."""

from __future__ import annotations

from django.urls import path

from hatnhan.assignments.views import charges, deeds_charges, deeds_groups, deeds_tasks, lists, task

app_name = "assignments"
_ONE = "<int:pk>/"
_GROUP = "phu-trach/nhom/<int:pk>/"

urlpatterns = [
    path("", lists.home, name="home"),
    path("tai/", lists.home_export, name="home-export"),
    path("don-vi/", lists.unit, name="unit"),
    path("don-vi/tai/", lists.unit_export, name="unit-export"),
    # about a task
    path("giao/", deeds_tasks.Give.as_view(), name="task-give"),
    path(_ONE, task.task, name="task"),
    path(f"{_ONE}tien-do/", deeds_tasks.Progress.as_view(), name="task-progress"),
    path(f"{_ONE}xong/", deeds_tasks.ReportDone.as_view(), name="task-done"),
    path(f"{_ONE}cong-nhan/", deeds_tasks.Verify.as_view(), name="task-verify"),
    path(f"{_ONE}lam-tiep/", deeds_tasks.Return.as_view(), name="task-return"),
    path(f"{_ONE}lui-han/", deeds_tasks.Postpone.as_view(), name="task-postpone"),
    path(f"{_ONE}doi-nguoi/", deeds_tasks.HandOver.as_view(), name="task-hand-over"),
    path(f"{_ONE}thoi/", deeds_tasks.Withdraw.as_view(), name="task-withdraw"),
    # who is in charge of what
    path("phu-trach/", charges.charges, name="charges"),
    path("phu-trach/chi-bo/<slug:code>/", deeds_charges.ChargeCell.as_view(), name="charge-cell"),
    path("phu-trach/nhom/them/", deeds_groups.CreateGroup.as_view(), name="group-create"),
    path(_GROUP, deeds_charges.ChargeGroup.as_view(), name="charge-group"),
    path(f"{_GROUP}sua/", deeds_groups.RenameGroup.as_view(), name="group-rename"),
    path(f"{_GROUP}thoi/", deeds_groups.EndGroup.as_view(), name="group-end"),
    path("phu-trach/thoi/<slug:kind>/<int:pk>/", deeds_charges.EndCharge.as_view(), name="charge-end"),
]
