"""Nouns of the room: who is in charge of what, and tasks."""

from hatnhan.assignments.models.charge import CellCharge, GroupCharge, WorkGroup
from hatnhan.assignments.models.task import Task, TaskEvent, TaskHelper

__all__ = ["CellCharge", "GroupCharge", "Task", "TaskEvent", "TaskHelper", "WorkGroup"]
