"""The official paper of the room: the tellers' minutes, which both tellers sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.ballots.selectors.results import result_of
from hatnhan.ballots.wording import verdict
from hatnhan.core import clock, vietnamese
from hatnhan.documents.registry import document_of
from hatnhan.documents.types import Column, Paper, Section, Signature, Table
from hatnhan.organization.selectors.letterhead import letterhead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hatnhan.ballots.models import Ballot
    from hatnhan.ballots.selectors.results import BallotResult, Line

_NUMBER, _VOTES = Column("TT", 0.5, "center"), Column("Số phiếu", 1, "center")
_OPTIONS = (_NUMBER, Column("Phương án", 3), _VOTES, Column("Kết quả", 1.6))


@document_of("ballots.tellers_minutes", title=gettext_lazy("Biên bản kiểm phiếu"))
def tellers_minutes(ballot: Ballot) -> Paper:
    """Draw up the tellers' minutes of a closed ballot: totals, never a vote. Raises Missing before it is counted."""
    result = result_of(ballot)
    head = letterhead(result.unit, result.ballot.body, result.on)
    return Paper(
        superior=head.superior,
        issuer=head.issuer,
        place=head.place,
        day=result.closed_at.astimezone(clock.HERE).date(),
        title=_("Biên bản"),
        abstract=_("kiểm phiếu: %(title)s") % {"title": result.title},
        number=head.number("BB"),
        paragraphs=tuple(_circumstances(result)),
        sections=(
            Section(_("I. SỐ NGƯỜI, SỐ PHIẾU"), tuple(_counts(result))),
            Section(_("II. KẾT QUẢ"), tuple(verdict(result)), _table(result)),
        ),
        closing=(
            _(
                "Biên bản lập xong lúc %(closed)s. Từng lá phiếu trên máy và chìa khóa mở phiếu đã xóa khi kiểm xong,"
                " chỉ giữ các tổng số trên đây."
            )
            % {"closed": _hour(result.closed_at)},
        ),
        signatures=tuple(Signature(_("Người kiểm phiếu"), "", one.full_name) for one in result.tellers),
        recipients=(head.kept,),
        drawn_at=result.closed_at,
    )


def _circumstances(result: BallotResult) -> Iterator[str]:
    words = _("%(body)s bỏ phiếu kín về: %(title)s.")
    yield words % {"body": result.body, "title": result.title.rstrip(".")}
    opened, closed = _hour(result.opened_at), _hour(result.closed_at)
    yield _("Mở bỏ phiếu lúc %(opened)s, kiểm phiếu xong lúc %(closed)s.") % {
        "opened": opened,
        "closed": closed,
    }
    names = ", ".join(f"đ/c {one.full_name}" for one in result.tellers)
    yield _("Người kiểm phiếu: %(names)s.") % {"names": names}


def _counts(result: BallotResult) -> Iterator[str]:
    yield _("Có quyền biểu quyết: %(entitled)d; có mặt: %(present)d.") % {
        "entitled": result.entitled,
        "present": result.present,
    }
    words = _(
        "Phiếu phát ra: %(issued)d; thu về: %(returned)d, trong đó trên máy %(screen)d, phiếu giấy %(paper)d."
    )
    yield words % {
        "issued": result.issued,
        "returned": result.returned,
        "screen": result.on_screen,
        "paper": result.paper_returned,
    }
    yield _("Phiếu hợp lệ: %(valid)d; phiếu trắng: %(blank)d; không hợp lệ: %(invalid)d.") % {
        "valid": result.valid,
        "blank": result.blank,
        "invalid": result.invalid,
    }


def _table(result: BallotResult) -> Table:
    if not result.graded:
        lines = tuple(
            (str(at), line.option, vietnamese.number(line.votes), _standing(line))
            for at, line in enumerate(result.lines, start=1)
        )
        return Table(_OPTIONS, lines)
    people = result.people
    grades = [line.grade for line in people[0][1]] if people else []
    columns = (_NUMBER, Column("Họ và tên", 2.2), *(Column(grade, 1.2, "center") for grade in grades))
    rows = tuple(
        (str(at), name, *(_votes(line) for line in lines)) for at, (name, lines) in enumerate(people, start=1)
    )
    return Table(columns, rows)


def _votes(line: Line) -> str:
    return _("%(votes)s (đạt)") % {"votes": line.votes} if line.passed else str(line.votes)


def _standing(line: Line) -> str:
    if line.tied:
        return _("Bằng phiếu, bỏ phiếu lại")
    if line.passed is None:
        return ""
    return _("Đạt") if line.passed else _("Không đạt")


def _hour(at: datetime) -> str:
    here = at.astimezone(clock.HERE)
    return f"{vietnamese.clock_time(here)}, {vietnamese.paper_day(here.date())}"
