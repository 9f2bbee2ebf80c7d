"""The overview, what waits, the lists behind figures, the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.oversight.views import home

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
]
