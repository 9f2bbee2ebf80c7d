"""Preparing: series, meetings ahead, agenda, papers, invitations."""

from __future__ import annotations

from django.urls import path

from hatnhan.meetings.views import (
    agenda_deeds,
    home,
    inviting_deeds,
    meeting,
    paper_deeds,
    planning_deeds,
    series,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("danh-sach/", home.listing, name="list"),
    path("nen-nep/", series.rhythms, name="rhythms"),
    path("nen-nep/dat/", series.OpenSeries.as_view(), name="series-open"),
    path("nen-nep/<int:pk>/doi/", series.ChangeSeries.as_view(), name="series-change"),
    path("nen-nep/<int:pk>/thoi/", series.EndSeries.as_view(), name="series-end"),
    path("nen-nep/<int:pk>/con-ton/", agenda_deeds.backlog, name="backlog"),
    path("nen-nep/<int:pk>/con-ton/ghi/", agenda_deeds.AddToBacklog.as_view(), name="backlog-add"),
    path("trieu-tap/", planning_deeds.CallMeeting.as_view(), name="call"),
    path("<int:pk>/", meeting.meeting, name="meeting"),
    path("<int:pk>/doi-ngay/", planning_deeds.MoveMeeting.as_view(), name="move"),
    path("<int:pk>/khong-hop/", planning_deeds.CancelMeeting.as_view(), name="cancel"),
    path("<int:pk>/chuyen-de/", planning_deeds.SetTheme.as_view(), name="theme"),
    path("<int:pk>/moi/", inviting_deeds.Invite.as_view(), name="invite"),
    path("<int:pk>/khai-mac/", inviting_deeds.OpenMeeting.as_view(), name="open"),
    path("<int:pk>/chuong-trinh/them/", agenda_deeds.AddItem.as_view(), name="item-add"),
    path("<int:pk>/chuong-trinh/con-ton/", agenda_deeds.TakeFromBacklog.as_view(), name="backlog-take"),
    path("muc/<int:pk>/sua/", agenda_deeds.EditItem.as_view(), name="item-edit"),
    path("muc/<int:pk>/bo/", agenda_deeds.RemoveItem.as_view(), name="item-remove"),
    path("muc/<int:pk>/chuyen/", agenda_deeds.shift, name="item-shift"),
    path("muc/<int:pk>/tai-lieu/", paper_deeds.UploadPaper.as_view(), name="paper-upload"),
    path("tai-lieu/<int:pk>/", paper_deeds.download, name="item-paper"),
    path("tai-lieu/<int:pk>/bo/", paper_deeds.RemovePaper.as_view(), name="paper-remove"),
]
