"""Nouns of the room."""

from hatnhan.reviews.models.cycle import (
    GOOD_OR_BETTER,
    ORDER,
    Cycle,
    Entry,
    Grade,
    PastGrade,
    StepDay,
)
from hatnhan.reviews.models.decision import (
    DecisionLine,
    FollowUp,
    FormSet,
    GradeDecision,
    LookAgain,
    RaisedCap,
    Regrading,
)
from hatnhan.reviews.models.self_review import (
    Answer,
    Criticism,
    FaultLine,
    Rating,
    Score,
    SelfReview,
    TypedFact,
    WorkLine,
)
from hatnhan.reviews.models.sitting import Place, Remark, Sitting, VoteLine

__all__ = [
    "GOOD_OR_BETTER",
    "ORDER",
    "Answer",
    "Criticism",
    "Cycle",
    "DecisionLine",
    "Entry",
    "FaultLine",
    "FollowUp",
    "FormSet",
    "Grade",
    "GradeDecision",
    "LookAgain",
    "PastGrade",
    "Place",
    "RaisedCap",
    "Rating",
    "Regrading",
    "Remark",
    "Score",
    "SelfReview",
    "Sitting",
    "StepDay",
    "TypedFact",
    "VoteLine",
    "WorkLine",
]
