"""What is deleted is to be gone from the disk as well, as far as a database can do that."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import cast

from django.db import OperationalError, connection, transaction
from django_tasks import task

from hatnhan.core import clock

#: Tables whose old rows hold sealed votes, the locked key or the salts.
_TABLES = ("ballots_urn", "ballots_ballot", "ballots_teller")
_NEXT_TRY = timedelta(minutes=10)


def erase_deleted() -> None:
    """Have SQLite overwrite with zeros what it deletes or rewrites from now on; call before the first such write."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def sweep_later() -> None:
    """Once the deed is written, throw away the old versions of its rows; best done, but the deed holds without it."""
    deed = None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            deed = cursor.fetchone()[0]
    transaction.on_commit(partial(_sweep_until_gone, deed), robust=True)


def _sweep_until_gone(deed: int | None) -> None:
    if not sweep(deed) and sweep_again.get_backend().supports_defer:
        sweep_again.using(run_after=clock.now() + _NEXT_TRY).enqueue(deed)


@task()
def sweep_again(deed: int | None) -> None:
    """Sweep what could not go yet; if it cannot go now either, try once more later."""
    _sweep_until_gone(deed)


def sweep(deed: int | None) -> bool:
    """Throw away old versions of rows; tell whether all that a deed left behind is gone.

    ``deed`` is the number of its transaction on PostgreSQL, None on SQLite. PostgreSQL keeps a row's old version for as
    long as a transaction is at work that began to write before the deed ended, be it in another database of the server.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The write-ahead log still holds pages as they were; this moves it into the file and cuts it to nothing.
            # It waits for those who read this moment, but not as long as a writer would.
            cursor.execute("PRAGMA busy_timeout")
            patience = cursor.fetchone()[0]
            cursor.execute("PRAGMA busy_timeout = 3000")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
            return True
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [deed])
        all_ended = cast("bool", cursor.fetchone()[0])
        cursor.execute("SET lock_timeout = '5s'")
        try:
            for table in _TABLES:
                cursor.execute(f"VACUUM FULL {table}")
        except OperationalError:  # somebody read for longer than one may wait here
            return False
        finally:
            cursor.execute("RESET lock_timeout")
        return all_ended
