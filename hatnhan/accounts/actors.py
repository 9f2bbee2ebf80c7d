"""Who can do something: a person who signed in, or a command run on the machine itself."""

from __future__ import annotations

from dataclasses import dataclass

from hatnhan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Machine:
    """A command run on the server by whoever has its shell: set-up, import, restore. Never a request."""

    name: str = "Lệnh trên máy chủ"

    def __str__(self) -> str:
        return self.name


MACHINE = Machine()

Actor = User | Machine
