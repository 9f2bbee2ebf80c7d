"""Full-text search over the register, by the database's own index: FTS5 on SQLite, GIN on PostgreSQL.

First comes what bears the number asked for; then what has the words with the marks they were typed with; then by how
well the words fit, those of number, issuer and subject before those of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection

from hatnhan.core import clock
from hatnhan.guidance.models import Document
from hatnhan.guidance.search_keys import Question, question
from hatnhan.guidance.selectors.register import documents_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from django.core.paginator import Page

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models.register import DocumentQuerySet

PER_PAGE = 20
_AROUND = 110
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, and the words around the place where it says so: before, found, after; "" where nowhere."""

    document: Document
    before: str = ""
    found: str = ""
    after: str = ""


def search(
    user: User,
    words: str,
    *,
    among: DocumentQuerySet | None = None,
    page: str | int | None = 1,
    per_page: int = PER_PAGE,
) -> Page[Hit]:
    """Return a page of what was found, the best first; of all that the person may see, or ``among`` some of it.

    Whatever is typed, nothing is raised: what makes no word finds nothing.
    """
    rows = documents_for(user, on=clock.today()) if among is None else among
    found = Found(rows, question(words), _number(page), per_page)
    return Paginator(cast("Sequence[Hit]", found), per_page).get_page(page)


class Found:
    """What a question finds, counted and cut by the database: a list as a paginator wants it.

    ``page`` is the one that will be asked for: where the database counts along with looking, it looks only once.
    """

    #: A paginator asks this to know that pages do not overlap.
    ordered = True

    def __init__(self, rows: DocumentQuerySet, asked: Question, page: int, per_page: int) -> None:
        self.asked = asked
        self._among = _ids(rows) if asked else None
        self._engine = _Postgresql if connection.vendor == "postgresql" else _Sqlite
        self._first, self._size = (page - 1) * per_page, per_page
        self._looked: dict[int, list[tuple[int, ...]]] = {}

    def count(self) -> int:
        """Return how many documents there are."""
        if self._among is None:
            return 0
        if self._engine.COUNTS_ALONG and (rows := self._look(self._among, self._first)):
            return rows[0][1]
        sql, params = self._engine.count(self.asked, self._among)
        return int(_rows(sql, params)[0][0])

    __len__ = count

    def __getitem__(self, part: slice) -> list[Hit]:
        """Return some of them, the best first; a fixed number of queries whatever theirs is."""
        if self._among is None:
            return []
        first = part.start or 0
        rows = self._look(self._among, first)[: None if part.stop is None else part.stop - first]
        ids = [row[0] for row in rows]
        kept = {one.pk: one for one in _documents(ids)}
        return [_hit(kept[pk], self.asked) for pk in ids if pk in kept]

    def _look(self, among: _Ids, first: int) -> list[tuple[int, ...]]:
        """Return the ids of a page from its first place on, and where the database counts along, how many there are."""
        if first not in self._looked:
            sql, params = self._engine.best(self.asked, among)
            self._looked[first] = _rows(sql, [*params, self._size, first])
        return self._looked[first]


def _number(page: str | int | None) -> int:
    """Return the page asked for as a number, the first for whatever makes no sense."""
    text = str(page or 1)
    return max(1, int(text)) if text.isdecimal() and len(text) < _LONGEST_NUMBER else 1


@dataclass(frozen=True, slots=True)
class _Ids:
    """A query for ids, as text to put inside another."""

    sql: str
    params: tuple[Any, ...]


