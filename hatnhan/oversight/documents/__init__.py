"""The official papers of the room (form: 05-HD/VPTW, 27/5/2026)."""

from hatnhan.oversight.documents import check, discipline, index, programme, subject

__all__ = ["check", "discipline", "index", "programme", "subject"]
