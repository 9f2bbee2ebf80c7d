"""Nouns of the room: documents from above, roll-outs and their variants, study, the year under the Directive."""

from hatnhan.guidance.models.directive import (
    Registration,
    RegistrationAnswer,
    RegistrationDeed,
    Service,
    YearTheme,
)
from hatnhan.guidance.models.quiz import Attempt, Option, Question
from hatnhan.guidance.models.register import Document, DocumentFile, DocumentText, Replacement
from hatnhan.guidance.models.rollout import CellPoint, CellReport, CellRollOut, PointTask, RollOut
from hatnhan.guidance.models.study import Excuse, Reading, Session, SessionPlace
from hatnhan.guidance.models.variants import CorePoint, Variant, VariantPoint

__all__ = [
    "Attempt",
    "CellPoint",
    "CellReport",
    "CellRollOut",
    "CorePoint",
    "Document",
    "DocumentFile",
    "DocumentText",
    "Excuse",
    "Option",
    "PointTask",
    "Question",
    "Reading",
    "Registration",
    "RegistrationAnswer",
    "RegistrationDeed",
    "Replacement",
    "RollOut",
    "Service",
    "Session",
    "SessionPlace",
    "Variant",
    "VariantPoint",
    "YearTheme",
]
