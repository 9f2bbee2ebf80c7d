"""The yearly programme, its amendments, its gaps."""

from __future__ import annotations

from django.urls import path

from hatnhan.oversight.views import programme_deeds, programme_items, programmes

_ALL, _ONE, _ITEM = "chuong-trinh/", "chuong-trinh/<int:pk>/", "chuong-trinh/cuoc/<int:pk>/"

urlpatterns = [
    path(_ALL, programmes.programme_list, name="programmes"),
    path(f"{_ALL}soan/", programme_deeds.DraftProgramme.as_view(), name="programme-new"),
    path(f"{_ALL}yeu-cau/", programmes.asked_list, name="asked"),
    path(f"{_ALL}yeu-cau/ghi/", programme_deeds.NoteAsked.as_view(), name="asked-new"),
    path(f"{_ALL}yeu-cau/<int:pk>/bo/", programme_deeds.RemoveAsked.as_view(), name="asked-remove"),
    path(_ONE, programmes.programme, name="programme"),
    path(f"{_ONE}muc-dich/", programme_deeds.SetAim.as_view(), name="programme-aim"),
    path(f"{_ONE}bo/", programme_deeds.DropProgramme.as_view(), name="programme-drop"),
    path(f"{_ONE}ban-hanh/", programme_deeds.ApproveProgramme.as_view(), name="programme-approve"),
    path(f"{_ONE}them/", programme_items.AddItem.as_view(), name="item-new"),
    path(f"{_ONE}dieu-chinh/", programme_items.Amend.as_view(), name="amend"),
    path(f"{_ONE}dieu-chinh/them/", programme_items.AmendAdd.as_view(), name="amend-add"),
    path(f"{_ITEM}sua/", programme_items.EditItem.as_view(), name="item-edit"),
    path(f"{_ITEM}bo/", programme_items.RemoveItem.as_view(), name="item-remove"),
    path(f"{_ITEM}dieu-chinh/", programme_items.AmendChange.as_view(), name="amend-change"),
]
