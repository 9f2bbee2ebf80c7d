"""Setting Django up for a command, and which errors of it a person at the terminal may meet."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import click
import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import Error as DatabaseError

from hatnhan.core.errors import HatNhanError


class NotReady(click.ClickException):
    """The settings are not complete; the message says what is missing."""


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


@lru_cache(maxsize=1)
def room_commands() -> dict[str, click.Command]:
    """Return the commands of the rooms by name, after setting Django up. Raises NotReady."""
    set_up()
    found: dict[str, click.Command] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.commands"
        if app.name.startswith("hatnhan.") and find_spec(name):
            found |= {command.name: command for command in import_module(name).COMMANDS}
    return found


def is_installed(label: str) -> bool:
    """Tell whether an application of that label belongs to this program."""
    return label in apps.app_configs
