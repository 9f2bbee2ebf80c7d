"""Decisions: hand-over, complaint, end, annulment, restoration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.oversight.views import complaint_deeds as of_complaint
from hatnhan.oversight.views import decision_deeds as of_decision
from hatnhan.oversight.views import decisions as views

if TYPE_CHECKING:
    from django.urls import URLPattern

_D, _C = "quyet-dinh/<int:pk>/", "khieu-nai/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_D, views.decision, name="decision"),
    path(f"{_D}cong-bo/", of_decision.Announce.as_view(), name="decision-announce"),
    path(f"{_D}trao/", of_decision.HandOver.as_view(), name="decision-hand-over"),
    path(f"{_D}het-hieu-luc/", of_decision.EndEffect.as_view(), name="decision-end"),
    path(f"{_D}khieu-nai/", of_complaint.Complain.as_view(), name="complain"),
    path("khieu-nai/", views.complaints, name="complaints"),
    path(_C, views.complaint, name="complaint"),
    path(f"{_C}thu-ly/", of_complaint.Accept.as_view(), name="complaint-accept"),
    path(f"{_C}khong-thu-ly/", of_complaint.Refuse.as_view(), name="complaint-refuse"),
    path(f"{_C}rut/", of_complaint.Withdraw.as_view(), name="complaint-withdraw"),
    path(f"{_C}giai-quyet/", of_complaint.Settle.as_view(), name="complaint-settle"),
    path("phuc-hoi/<int:pk>/", of_decision.RestoreDone.as_view(), name="restoration-done"),
]
