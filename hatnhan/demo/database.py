"""The demonstration's own database: marked as such, so that nothing else is ever emptied."""

from __future__ import annotations

import fcntl
import shutil
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from hatnhan.core.errors import HatNhanError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "hatnhan_demo"


class State(StrEnum):
    """What is in the database."""

    EMPTY = "empty"
    LOADING = "loading"  # a load began and did not end
    LOADED = "loaded"
    FOREIGN = "foreign"  # somebody's data


class NotOurs(HatNhanError):
    """The database holds data that is not the demonstration's, or the demonstration is running elsewhere."""


def state() -> State:
    """Return what is in the database."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if _MARK in tables:
            cursor.execute(f"SELECT state FROM {_MARK}")  # noqa: S608 - a constant
            row = cursor.fetchone()
            return State(row[0]) if row else State.LOADING
        for table in ("accounts_user", "organization_unit"):
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - constants
                if cursor.fetchone():
                    return State.FOREIGN
    return State.EMPTY


def begin_afresh() -> None:
    """Empty the database, mark it as being loaded, and make its tables. Raises NotOurs before emptying another's."""
    if not settings.DEMO or state() is State.FOREIGN:
        raise NotOurs("Cơ sở dữ liệu này đã có dữ liệu không phải của bản dùng thử, nên không động đến.")
    _empty()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_MARK} (state varchar(10) NOT NULL)")
        cursor.execute(f"INSERT INTO {_MARK} (state) VALUES (%s)", [State.LOADING])  # noqa: S608 - a constant
    bring_up_to_date()


def bring_up_to_date() -> None:
    """Make the tables, or change them to what the code expects."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def note_loaded() -> None:
    """Mark the database as loaded; inside the transaction of the load, so that one is never there without the other."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_MARK} SET state = %s", [State.LOADED])  # noqa: S608 - a constant


def _empty() -> None:
    shutil.rmtree(settings.STATE / "files", ignore_errors=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    connection.close()
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


@contextmanager
def held(*, alone: bool) -> Iterator[None]:
    """Hold the demonstration's folder: alone to load it, with others to serve it. Raises NotOurs when taken."""
    settings.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.STATE / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotOurs(
                "Bản dùng thử đang chạy ở cửa sổ khác. Dừng nó (Ctrl+C) rồi chạy lại lệnh này."
            ) from None
        yield
