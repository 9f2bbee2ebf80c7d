"""What a year comes to for each entry, as data: the grade it gives itself, the one proposed, the one decided. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from random import Random

XS, T, HT, KHT = "xs", "t", "ht", "kht"
#: The newspaper's of 2017: of those graded, good or better; of these, excellent: "nearly" so.
GOOD_OR_BETTER, EXCELLENT = 92, 16
#: So many did not complete 2017, and the last year told of.
FAILED_2017, FAILED_LAST = 3, 2
_CAP, _COMPLETED = 20, 0.055
#: So many give themselves one grade more than the meeting does.
_TOO_MUCH = 0.05
#: And of those who completed no more than that.
_HOPING = 0.4
#: So many of the largest group are proposed best beyond its cap: some may leave before it is decided.
_HOPEFUL = 3


@dataclass(slots=True)
class Aim:
    """One entry's year: the grade that its work opens, and what itself, the meeting and the committee say.

    ``turn`` names what is special: "no_row" (the law has none for it), "override", "over_hope" (the cap is full),
    "staff" (they find less), "prompted" (from above).
    """

    opens: str
    own: str
    cell: str
    final: str
    turn: str = ""


def plain(grade: str, own: str = "") -> Aim:
    """Return the aim of one about whom all agree, but perhaps the one concerned."""
    return Aim(grade, own or grade, grade, grade)


@dataclass(frozen=True, slots=True)
class Graded:
    """A member that is to be graded: key, cell, group of similar posts, and whether they lead."""

    key: int
    cell: str
    group: str
    leads: bool = False
    #: Whether the work of what they lead lets them be graded best.
    may_excel: bool = True


def of_the_newspaper(rows: Sequence[Graded], rng: Random) -> dict[int, Aim]:
    """Return the grades of 2017: to the member as many as the newspaper's shares say."""
    good = round(len(rows) * GOOD_OR_BETTER / 100)
    excellent = (good * EXCELLENT - 1) // 100
    order = _shuffled(rows, rng)
    failed = _spread([one for one in order if not one.leads], FAILED_2017)
    rest = [one for one in order if one.key not in failed]
    # Who leads is a little more often among the best, as it is everywhere.
    best = sorted(rest, key=lambda one: rng.random() * (0.75 if one.leads else 1))[:excellent]
    found = {key: plain(KHT, HT) for key in failed} | {one.key: plain(XS) for one in best}
    others = [one for one in rest if one.key not in found]
    completed = [one.key for one in others if not one.leads][: len(rows) - good - len(failed)]
    found |= {key: plain(HT, T if rng.random() < _HOPING else "") for key in completed}
    found |= {one.key: _good(rng) for one in others if one.key not in found}
    return found


def left_out_by_hand(graded: int, least: int = 4, most: int = 12) -> int:
    """Return how many the cells excuse in 2017, so that the newspaper's share comes out as nearly as may be."""
    return min(range(least, most + 1), key=lambda less: (_off(graded - less), less))


def _off(graded: int) -> float:
    """Return by how many percent the nearest number of members misses the newspaper's share."""
    return abs(round(graded * GOOD_OR_BETTER / 100) * 100 / graded - GOOD_OR_BETTER)


def within_caps(rows: Sequence[Graded], rng: Random, failed: Collection[int] = ()) -> dict[int, Aim]:
    """Return the grades of a year with caps: each group at its cap or one under it, and in one, one hopes too much."""
    groups: dict[str, list[Graded]] = defaultdict(list)
    for one in _shuffled(rows, rng):
        groups[one.group].append(one)
    found: dict[int, Aim] = {}
    short = FAILED_LAST - len(failed)
    for group, members in sorted(groups.items()):
        wanted = short if group == "outside" else 0
        bad = {one.key for one in members if one.key in failed} | _spread(
            [one for one in members if not one.leads and one.key not in failed], wanted
        )
        found |= _of_group(group, [one for one in members if one.key not in bad], rng)
        found |= {key: plain(KHT, HT) for key in bad}
    return found


def _of_group(group: str, members: Sequence[Graded], rng: Random) -> dict[int, Aim]:
    completed = [one for one in members if not one.leads][: round(len(members) * _COMPLETED)]
    rest = [one for one in members if one not in completed]
    # In the largest group more is hoped for than the cap lets be; in one, the cap is not used up.
    more = {"outside": _HOPEFUL, "lead_cell": -1}.get(group, 0)
    excelling = [one for one in rest if one.may_excel][: max(most_of(len(rest)) + more, 0)]
    found = {one.key: plain(XS) for one in excelling}
    good = [one for one in rest if one.key not in found]
    found |= {one.key: plain(HT, T if rng.random() < _HOPING else "") for one in completed}
    found |= {one.key: _good(rng) for one in good}
    if group == "outside":
        found |= {one.key: Aim(XS, XS, XS, XS, "over_hope") for one in excelling[-_HOPEFUL:]}
        turned = (Aim("", T, T, T, "no_row"), Aim(T, T, T, HT, "staff"))
        found |= {one.key: aim for one, aim in zip(good, turned, strict=False)}
    if group == "non_leader" and excelling:
        found[excelling[0].key] = Aim("", XS, XS, XS, "override")
    return found


def most_of(number: int, percent: int = _CAP) -> int:
    """Return how many of some may have the best grade if all others have the second: a share of these others."""
    best = 0
    while best + 1 <= (number - best - 1) * percent // 100:
        best += 1
    return best


def of_cells(shares: Mapping[int, tuple[float, int]], rng: Random, most: int) -> dict[int, Aim]:
    """Return the grades of cells by their members': share of good or better (0–1), and how many failed."""
    keys = sorted(shares, key=lambda _key: rng.random())
    fit = [key for key in keys if shares[key][0] >= 0.8 and not shares[key][1]]  # noqa: PLR2004 - the condition
    best = set(fit[:most])
    weak = min((key for key in keys if key not in best), key=lambda key: shares[key][0])
    return {key: plain(XS if key in best else HT if key == weak else T) for key in keys}


def this_year(rows: Iterable[Graded], rng: Random) -> dict[int, Aim]:
    """Return what people say of a year that is not over: mostly good."""
    found = {}
    for one in rows:
        draw = rng.random()
        found[one.key] = (
            plain(XS) if draw < 0.13 and one.may_excel else plain(HT) if draw > 0.95 else _good(rng)  # noqa: PLR2004
        )
    return found


def _good(rng: Random) -> Aim:
    return plain(T, XS if rng.random() < _TOO_MUCH else "")


def _shuffled(rows: Sequence[Graded], rng: Random) -> list[Graded]:
    return rng.sample(rows, len(rows))


def _spread(rows: Iterable[Graded], number: int) -> set[int]:
    """Return the keys of the first so many, no two of one cell."""
    found: dict[str, int] = {}
    for one in rows:
        if len(found) >= number:
            break
        found.setdefault(one.cell, one.key)
    return set(found.values())
