"""A result in one or two sentences that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.ballots.models import Ballot
from hatnhan.core import vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from hatnhan.ballots.selectors.results import BallotResult, Line

#: The kinds of question in the order in which they are offered, in few words.
KINDS: dict[str, StrOrPromise] = {
    Ballot.Kind.YES_NO: gettext_lazy("Đồng ý hay không"),
    Ballot.Kind.ONE: gettext_lazy("Chọn một phương án"),
    Ballot.Kind.UP_TO: gettext_lazy("Bầu, chọn không quá số"),
    Ballot.Kind.GRADE: gettext_lazy("Xếp mức từng người"),
}


def verdict(result: BallotResult) -> list[str]:
    """Return what a result comes to: whether it passed, who was elected, who was given which grade."""
    if result.ballot.kind == Ballot.Kind.YES_NO:
        return [_yes_no(result), _needed(result)]
    if result.graded:
        return [_grades(result), _needed(result)]
    told = [_chosen(result), _needed(result)]
    if result.ties:
        words = _("%(names)s có số phiếu bằng nhau mà không đủ chỗ: phải bỏ phiếu lại giữa các phương án ấy.")
        told.insert(1, words % {"names": _names(result.ties)})
    return told


def _yes_no(result: BallotResult) -> str:
    words = _("Được thông qua: %(votes)s phiếu đồng ý trên %(base)s người.")
    if not result.passed:
        words = _("Không được thông qua: %(votes)s phiếu đồng ý trên %(base)s người.")
    return words % {"votes": vietnamese.number(result.lines[0].votes), "base": vietnamese.number(result.base)}


def _needed(result: BallotResult) -> str:
    words = _("Cần ít nhất %(needed)s phiếu: %(rule)s.")
    return words % {"needed": vietnamese.number(result.needed), "rule": result.rule.words}


def _chosen(result: BallotResult) -> str:
    if not result.chosen:
        nobody = _("Không ai trúng cử.")
        return nobody if result.election else _("Không phương án nào đạt tỷ lệ.")
    words = _("Trúng cử: %(names)s.") if result.election else _("Được chọn: %(names)s.")
    return words % {"names": _names(result.chosen)}


def _grades(result: BallotResult) -> str:
    told = sum(any(line.passed for line in lines) for _person, lines in result.people)
    words = _("%(told)s trên %(all)s đồng chí có một mức đạt tỷ lệ.")
    return words % {"told": told, "all": len(result.people)}


def _names(lines: Iterable[Line]) -> str:
    return "; ".join(
        _("%(name)s (%(votes)s phiếu)") % {"name": one.option, "votes": one.votes} for one in lines
    )
