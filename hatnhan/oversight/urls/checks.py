"""Checks: opening, team, steps, self-report, minutes, report, hearing, conclusion."""

from __future__ import annotations

from django.urls import path

from hatnhan.oversight.views import check_deeds, check_file_deeds, check_subject_deeds, checks

_ALL, _ONE, _SUBJECT = "cuoc/", "cuoc/<int:pk>/", "cuoc/doi-tuong/<int:pk>/"
_STEP, _PAPER, _MINUTES = "ho-so/buoc/<int:pk>/", "ho-so/tai-lieu/<int:pk>/", "cuoc/bien-ban/<int:pk>/"

urlpatterns = [
    path(_ALL, checks.checks, name="checks"),
    path(f"{_ALL}moi/", check_deeds.OpenCheck.as_view(), name="check-new"),
    path(_ONE, checks.check, name="check"),
    path(f"{_ONE}doi-tuong/", checks.my_check, name="my-check"),
    path(f"{_ONE}sua/", check_deeds.EditCheck.as_view(), name="check-edit"),
    path(f"{_ONE}gia-han/", check_deeds.Extend.as_view(), name="extend"),
    path(f"{_ONE}dung/", check_deeds.Stop.as_view(), name="stop"),
    path(f"{_ONE}doan/", check_deeds.ChangeTeam.as_view(), name="team"),
    path(f"{_ONE}bien-ban/moi/", check_deeds.WriteMinutes.as_view(), name="minutes-new"),
    path(f"{_ONE}bao-cao/", check_deeds.WriteReport.as_view(), name="report"),
    path(f"{_ONE}ket-luan/", check_deeds.Conclude.as_view(), name="conclude"),
    path(_MINUTES, checks.minutes, name="minutes"),
    path(f"{_MINUTES}sua/", check_deeds.EditMinutes.as_view(), name="minutes-edit"),
    path(f"{_SUBJECT}bao-cao/", check_subject_deeds.SelfReport.as_view(), name="self-report"),
    path(f"{_SUBJECT}nghe/", check_subject_deeds.Hear.as_view(), name="hear"),
    path(f"{_SUBJECT}giao/", check_subject_deeds.Deliver.as_view(), name="deliver"),
    path(f"{_SUBJECT}y-kien/", check_subject_deeds.Dissent.as_view(), name="dissent"),
    path(f"{_SUBJECT}xem-lai/", check_subject_deeds.AskAgain.as_view(), name="ask-again"),
    path(f"{_SUBJECT}tra-loi/", check_subject_deeds.AnswerAgain.as_view(), name="answer-again"),
    path(f"{_STEP}xong/", check_file_deeds.FinishStep.as_view(), name="step-finish"),
    path(f"{_STEP}khong-lam/", check_file_deeds.SkipStep.as_view(), name="step-skip"),
    path(f"{_STEP}mo-lai/", check_file_deeds.ReopenStep.as_view(), name="step-reopen"),
    path(_PAPER, check_file_deeds.FilePaper.as_view(), name="paper"),
    path(f"{_PAPER}rut/", check_file_deeds.UnfilePaper.as_view(), name="paper-unfile"),
    path(f"{_PAPER}tep/", checks.paper_file, name="paper-file"),
    path("nguoi-than/", check_deeds.Kin.as_view(), name="kin"),
    path("nguoi-than/<int:pk>/bo/", check_deeds.WithdrawKin.as_view(), name="kin-withdraw"),
]
