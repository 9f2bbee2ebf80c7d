"""Findings, remedies and their verification."""

from __future__ import annotations

from django.urls import path

from hatnhan.oversight.views import findings

urlpatterns = [
    path("phat-hien/", findings.finding_list, name="findings"),
    path("doi-tuong/<int:pk>/phat-hien/", findings.WriteFinding.as_view(), name="finding-new"),
    path("phat-hien/<int:pk>/sua/", findings.EditFinding.as_view(), name="finding-edit"),
    path("phat-hien/<int:pk>/bo/", findings.RemoveFinding.as_view(), name="finding-remove"),
    path("khac-phuc/", findings.remedy_list, name="remedies"),
    path("khac-phuc/<int:pk>/bao-cao/", findings.ReportRemedy.as_view(), name="remedy-report"),
    path("khac-phuc/<int:pk>/xac-nhan/", findings.VerifyRemedy.as_view(), name="remedy-verify"),
]
