"""What happened in a member's life, as lines of one story."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from hatnhan.core import vietnamese
from hatnhan.organization.models import Membership, Transfer
from hatnhan.organization.selectors.units import in_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hatnhan.organization.models import (
        Badge,
        Exemption,
        Member,
        Position,
        Probation,
        Unit,
        UnitVersion,
    )

Start, End = Membership.StartReason, Membership.EndReason


class Topic(StrEnum):
    """What a line is about; the page can show one topic alone."""

    STANDING = "dang_tich"
    CELL = "sinh_hoat"
    POST = "chuc_vu"


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: the day, a picture's name, what happened, and the paper behind it."""

    day: date
    topic: Topic
    icon: str
    title: str
    detail: str = ""
    waiting: bool = False


class Story(Protocol):
    """A file, as far as the story needs it."""

    member: Member

    @property
    def memberships(self) -> list[Membership]: ...
    @property
    def positions(self) -> list[Position]: ...
    @property
    def probations(self) -> list[Probation]: ...
    @property
    def exemptions(self) -> list[Exemption]: ...
    @property
    def transfers(self) -> list[Transfer]: ...
    @property
    def badges(self) -> list[Badge]: ...
    @property
    def names(self) -> Names: ...


class Names:
    """What units were called on a day."""

    def __init__(self, versions: Iterable[UnitVersion]) -> None:
        self._versions: dict[int, list[UnitVersion]] = defaultdict(list)
        for version in versions:
            self._versions[version.unit_id].append(version)

    def on(self, unit: Unit, day: date) -> str:
        """Return a unit's name on a day as a sentence has it, its latest where it did not exist then."""
        for version in self._versions[unit.pk]:
            if version.start <= day and (version.end is None or version.end > day):
                return in_sentence(version.name)
        return in_sentence(unit.name)


def moments(story: Story) -> list[Moment]:
    """Return the whole story, latest first."""
    parts = (_standing(story), _cells(story), _transfers(story), _posts(story), _exemptions(story))
    found = [moment for part in parts for moment in part]
    return sorted(found, key=lambda moment: moment.day, reverse=True)


def _standing(story: Story) -> Iterator[Moment]:
    member = story.member
    first = next((one for one in story.memberships if one.start_reason == Start.ADMITTED), None)
    where = story.names.on(first.unit, first.start) if first else ""
    title = _("Vào Đảng tại %(cell)s") % {"cell": where} if where else _("Vào Đảng")
    paper = _decision(first.decision_no) if first else ""
    yield Moment(member.admitted_on, Topic.STANDING, "flag", title, paper)
    if member.official_on:
        decided = next((one for one in story.probations if one.outcome == "official"), None)
        paper = _decision(decided.decision_no, decided.decided_on) if decided else ""
        yield Moment(member.official_on, Topic.STANDING, "circle-check", _("Đảng viên chính thức"), paper)
    for probation in story.probations:
        if probation.outcome == "extended" and probation.decided_on:
            paper = _decision(probation.decision_no)
            yield Moment(
                probation.decided_on, Topic.STANDING, "calendar-plus", _("Kéo dài thời gian dự bị"), paper
            )
    for badge in story.badges:
        title = _("Nhận Huy hiệu %(years)s năm tuổi Đảng") % {"years": badge.years}
        yield Moment(badge.awarded_on, Topic.STANDING, "medal", title, _decision(badge.decision_no))


def _cells(story: Story) -> Iterator[Moment]:
    for one in story.memberships:
        cell = {"cell": story.names.on(one.unit, one.start)}
        words = {
            Start.TRANSFERRED: _("Chuyển sinh hoạt về %(cell)s"),
            Start.ARRIVED: _("Chuyển từ nơi khác đến %(cell)s"),
            Start.REORGANIZED: _("Về %(cell)s do tách, nhập, giải thể chi bộ"),
            Start.RECORDED: _("Có tên trong danh sách %(cell)s"),
            Start.TEMPORARY: _("Sinh hoạt tạm thời ở %(cell)s"),
        }
        if title := words.get(Start(one.start_reason)):
            paper = _came_with(one)
            yield Moment(one.start, Topic.CELL, "arrows-exchange", title % cell, paper)
        if one.end and one.end_reason not in {End.TRANSFERRED, End.REORGANIZED}:
            where = {"cell": story.names.on(one.unit, one.end), "reason": one.get_end_reason_display()}
            yield Moment(one.end, Topic.CELL, "door-exit", _("%(reason)s, thôi sinh hoạt ở %(cell)s") % where)


def _transfers(story: Story) -> Iterator[Moment]:
    for one in story.transfers:
        title = _("Giới thiệu chuyển sinh hoạt đến %(place)s") % {"place": one.destination}
        parts = [
            _("Từ %(place)s") % {"place": one.origin},
            _("giấy giới thiệu số %(no)s") % {"no": one.letter_no},
        ]
        answered = str(one.get_state_display()).lower()
        if one.decided_on:
            parts.append(f"{answered} {vietnamese.day(one.decided_on)}")
        parts += [text for text in (one.reason, one.answer) if text]
        waiting = one.state == Transfer.State.PROPOSED
        yield Moment(one.proposed_on, Topic.CELL, "arrows-exchange", title, " · ".join(parts), waiting)


def _posts(story: Story) -> Iterator[Moment]:
    for one in story.positions:
        post = {"post": one.title, "unit": story.names.on(one.unit, one.start)}
        paper = " · ".join(text for text in (str(one.term or ""), _decision(one.decision_no)) if text)
        yield Moment(one.start, Topic.POST, "user", _("Giữ chức %(post)s, %(unit)s") % post, paper)
        if one.end:
            title = _("Thôi chức %(post)s, %(unit)s") % post
            yield Moment(one.end, Topic.POST, "user", title, one.end_reason)


def _exemptions(story: Story) -> Iterator[Moment]:
    for one in story.exemptions:
        title = _("Được miễn công tác và sinh hoạt đảng")
        yield Moment(one.start, Topic.STANDING, "circle-dashed", title, _decision(one.decision_no))
        if one.end:
            yield Moment(one.end, Topic.STANDING, "circle-dashed", _("Thôi miễn công tác, sinh hoạt trở lại"))


def _decision(number: str, day: date | None = None) -> str:
    if not number:
        return ""
    if day:
        return _("Quyết định số %(no)s, ngày %(day)s") % {"no": number, "day": vietnamese.day(day)}
    return _("Quyết định số %(no)s") % {"no": number}


def _came_with(one: Membership) -> str:
    """Return the paper by which a stay began: members move with a letter, all else is decided."""
    moved = one.start_reason in {Start.TRANSFERRED, Start.ARRIVED, Start.TEMPORARY}
    if moved and one.decision_no:
        return _("Giấy giới thiệu số %(no)s") % {"no": one.decision_no}
    return _decision(one.decision_no)
