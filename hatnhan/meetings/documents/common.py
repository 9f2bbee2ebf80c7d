"""What all papers of a meeting share: how they are headed, signed and dated, and how people are named on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.core import clock, vietnamese
from hatnhan.documents.types import Column, Paper, Section, Signature, Table
from hatnhan.meetings.models import Invitee, Meeting
from hatnhan.organization.models import Body
from hatnhan.organization.selectors.letterhead import Letterhead, head_of, letterhead, post_to_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from hatnhan.meetings.models import ItemTask
    from hatnhan.organization.models import Member

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
#: Words that begin a meeting's title and are no name themselves.
_COMMON_WORDS = ("Sinh hoạt", "Họp", "Hội ý", "Hội nghị", "Nhận xét", "Giao ban")
_TASK_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Việc", 3.2),
    Column("Giao cho", 1.8),
    Column("Hạn", 1.1, "center"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meeting about to be put on paper: its day, its body's head, who heads and who writes it."""

    meeting: Meeting
    on: date
    head: Letterhead
    chair: Member | None
    chair_post: str

    def paper(self, *, title: str, kind: str = "", number: str = "", **parts: Any) -> Paper:
        """Return a paper of this meeting; ``kind`` goes into its number ("BB"), none where it is empty.

        ``parts`` are those of `Paper`; the day is the meeting's, the abstract its title, unless they say otherwise.
        """
        known: dict[str, Any] = {
            "superior": self.head.superior,
            "issuer": self.head.issuer,
            "place": self.head.place,
            "day": self.on,
            "abstract": self.called,
            "number": self.head.number(kind, number) if kind else "",
            "drawn_at": self.meeting.locked_at,
        }
        return Paper(title=title, **(known | parts))

    @property
    def called(self) -> str:
        """The meeting's title as it stands inside a sentence."""
        title = self.meeting.title
        return title[:1].lower() + title[1:] if title.startswith(_COMMON_WORDS) else title

    @property
    def on_behalf(self) -> Signature:
        """The signature of the body: "T/M CHI BỘ", the chair's post, the chair."""
        return Signature(self.head.on_behalf, self.chair_post, name_of(self.chair))

    @property
    def at_the_table(self) -> tuple[Signature, Signature]:
        """The signatures of minutes: the recorder left, the chair right."""
        recorder = Signature(_("Người ghi biên bản"), "", name_of(self.meeting.recorder))
        return recorder, Signature(_("Chủ trì"), self.chair_post, name_of(self.chair))

    @property
    def reported_to(self) -> tuple[str, ...]:
        """To whom a paper goes: a cell reports to the committee above."""
        above = (_("Đảng ủy (để báo cáo);"),) if self.meeting.unit.is_cell else (_("Tỉnh ủy (để báo cáo);"),)
        return (*above, self.head.kept)


def sheet(meeting: Meeting) -> Sheet:
    """Return what the papers of a meeting share, as it was on the meeting's day. Five queries at most."""
    on = day_of(meeting.starts_at)
    chair = meeting.chair or head_of(meeting.unit, meeting.body, on)
    post = post_to_sign(meeting.unit, meeting.body, chair.pk if chair else None, on)
    return Sheet(meeting, on, letterhead(meeting.unit, meeting.body, on), chair, post)


def day_of(at: datetime) -> date:
    """Return the day of a moment, in Vietnamese time."""
    return at.astimezone(clock.HERE).date()


def hour(at: datetime) -> str:
    """Return a moment as papers have it: "19 giờ 30, ngày 03 tháng 11 năm 2026"."""
    here = at.astimezone(clock.HERE)
    return f"{vietnamese.clock_time(here)}, {vietnamese.paper_day(here.date())}"


def name_of(member: Member | None) -> str:
    """Return a person's name; nothing for nobody."""
    return member.full_name if member else ""


def comrade(member: Member | None) -> str:
    """Return a person as papers speak of one: "đ/c Đỗ Văn Hải"; nothing for nobody."""
    return f"đ/c {member.full_name}" if member else ""


def standing_of(one: Invitee) -> str:
    """Return what a person is at a meeting: the post, else the capacity."""
    if one.title:
        return one.title
    member = one.capacity == Invitee.Capacity.BODY and one.meeting.body == Body.MEMBERS
    return _("Đảng viên") if member else str(one.get_capacity_display())


def numbered(sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """Return the parts that there are, those of the first level numbered I, II, III and in capitals."""
    numbers = iter(_ROMAN)
    return tuple(
        replace(one, heading=f"{next(numbers)}. {one.heading.upper()}") if one.level == 1 else one
        for one in sections
        if one is not None
    )


def task_table(rows: Sequence[ItemTask]) -> Table | None:
    """Return the tasks of a meeting as they were given: what, to whom, by when. None where there is none."""
    if not rows:
        return None
    lines = [(row.task.title, given_to(row), short_day(given_until(row))) for row in rows]
    return Table(_TASK_COLUMNS, tuple((str(at), *line) for at, line in enumerate(lines, start=1)))


def given_to(row: ItemTask) -> str:
    """Return to whom a task was given at the meeting; whose it is where that was not kept."""
    return row.given_to or str(row.task.owner or row.task.owner_unit or "")


def given_until(row: ItemTask) -> date:
    """Return the last day that a task was given at the meeting."""
    return row.given_until or row.task.due


def short_day(day: date | None) -> str:
    """Return a day as tables of papers have it: 03/02/2026; nothing for none."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""


def points(value: Any) -> str:  # noqa: ANN401 - a Decimal; models hand it over untyped
    """Return points as people write them: "92", "92,5"; nothing for none."""
    if value is None:
        return ""
    return vietnamese.decimal(value, 1).removesuffix(",0")
