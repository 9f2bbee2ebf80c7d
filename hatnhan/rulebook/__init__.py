"""Law as dated data: values with the day from which they hold, a citation and a status."""

from hatnhan.rulebook.resolver import at, history

__all__ = ["at", "history"]
