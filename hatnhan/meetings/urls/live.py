"""During and after: attendance, minutes, approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.meetings.views import item_deeds, items, live_deeds, minutes, roll

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("<int:pk>/diem-danh/", roll.roll, name="roll"),
    path("<int:pk>/diem-danh/ma/", roll.code, name="check-in-code"),
    path("<int:pk>/diem-danh/ma.svg", roll.code_image, name="check-in-image"),
    path("co-mat/<str:code>/", roll.present, name="check-in"),
    path("<int:pk>/noi-dung/", items.items, name="items"),
    path("noi-dung/<int:pk>/", items.item, name="item"),
    path("noi-dung/<int:pk>/giao-viec/", item_deeds.GiveTask.as_view(), name="item-task"),
    path("noi-dung/<int:pk>/bieu-quyet/", item_deeds.RecordVote.as_view(), name="item-vote"),
    path("bieu-quyet/<int:pk>/bo/", item_deeds.RemoveVote.as_view(), name="vote-remove"),
    path("noi-dung/<int:pk>/phieu-kin/", item_deeds.PutToBallot.as_view(), name="item-ballot"),
    path("<int:pk>/ghi-chung/", items.remarks, name="remarks"),
    path("<int:pk>/ket-thuc/", live_deeds.CloseMeeting.as_view(), name="close"),
    path("<int:pk>/bien-ban/", minutes.minutes, name="minutes"),
    path("<int:pk>/bien-ban/duyet/<str:role>/", live_deeds.ApproveMinutes.as_view(), name="approve"),
    path("<int:pk>/bien-ban/rut-duyet/", live_deeds.WithdrawApproval.as_view(), name="withdraw"),
    path("<int:pk>/bien-ban/khoa/", live_deeds.LockMinutes.as_view(), name="lock"),
    path("<int:pk>/bien-ban/dinh-chinh/", live_deeds.AddAddendum.as_view(), name="addendum"),
]
