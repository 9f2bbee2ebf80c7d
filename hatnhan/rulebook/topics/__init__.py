"""The topics this product knows, each a type: what fields its value has. The values are in `data/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hatnhan.rulebook.topics.assignments import ChargeLoad
from hatnhan.rulebook.topics.ballots import (
    AdmissionMajority,
    DisciplineMajority,
    ElectionMajority,
    ExpulsionMajority,
    GradingMajority,
    Majority,
    ResolutionMajority,
)
from hatnhan.rulebook.topics.guidance import Directive, DocumentKinds, Quiz, RollOutSteps
from hatnhan.rulebook.topics.meetings import CellMeeting, MeetingScore, MonthlyAgenda
from hatnhan.rulebook.topics.organization import (
    AdmissionAge,
    Badges,
    CellKinds,
    CellSize,
    Probation,
    Term,
    Transfer,
)
from hatnhan.rulebook.topics.oversight import (
    Complaints,
    ComplianceProcedure,
    DenunciationProcedure,
    Discipline,
    DisciplineProcedure,
    Limitation,
    OversightTerms,
    OversightTopics,
    Procedure,
    SignsProcedure,
    ThematicProcedure,
)
from hatnhan.rulebook.topics.reviews import (
    GradeConditions,
    ReviewCaps,
    ReviewForms,
    ReviewRegime,
    ReviewRubric,
    ReviewSteps,
)

if TYPE_CHECKING:
    from hatnhan.rulebook.types import Value

TOPICS: tuple[type[Value], ...] = (
    Probation,
    Transfer,
    Badges,
    Term,
    CellSize,
    CellKinds,
    AdmissionAge,
    ChargeLoad,
    ResolutionMajority,
    AdmissionMajority,
    GradingMajority,
    DisciplineMajority,
    ExpulsionMajority,
    ElectionMajority,
    CellMeeting,
    MonthlyAgenda,
    MeetingScore,
    DocumentKinds,
    RollOutSteps,
    Quiz,
    Directive,
    ComplianceProcedure,
    ThematicProcedure,
    SignsProcedure,
    DenunciationProcedure,
    DisciplineProcedure,
    OversightTopics,
    OversightTerms,
    Discipline,
    Limitation,
    Complaints,
    ReviewRegime,
    ReviewRubric,
    GradeConditions,
    ReviewCaps,
    ReviewForms,
    ReviewSteps,
)
BY_NAME: dict[str, type[Value]] = {topic.topic: topic for topic in TOPICS}

__all__ = [
    "BY_NAME",
    "TOPICS",
    "AdmissionAge",
    "AdmissionMajority",
    "Badges",
    "CellKinds",
    "CellMeeting",
    "CellSize",
    "ChargeLoad",
    "Complaints",
    "ComplianceProcedure",
    "DenunciationProcedure",
    "Directive",
    "Discipline",
    "DisciplineMajority",
    "DisciplineProcedure",
    "DocumentKinds",
    "ElectionMajority",
    "ExpulsionMajority",
    "GradeConditions",
    "GradingMajority",
    "Limitation",
    "Majority",
    "MeetingScore",
    "MonthlyAgenda",
    "OversightTerms",
    "OversightTopics",
    "Probation",
    "Procedure",
    "Quiz",
    "ResolutionMajority",
    "ReviewCaps",
    "ReviewForms",
    "ReviewRegime",
    "ReviewRubric",
    "ReviewSteps",
    "RollOutSteps",
    "SignsProcedure",
    "Term",
    "ThematicProcedure",
    "Transfer",
]
