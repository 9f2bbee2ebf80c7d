"""What is deleted is to be gone from the disk as well, as far as a database can do that."""

from __future__ import annotations

from django.db import connection, transaction

#: Tables whose old rows hold sealed votes, the locked key or the salts.
_TABLES = ("ballots_urn", "ballots_ballot", "ballots_teller")


def erase_deleted() -> None:
    """Have SQLite overwrite with zeros what it deletes or rewrites from now on; call before the first such write."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def sweep_later() -> None:
    """Once the deed is written, throw away the old versions of its rows; best done, but the deed holds without it."""
    transaction.on_commit(_sweep, robust=True)


def _sweep() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The write-ahead log still holds pages as they were; this moves it into the file and cuts it to nothing.
            # It waits for those who read this moment, but not as long as a writer would.
            cursor.execute("PRAGMA busy_timeout")
            patience = cursor.fetchone()[0]
            cursor.execute("PRAGMA busy_timeout = 3000")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
            return
        cursor.execute("SET lock_timeout = '5s'")
        try:
            for table in _TABLES:
                cursor.execute(f"VACUUM FULL {table}")
        finally:
            cursor.execute("RESET lock_timeout")
