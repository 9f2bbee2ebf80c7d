"""Study: sessions, readings, the quiz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.guidance.views import quiz, study, study_deeds, take_backs

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("hoc-tap/", study.studies, name="studies"),
    path("hoc-tap/dot/moi/", study_deeds.PlanSession.as_view(), name="session-new"),
    path("hoc-tap/dot/<int:pk>/", study.session, name="session"),
    path("hoc-tap/dot/<int:pk>/sua/", study_deeds.EditSession.as_view(), name="session-edit"),
    path("hoc-tap/dot/<int:pk>/bo/", study_deeds.CancelSession.as_view(), name="session-cancel"),
    path("hoc-tap/dot/<int:pk>/them/", study_deeds.AddPlaces.as_view(), name="session-add"),
    path("van-ban/<int:pk>/hoc-tap/", study.study_of, name="study-of"),
    path("van-ban/<int:pk>/hoc-tap/da-doc/", study_deeds.EnterReadings.as_view(), name="enter-readings"),
    path("van-ban/<int:pk>/hoc-tap/bo-ghi-ho/", take_backs.TakeBackReadings.as_view(), name="readings-back"),
    path("van-ban/<int:pk>/hoc-tap/ly-do/", study_deeds.Excuse.as_view(), name="excuse"),
    path("van-ban/<int:pk>/hoc-tap/bo-ly-do/", study_deeds.TakeBackExcuse.as_view(), name="excuse-back"),
    path("van-ban/<int:pk>/da-doc/", study_deeds.ReadDocument.as_view(), name="read"),
    path("van-ban/<int:pk>/trac-nghiem/", quiz.TakeQuiz.as_view(), name="quiz"),
    path("van-ban/<int:pk>/trac-nghiem/ket-qua/", quiz.results, name="quiz-results"),
    path("van-ban/<int:pk>/trac-nghiem/ghi/", quiz.EnterAttempts.as_view(), name="enter-attempts"),
    path("van-ban/<int:pk>/trac-nghiem/bo-bai/", take_backs.TakeBackAttempts.as_view(), name="attempts-back"),
    path("van-ban/<int:pk>/cau-hoi/", quiz.questions, name="questions"),
    path("van-ban/<int:pk>/cau-hoi/them/", quiz.AddQuestion.as_view(), name="question-new"),
    path("cau-hoi/<int:pk>/sua/", quiz.EditQuestion.as_view(), name="question-edit"),
    path("cau-hoi/<int:pk>/thoi/", quiz.RetireQuestion.as_view(), name="question-retire"),
]
