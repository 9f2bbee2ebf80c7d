"""The official papers of the room (form: 05-HD/VPTW, 27/5/2026)."""

from hatnhan.guidance.documents import follow_up, plan, registration, study_list

__all__ = ["follow_up", "plan", "registration", "study_list"]
