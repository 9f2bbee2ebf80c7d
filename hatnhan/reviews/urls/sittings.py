"""Remarks and review meetings."""

from __future__ import annotations

from django.urls import path

from hatnhan.reviews.views import place_deeds, remarks, sitting_deeds, sittings, vote_deeds

_ONE, _PLACE = "hoi-nghi/<int:pk>/", "hoi-nghi/<int:sitting>/muc/<int:pk>/"
_REMARKS, _REMARK = "muc/<int:pk>/nhan-xet/", "nhan-xet/<int:pk>/"

urlpatterns = [
    path(_ONE, sittings.sitting, name="sitting"),
    path(f"{_ONE}dat-ngay/", sitting_deeds.Plan.as_view(), name="sitting-plan"),
    path(f"{_ONE}cuoc-hop/", sitting_deeds.LinkMeeting.as_view(), name="sitting-meeting"),
    path(f"{_ONE}da-hop/", sitting_deeds.Hold.as_view(), name="sitting-hold"),
    path(f"{_ONE}da-hop/rut/", sitting_deeds.Unhold.as_view(), name="sitting-unhold"),
    path(f"{_ONE}thong-nhat/", sitting_deeds.AgreeAll.as_view(), name="sitting-agree-all"),
    path(f"{_ONE}phieu-kin/", vote_deeds.OpenVote.as_view(), name="sitting-vote"),
    path(f"{_ONE}ket-qua/", vote_deeds.votes, name="sitting-votes"),
    path(f"{_ONE}ket-qua/lay/", vote_deeds.TakeVotes.as_view(), name="sitting-take"),
    path(f"{_ONE}ket-qua/ghi/", vote_deeds.CountCards.as_view(), name="sitting-count"),
    path(f"{_ONE}de-nghi/", vote_deeds.Propose.as_view(), name="sitting-propose"),
    path(f"{_ONE}rut-de-nghi/", vote_deeds.TakeBack.as_view(), name="sitting-take-back"),
    path(f"{_ONE}noi-cu-tru/", sittings.residence, name="residence"),
    path(_PLACE, sittings.place, name="place"),
    path(f"{_PLACE}thong-nhat/", place_deeds.Agree.as_view(), name="place-agree"),
    path(f"{_PLACE}kiem-diem-sau/", place_deeds.ReviewLater.as_view(), name="place-later"),
    path(_REMARKS, remarks.remarks, name="remarks"),
    path(f"{_REMARKS}moi/", remarks.WriteRemark.as_view(), name="remark-new"),
    path(f"{_REMARK}sua/", remarks.EditRemark.as_view(), name="remark-edit"),
    path(f"{_REMARK}bo/", remarks.RemoveRemark.as_view(), name="remark-remove"),
    path(f"{_REMARK}giai-trinh/", remarks.AnswerRemark.as_view(), name="remark-answer"),
]
