"""The columns of a list of members: what each shows on screen, and what it holds in a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from hatnhan.core import vietnamese
from hatnhan.core.periods import add_years
from hatnhan.organization import bands
from hatnhan.organization.rules import printed_card
from hatnhan.organization.selectors.units import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from django_stubs_ext import StrPromise

    from hatnhan.organization.models import Member

Value = "date | int | str | None"


@dataclass(frozen=True, slots=True)
class BadgeRound:
    """The next day on which badges are given, and the years of membership that earn one."""

    day: date
    years: tuple[int, ...]

    def due(self, admitted_on: date, has: int | None) -> int | None:
        """Return the level that falls due in this round and was not awarded yet (``has``: the highest awarded)."""
        level = max((n for n in self.years if add_years(admitted_on, n) <= self.day), default=None)
        if level is None or (has or 0) >= level:
            return None
        return level if add_years(admitted_on, level) > add_years(self.day, -1) else None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the member, the cell, and how the member stands on the day."""

    member: Member
    cell: str
    on: date
    posts: str = ""
    exempt: bool = False
    waiting: bool = False
    readable: bool = False
    badge_years: int | None = None
    badge_day: date | None = None

    @property
    def status(self) -> str:
        """The standing in words."""
        if self.waiting:
            return str(_("Chờ nơi nhận"))
        if self.exempt:
            return str(_("Miễn công tác"))
        return str(_("Chính thức") if self.member.is_official(self.on) else _("Dự bị"))

    @property
    def mark(self) -> str:
        """How loudly the standing is drawn: nothing for the ordinary case."""
        if self.waiting:
            return "soon"
        if self.exempt:
            return "wait"
        return "" if self.member.is_official(self.on) else "doing"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that may be chosen. ``label`` heads it, ``short`` stands before the value on a phone ("" for none).

    ``private`` ones are left empty in rows whose file the person may not open. ``width`` is in characters; ``shown``
    says it otherwise on screen than in a workbook.
    """

    key: str
    label: StrPromise
    value: Callable[[Row], Any]
    short: StrPromise | str = ""
    css: str = ""
    width: int = 14
    private: bool = False
    shown: Callable[[Row], str] | None = None

    def of(self, row: Row) -> date | int | str | None:
        """Return the value of a row, None where it is not for the person."""
        found: date | int | str | None = None if self.private and not row.readable else self.value(row)
        return found

    def text(self, row: Row) -> str:
        """Return the value as on screen."""
        if self.shown:
            return self.shown(row)
        value = self.of(row)
        if value is None or value == "":
            return "—"
        return str(value) if isinstance(value, (str, int)) else vietnamese.day(value)


def _choice(name: str) -> Callable[[Row], str]:
    return lambda row: str(getattr(row.member, f"get_{name}_display")())


def _field(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.member, name)


COLUMNS: tuple[Column, ...] = (
    Column("so_the", _("Số thẻ"), lambda row: printed_card(row.member.card_number), _("Thẻ"), "hn-num", 13),
    Column("nam_sinh", _("Năm sinh"), _field("born_year"), _("Sinh"), "hn-num", 9),
    Column(
        "sinh",
        _("Ngày sinh"),
        lambda row: row.member.born_on or row.member.born_year,
        _("Sinh"),
        "hn-num",
        12,
    ),
    Column("tuoi", _("Tuổi đời"), lambda row: bands.age(row.member, row.on), _("Tuổi"), "hn-num", 9),
    Column("gioi", _("Giới tính"), _choice("sex"), css="hn-bare", width=9),
    Column("dan_toc", _("Dân tộc"), _field("ethnicity"), _("Dân tộc"), width=10),
    Column(
        "chi_bo",
        _("Chi bộ"),
        lambda row: row.cell,
        css="hn-bare",
        width=26,
        shown=lambda row: short_name(row.cell),
    ),
    Column("vao_dang", _("Vào Đảng"), _field("admitted_on"), _("Vào Đảng"), "hn-num", 12),
    Column("chinh_thuc", _("Ngày chính thức"), _field("official_on"), _("Chính thức"), "hn-num", 15),
    Column(
        "tuoi_dang", _("Tuổi Đảng"), lambda row: row.member.years_in_party(row.on), _("Tuổi Đảng"), width=10
    ),
    Column("hoc_van", _("Học vấn"), _choice("schooling"), _("Học vấn"), width=20),
    Column("chuyen_mon", _("Trình độ chuyên môn"), _choice("degree"), _("Chuyên môn"), width=20),
    Column("ly_luan", _("Lý luận chính trị"), _choice("theory"), _("Lý luận"), width=17),
    Column("nghe", _("Nghề nghiệp"), _field("occupation"), _("Nghề"), width=20),
    Column("noi_o", _("Nơi ở"), _field("hamlet"), _("Ở"), width=20),
    Column("dien_thoai", _("Điện thoại"), _field("phone"), _("ĐT"), "hn-num", 14, private=True),
    Column("thu", _("Thư điện tử"), _field("email"), _("Thư"), width=26, private=True),
    Column("trang_thai", _("Trạng thái"), lambda row: row.status, css="hn-bare", width=16),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
SHOWN_FIRST = ("nam_sinh", "chi_bo", "vao_dang", "tuoi_dang", "trang_thai")


def chosen(keys: Iterable[str]) -> list[Column]:
    """Return the columns with these keys in the order of the roster; those shown first where none is known."""
    wanted = {key for key in keys if key in BY_KEY} or set(SHOWN_FIRST)
    return [column for column in COLUMNS if column.key in wanted]


def rows_of(
    memberships: Iterable[Any],
    on: date,
    posts: Mapping[int, str],
    names: Mapping[int, str],
    rounds: BadgeRound | None,
) -> Iterable[Row]:
    """Yield the lines for memberships that came from `with_standing`.

    ``posts`` are found by member, ``names`` of cells on the day by unit; a cell not among them bears its latest name.
    """
    for one in memberships:
        due = rounds.due(one.member.admitted_on, one.badge) if rounds else None
        yield Row(
            member=one.member,
            cell=names.get(one.unit_id, one.unit.name),
            on=on,
            posts=posts.get(one.member_id, ""),
            exempt=one.exempt,
            waiting=one.waiting,
            readable=one.readable,
            badge_years=due,
            badge_day=rounds.day if rounds and due else None,
        )
