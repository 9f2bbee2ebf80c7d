"""Nouns of the room: series and meetings, who is invited and came, the agenda and what was said, reviews, scores."""

from hatnhan.meetings.models.agenda import AgendaItem, ItemBallot, ItemTask, ItemVote, Paper, Speech
from hatnhan.meetings.models.attendance import Invitee
from hatnhan.meetings.models.meeting import Addendum, Meeting
from hatnhan.meetings.models.monthly import MonthlyResolution, SelfCriticism
from hatnhan.meetings.models.review import RemedyVerdict, ReviewRow, WorkPost, WorkPostHolder
from hatnhan.meetings.models.score import ScoreLine, ScoreSheet
from hatnhan.meetings.models.series import Series

__all__ = [
    "Addendum",
    "AgendaItem",
    "Invitee",
    "ItemBallot",
    "ItemTask",
    "ItemVote",
    "Meeting",
    "MonthlyResolution",
    "Paper",
    "RemedyVerdict",
    "ReviewRow",
    "ScoreLine",
    "ScoreSheet",
    "SelfCriticism",
    "Series",
    "Speech",
    "WorkPost",
    "WorkPostHolder",
]
