"""The cell's month: agenda by the template, pressing matters, resolution, self-criticism, score."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import monthly, score, self_criticism

urlpatterns = [
    path("diem/", score.year, name="scores"),
    path("<int:pk>/chuong-trinh-mau/", monthly.LayAgenda.as_view(), name="agenda-template"),
    path("<int:pk>/viec-noi-com/", monthly.TakeMatters.as_view(), name="matters"),
    path("<int:pk>/nghi-quyet/", monthly.resolution, name="resolution"),
    path("<int:pk>/nghi-quyet/viet/", monthly.WriteResolution.as_view(), name="resolution-write"),
    path("<int:pk>/nghi-quyet/thong-qua/", monthly.AdoptResolution.as_view(), name="resolution-adopt"),
    path("<int:pk>/tu-phe-binh/", self_criticism.overview, name="self-criticism"),
    path("<int:pk>/tu-phe-binh/<int:member_pk>/", self_criticism.one, name="self-criticism-of"),
    path(
        "<int:pk>/tu-phe-binh/<int:member_pk>/viet/",
        self_criticism.WriteCriticism.as_view(),
        name="self-criticism-write",
    ),
    path("<int:pk>/cham-diem/", score.score, name="score"),
    path("<int:pk>/cham-diem/tu-cham/", score.GiveScore.as_view(), name="score-give"),
    path("<int:pk>/cham-diem/quyet-dinh/", score.DecideScore.as_view(), name="score-decide"),
]
