"""The append-only record of every write and of every reading of a personal file."""
