"""Many rows at once, past the ORM's per-row work. For imports only: no signals, no `save`, no defaults."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


#: How many values one "in (…)" may hold: the smallest limit of the SQLite builds in use is 999 a query.
_PART = 900

T = TypeVar("T")


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the values in parts small enough for one "in (…)"."""
    for first in range(0, len(values), _PART):
        yield values[first : first + _PART]


def take_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Return ids for rows to be inserted. Call inside a transaction: on SQLite it is what keeps other writers out."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return range(first, first + count)


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values for the named attributes ("unit_id" for a key); constraints still judge them."""
    fields = {field.attname: field.column for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(fields[name])) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})", [_plain(row) for row in rows]
        )


def _plain(row: Sequence[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]
