"""Appraisal, decisions, requests to look again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.reviews.views import (
    again_deeds,
    appraisal,
    appraisal_points,
    caps,
    decision_deeds,
    decisions,
    line_deeds,
)

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("<int:year>/tham-dinh/", appraisal.Appraise.as_view(), name="appraisal"),
    path("muc/<int:pk>/tham-dinh/", appraisal_points.AppraisePoints.as_view(), name="appraise-points"),
    path("<int:year>/ty-le/", caps.caps, name="caps"),
    path("<int:year>/ty-le/nang/", caps.RaiseCap.as_view(), name="cap-raise"),
    path("<int:year>/quyet-dinh/", decisions.decisions, name="decisions"),
    path("<int:year>/quyet-dinh/soan/", decision_deeds.Draft.as_view(), name="decision-new"),
    path("<int:year>/thong-bao/", decision_deeds.Notify.as_view(), name="notify"),
    path("<int:year>/ket-qua/", decisions.result, name="results"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/dong/", decision_deeds.SetLines.as_view(), name="decision-lines"),
    path("quyet-dinh/<int:pk>/them/", line_deeds.AddLines.as_view(), name="decision-add"),
    path("quyet-dinh/<int:pk>/bo/", decision_deeds.Drop.as_view(), name="decision-drop"),
    path("quyet-dinh/<int:pk>/ky/", decision_deeds.Sign.as_view(), name="decision-sign"),
    path("quyet-dinh/<int:pk>/cong-khai/", decision_deeds.Publish.as_view(), name="decision-publish"),
    path("muc/<int:pk>/thong-bao/sua/", decision_deeds.CorrectNotice.as_view(), name="notice-correct"),
    path("muc/<int:pk>/xem-lai/", again_deeds.Ask.as_view(), name="ask-again"),
    path("muc/<int:pk>/xep-loai-lai/", again_deeds.Regrade.as_view(), name="regrade"),
    path("xem-lai/<int:pk>/", again_deeds.again, name="again"),
    path("xem-lai/<int:pk>/rut/", again_deeds.Withdraw.as_view(), name="again-withdraw"),
    path("xem-lai/<int:pk>/giu-nguyen/", again_deeds.Keep.as_view(), name="again-keep"),
    path("giup-do/", decisions.follow_ups, name="follow-ups"),
]