class _Sqlite:
    """FTS5. ``+rowid`` keeps the planner from looking each document up in the index instead of the words."""

    COUNTS_ALONG = False
    COUNT = """SELECT count(*) FROM guidance_search WHERE guidance_search MATCH %s AND +rowid IN ({among})"""
    BEST = """SELECT rowid FROM guidance_search WHERE guidance_search MATCH %s AND +rowid IN ({among})
ORDER BY {first} bm25(guidance_search, 8.0, 8.0, 1.0), rowid DESC LIMIT %s OFFSET %s"""
    FIRST = """rowid IN (SELECT rowid FROM guidance_search WHERE guidance_search MATCH %s) DESC,"""

    @classmethod
    def count(cls, asked: Question, among: _Ids) -> tuple[str, list[Any]]:
        return cls.COUNT.format(among=among.sql), [cls._all(asked.words), *among.params]

    @classmethod
    def best(cls, asked: Question, among: _Ids) -> tuple[str, list[Any]]:
        first = [f'number_key : ^ "{" ".join(asked.words)}"']
        if asked.with_marks:
            first.append(cls._all(asked.with_marks))
        words = cls._all(asked.words)
        if len(asked.words) > 1:
            words = f'({words}) OR "{" ".join(asked.words)}"'
        sql = cls.BEST.format(among=among.sql, first=" ".join([cls.FIRST] * len(first)))
        return sql, [words, *among.params, *first]

    @staticmethod
    def _all(words: Iterable[str]) -> str:
        return " AND ".join(f'"{word}"' for word in words)


class _Postgresql:
    """A tsvector under GIN; its weights A and B are the number and the head.

    A text's vector is fetched anew for each question put to it, which is most of the work: the rows are looked at once,
    for their rank, their marks and their count.
    """

    COUNTS_ALONG = True
    COUNT = """SELECT count(*) FROM guidance_documenttext
WHERE search_vector @@ to_tsquery('simple', %s) AND document_id IN ({among})"""
    BEST = """SELECT document_id, count(*) OVER () FROM guidance_documenttext
WHERE search_vector @@ to_tsquery('simple', %s) AND document_id IN ({among})
ORDER BY (number_key || ' ') LIKE %s DESC, {first}
ts_rank('{{0.1, 0.2, 0.6, 1.0}}', search_vector, to_tsquery('simple', %s), 1) DESC, document_id DESC
LIMIT %s OFFSET %s"""
    FIRST = "search_vector @@ to_tsquery('simple', %s) DESC,"

    @classmethod
    def count(cls, asked: Question, among: _Ids) -> tuple[str, list[Any]]:
        return cls.COUNT.format(among=among.sql), [cls._all(asked.words), *among.params]

    @classmethod
    def best(cls, asked: Question, among: _Ids) -> tuple[str, list[Any]]:
        words = cls._all(asked.words)
        marks = [cls._all(asked.with_marks)] if asked.with_marks else []
        sql = cls.BEST.format(among=among.sql, first=cls.FIRST if marks else "")
        return sql, [words, *among.params, f"{' '.join(asked.words)} %", *marks, words]

    @staticmethod
    def _all(words: Iterable[str]) -> str:
        return " & ".join(f"'{word}'" for word in words)


def _ids(rows: DocumentQuerySet) -> _Ids | None:
    """Return the query for the ids of some documents, None where the ORM knows that there are none."""
    try:
        sql, params = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    return _Ids(sql, tuple(params))


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _documents(ids: Sequence[int]) -> DocumentQuerySet:
    rows: DocumentQuerySet = Document.objects.filter(pk__in=ids)
    keys = ("full_text__number_key", "full_text__head_key", "full_text__search_key")
    return rows.select_related("unit", "full_text").defer(*keys)


def _hit(document: Document, asked: Question) -> Hit:
    text = document.full_text.text
    place = asked.place_in(text)
    if place is None:
        return Hit(document)
    start, end = place.span()
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Hit(document, _from_word(before), place[0], _to_word(after))


def _from_word(before: str) -> str:
    """Return what stands before on one line, from a whole word on; an ellipsis tells that something is left out."""
    if len(before) < _AROUND:
        return " ".join(before.split()) + before[-1:].isspace() * " "
    _cut, _space, rest = before.partition(" ")
    return "… " + " ".join(rest.split()) + rest[-1:].isspace() * " "


def _to_word(after: str) -> str:
    """Return what stands after on one line, ending with a whole word."""
    space = after[:1].isspace() * " "
    if len(after) < _AROUND:
        return space + " ".join(after.split())
    rest, _space, _cut = after.rpartition(" ")
    return space + " ".join(rest.split()) + " …"
