"""The room's first page, follow-up of documents and cells, papers, and the rows behind figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.guidance.views import counted, following, home, papers

if TYPE_CHECKING:
    from django.urls import URLPattern

_ONE = "ke-hoach/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path(f"{_ONE}theo-doi/", following.following, name="following"),
    path(f"{_ONE}theo-doi/viec/", following.tasks, name="following-tasks"),
    path(f"{_ONE}theo-doi/bao-cao/", following.reports, name="following-reports"),
    path(f"{_ONE}theo-doi/tai/", following.export, name="following-export"),
    path(f"{_ONE}van-ban/ke-hoach/", papers.plan, name="plan-paper"),
    path(f"{_ONE}van-ban/ban/<slug:kind>/", papers.variant, name="variant-paper"),
    path(f"{_ONE}van-ban/bao-cao/<int:months>/", papers.follow_up, name="follow-up-paper"),
    path("van-ban/<int:pk>/hoc-tap/danh-sach/", papers.study, name="study-paper"),
    path("hoc-tap-bac/dang-ky/<int:pk>/van-ban/", papers.registration, name="registration-paper"),
    path("so-lieu/hoc-tap/", counted.study, name="counted-study"),
    path("so-lieu/sinh-hoat/", counted.held, name="counted-held"),
    path("so-lieu/viec/", counted.tasks, name="counted-tasks"),
    path("so-lieu/bao-cao/", counted.reports, name="counted-reports"),
    path("so-lieu/hoc-tap-bac/", counted.directive, name="counted-directive"),
    path("so-lieu/van-ban/", counted.documents, name="counted-documents"),
]
