"""The official papers of the room, each about one meeting (42-HD/BTCTW, 28/10/2025; form: 05-HD/VPTW, 27/5/2026)."""

from hatnhan.meetings.documents import attendance, invitation, minutes, resolution, review_sheet, score_sheet

__all__ = ["attendance", "invitation", "minutes", "resolution", "review_sheet", "score_sheet"]
