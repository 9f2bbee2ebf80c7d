"""A database constraint both engines keep: no two rows of a group overlap in time.

PostgreSQL has exclusion constraints; SQLite has none, so there two triggers refuse the second row. Intervals are
half-open: ``start`` is the first day in force, ``end`` the first day no longer in force, null for open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models import F, Q

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django_stubs_ext import StrOrPromise

#: Stands for "still in force" where SQLite compares dates as text.
_FOREVER = "'9999-12-31'"


class NoOverlap(models.BaseConstraint):
    """Refuse a row whose days overlap those of another row with the same ``fields`` under the same ``where``.

    ``where`` is a mapping of a column to the constant it must equal for the row to count.
    """

    def __init__(
        self,
        *,
        name: str,
        fields: Sequence[str],
        where: dict[str, str] | None = None,
        violation_error_message: StrOrPromise | None = None,
    ) -> None:
        self.fields = tuple(fields)
        self.where = dict(where or {})
        super().__init__(name=name, violation_error_message=violation_error_message)

    # --- SQL -------------------------------------------------------------------------------------------------------
    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Add the constraint after the table exists: neither engine takes it inside CREATE TABLE in one form."""
        assert model is not None  # noqa: S101 - Django always passes both; the stubs allow None
        assert schema_editor is not None  # noqa: S101
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))
        return ""

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:  # noqa: ANN401 - a Statement, which the stubs of Django do not know here
        """Return the last statement for the schema editor to run, after running those before it."""
        assert model is not None  # noqa: S101
        assert schema_editor is not None  # noqa: S101
        *first, last = self._statements(model, schema_editor)
        for statement in first:
            schema_editor.execute(statement, params=None)
        return last

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:  # noqa: ANN401 - a Statement, which the stubs of Django do not know here
        """Return the statement that drops the constraint."""
        assert model is not None  # noqa: S101
        assert schema_editor is not None  # noqa: S101
        if schema_editor.connection.vendor == "postgresql":
            return Statement(
                f"ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS {self.name}",
                table=self._table(model, schema_editor),
            )
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.name}_update", params=None)
        return f"DROP TRIGGER IF EXISTS {self.name}_insert"

    def _table(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> Table:
        return Table(model._meta.db_table, editor.quote_name)

    def _columns(self, model: type[models.Model]) -> list[str]:
        return [str(field.column) for field in self._fields(model)]

    def _fields(self, model: type[models.Model]) -> list[models.Field[Any, Any]]:
        return [field for field in model._meta.concrete_fields if field.name in self.fields]

    def _statements(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        table = self._table(model, editor)
        if editor.connection.vendor == "postgresql":
            return [Statement(self._postgresql(model), table=table)]
        return [Statement(self._sqlite(model, event), table=table) for event in ("insert", "update")]

    def _postgresql(self, model: type[models.Model]) -> str:
        same = "".join(f"int8range({key}, {key}, '[]') WITH &&, " for key in self._postgresql_keys(model))
        when = " AND ".join(f"{column} = '{value}'" for column, value in self.where.items())
        return (
            f"ALTER TABLE %(table)s ADD CONSTRAINT {self.name} EXCLUDE USING gist "
            f'({same}daterange(start, "end") WITH &&){f" WHERE ({when})" if when else ""}'
        )

    def _postgresql_keys(self, model: type[models.Model]) -> list[str]:
        # A bigint as a one-point range needs no extension, where "=" in GiST would need btree_gist; text by its hash.
        return [
            f"hashtextextended({field.column}, 0)"
            if isinstance(field, models.CharField)
            else str(field.column)
            for field in self._fields(model)
        ]

    def _sqlite(self, model: type[models.Model], event: str) -> str:
        same = " AND ".join(f"o.{column} = NEW.{column}" for column in self._columns(model))
        mine = "".join(f" AND NEW.{column} = '{value}'" for column, value in self.where.items())
        theirs = "".join(f" AND o.{column} = '{value}'" for column, value in self.where.items())
        # All names are ours, nothing that anybody typed.
        return (
            f"CREATE TRIGGER {self.name}_{event} BEFORE {event.upper()} ON %(table)s "
            f"WHEN EXISTS (SELECT 1 FROM %(table)s o WHERE {same} AND o.id <> COALESCE(NEW.id, -1){mine}{theirs} "
            f'AND o.start < COALESCE(NEW."end", {_FOREVER}) AND NEW.start < COALESCE(o."end", {_FOREVER})) '
            f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {self.name}'); END"
        )

    # --- forms -----------------------------------------------------------------------------------------------------
    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,  # noqa: ANN401, ARG002 - the signature is Django's
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError when the instance would break the constraint."""
        if any(str(getattr(instance, column)) != value for column, value in self.where.items()):
            return
        start, end = getattr(instance, "start"), getattr(instance, "end")  # noqa: B009 - any model with these fields
        same = {field: getattr(instance, field) for field in self.fields} | self.where
        others = model._default_manager.using(using).filter(**same).exclude(pk=instance.pk)
        overlapping = others.filter(Q(end__isnull=True) | Q(end__gt=start))
        if end is not None:
            overlapping = overlapping.filter(start__lt=end)
        if overlapping.exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    # --- migrations ------------------------------------------------------------------------------------------------
    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        """Say how to write the constraint in a migration."""
        path, _args, kwargs = super().deconstruct()
        kwargs |= {"fields": self.fields} | ({"where": self.where} if self.where else {})
        return path, (), kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NoOverlap):
            return (self.name, self.fields, self.where) == (other.name, other.fields, other.where)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.fields))


def ends_after_start(name: str) -> models.CheckConstraint:
    """Return the constraint that an interval is at least one day long."""
    return models.CheckConstraint(name=name, condition=Q(end__isnull=True) | Q(end__gt=F("start")))
