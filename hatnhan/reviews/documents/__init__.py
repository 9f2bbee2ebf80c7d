"""The official papers of the room (form: 05-HD/VPTW, 27/5/2026)."""

from hatnhan.reviews.documents import (
    decision,
    dossier,
    explanation,
    minutes,
    notice,
    proposal,
    regrading,
    residence,
    review_form,
    summary,
    tally,
)

__all__ = [
    "decision",
    "dossier",
    "explanation",
    "minutes",
    "notice",
    "proposal",
    "regrading",
    "residence",
    "review_form",
    "summary",
    "tally",
]
