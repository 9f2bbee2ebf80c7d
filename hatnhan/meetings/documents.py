"""The official papers of the room."""
