"""The official papers of the room (form: 05-HD/VPTW, 27/5/2026)."""
