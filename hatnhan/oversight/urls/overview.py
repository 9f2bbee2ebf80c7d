"""The overview, what waits, the lists behind figures, the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.oversight.views import counted, home, papers

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("chuong-trinh/<int:pk>/van-ban/", papers.programme, name="programme-paper"),
    path("tai-lieu/<int:pk>/van-ban/", papers.drawn, name="drawn-paper"),
    path("ho-so/<int:pk>/muc-luc/", papers.index, name="index-paper"),
    path("bien-ban/<int:pk>/van-ban/", papers.minutes, name="minutes-paper"),
    path("doi-tuong/<int:pk>/van-ban/<slug:kind>/", papers.own, name="own-paper"),
    path("quyet-dinh/<int:pk>/van-ban/", papers.decision, name="decision-paper"),
    path("khieu-nai/<int:pk>/van-ban/", papers.reply, name="reply-paper"),
    path("so-lieu/chuong-trinh/", counted.items, name="counted-items"),
    path("so-lieu/cuoc/", counted.checks, name="counted-checks"),
    path("so-lieu/khac-phuc/", counted.remedies, name="counted-remedies"),
]
