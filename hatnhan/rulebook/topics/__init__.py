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
    "Directive",
    "DisciplineMajority",
    "DocumentKinds",
    "ElectionMajority",
    "ExpulsionMajority",
    "GradingMajority",
    "Majority",
    "MeetingScore",
    "MonthlyAgenda",
    "Probation",
    "Quiz",
    "ResolutionMajority",
    "RollOutSteps",
    "Term",
    "Transfer",
]
