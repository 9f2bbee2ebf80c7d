"""What one can do here."""

from __future__ import annotations

from django.urls import path

from hatnhan.organization import deed_urls
from hatnhan.organization.views import member, members, roster, sheet, tree, unit

app_name = "organization"
urlpatterns = [
    path("to-chuc/", tree.tree, name="tree"),
    path("to-chuc/<slug:code>/", unit.unit, name="unit"),
    path("to-chuc/<slug:code>/danh-sach/", sheet.cell_sheet, name="cell-sheet"),
    path("dang-vien/", members.members, name="members"),
    path("dang-vien/tai/", members.members_export, name="members-export"),
    path("dang-vien/xuat/", roster.export, name="roster-export"),
    path("dang-vien/nhap/", roster.choose, name="import"),
    path("dang-vien/nhap/<int:pk>/", roster.preview, name="import-preview"),
    path("dang-vien/nhap/<int:pk>/tra-loi/", roster.answer, name="import-answer"),
    path("dang-vien/nhap/<int:pk>/ghi/", roster.approve, name="import-approve"),
    path("dang-vien/nhap/<int:pk>/bo/", roster.drop, name="import-drop"),
    path("dang-vien/nhap/<int:pk>/danh-dau/", roster.marked, name="import-marked"),
    path("dang-vien/<int:pk>/", member.member, name="member"),
    path("dang-vien/<int:pk>/du-lieu/", member.member_data, name="member-data"),
    *deed_urls.urlpatterns,
]
