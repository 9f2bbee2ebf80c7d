"""During and after: attendance, minutes, approval."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import items, minutes, roll

urlpatterns = [
    path("<int:pk>/diem-danh/", roll.roll, name="roll"),
    path("<int:pk>/noi-dung/", items.items, name="items"),
    path("noi-dung/<int:pk>/", items.item, name="item"),
    path("<int:pk>/bien-ban/", minutes.minutes, name="minutes"),
]
