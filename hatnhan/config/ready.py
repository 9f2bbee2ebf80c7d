"""Setting Django up for a command, and which errors of it a person at the terminal may meet."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import Error as DatabaseError

from hatnhan.core.errors import HatNhanError


class NotReady(click.ClickException):
    """The settings are not complete; the message says what is missing."""


#: Any of these says which installation is meant.
_INSTALLATION = ("HATNHAN_MODE", "HATNHAN_SECRET_KEY", "DATABASE_URL")
#: What a whole load of the demonstration leaves in its folder.
_DEMO_FILE = "accounts.json"

#: What is told in one line, without a traceback.
EXPECTED = (click.ClickException, HatNhanError, OSError, ImproperlyConfigured, DatabaseError)


def set_up(mode: str = "") -> None:
    """Set up Django, in a mode when one is named. Raises NotReady."""
    if mode:
        os.environ["HATNHAN_MODE"] = mode
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise NotReady(str(error)) from error


def _only_demonstration() -> str:
    """Return "demo" where neither mode, key nor database is named and a demonstration was loaded, else ""."""
    if any(os.environ.get(name) for name in _INSTALLATION):
        return ""
    state = os.environ.get("HATNHAN_STATE") or Path(__file__).resolve().parents[2] / "var" / "demo"
    if not Path(state, _DEMO_FILE).is_file():
        return ""
    if sys.stderr.isatty():  # for people; a program that reads the lines finds only the answer
        click.echo(f"(Bản dùng thử, {state})", err=True)
    return "demo"


@lru_cache(maxsize=1)
def room_commands() -> dict[str, click.Command]:
    """Return the commands of the rooms by name, after setting Django up. Raises NotReady.

    Where nothing at all says which installation is meant, they speak of this machine's demonstration, if one was
    loaded. The commands that keep an installation (backup, restore, migrate, serve) never guess.
    """
    set_up(_only_demonstration())
    found: dict[str, click.Command] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.commands"
        if app.name.startswith("hatnhan.") and find_spec(name):
            found |= {command.name: command for command in import_module(name).COMMANDS}
    return found


def is_installed(label: str) -> bool:
    """Tell whether an application of that label belongs to this program."""
    return label in apps.app_configs
