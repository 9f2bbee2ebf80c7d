"""The ways of those whom no roster of today can tell of whole: who left, who moved, who came lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hatnhan.core.periods import add_months, add_years
from hatnhan.demo.books import Books, Deed, data_of
from hatnhan.demo.places import SPLIT, UNSPLIT
from hatnhan.organization.actions import admission, members, memberships, transfers
from hatnhan.organization.models import Membership, Probation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.demo.people import Person, Stay
    from hatnhan.demo.tale import Tale

#: Admissions of so many years are told step by step.
_LATELY = 4
_ELSEWHERE = (
    "Đảng bộ thị trấn Yên Lạc", "Đảng bộ xã Nguyệt Đức", "Đảng bộ xã Yên Đồng", "Đảng bộ phường Khai Quang",
    "Đảng bộ phường Tích Sơn", "Đảng bộ xã Minh Tân", "Đảng ủy Khu công nghiệp Bình Xuyên",
    "Đảng bộ phường Xuân La, Hà Nội",
)  # fmt: skip


def told_by_deeds(tale: Tale, person: Person) -> bool:
    """Tell whether a person's way is written step by step, rather than read from the roster of today."""
    lately = person.admitted_on >= add_years(tale.today, -_LATELY) and person.official_on is not None
    how = person.stays[0].how
    return not person.here or len(person.stays) > 1 or how == "arrived" or (lately and how == "admitted")


def _of_the_split(person: Person) -> bool:
    before = person.stay_on(SPLIT - timedelta(days=1))
    return before is not None and before.cell == UNSPLIT


def paths_before_import(tale: Tale) -> Iterator[Deed]:
    """Yield the ways that must be written before the roster of today comes in: of those who are here and moved.

    Those who were of Lũng when it was split are told here too, but for their leaving: a split moves who is there.
    """
    for place, person in enumerate(tale.world.people):
        if told_by_deeds(tale, person) and (person.here or _of_the_split(person)):
            yield from _path(person, place)


def paths_after_import(tale: Tale) -> Iterator[Deed]:
    """Yield the ways of those who left; told together with the posts they held, in the order of the days."""
    for place, person in enumerate(tale.world.people):
        if not person.here:
            if not _of_the_split(person):
                yield from _path(person, place)
            yield from _departure(person, person.last, place)


def outside(number: int) -> str:
    """Return an organisation elsewhere."""
    return _ELSEWHERE[number % len(_ELSEWHERE)]


def _path(person: Person, place: int) -> Iterator[Deed]:
    first = person.stays[0]
    yield from _arrival(person, first, place)
    for before, after in zip(person.stays, person.stays[1:], strict=False):
        if before.why == "transferred":
            yield from _transfer(person, after)


def _arrival(person: Person, stay: Stay, place: int) -> Iterator[Deed]:
    if stay.how == "arrived":
        yield Deed(stay.start, 1, lambda books: _receive(books, person, stay, place))
    elif stay.how == "admitted":
        yield Deed(stay.start, 1, lambda books: _admit(books, person, stay))
        if person.official_on:
            # Cells meet in the first days of the month: the decision follows some weeks after the day itself.
            decided = person.official_on + timedelta(days=12 + place % 19 + (45 if place % 11 == 0 else 0))
            yield Deed(decided, 1, lambda books: _confirm(books, person, decided))
    else:
        yield Deed(stay.start, 1, lambda books: _register(books, person, stay))


def _register(books: Books, person: Person, stay: Stay) -> None:
    books.members[id(person)] = members.register_member(
        **books.signed(),
        cell=books.units[stay.cell],
        data=data_of(person),
        start=stay.start,
    )


def _receive(books: Books, person: Person, stay: Stay, place: int) -> None:
    books.members[id(person)] = transfers.receive_from_outside(
        **books.signed(),
        cell=books.units[stay.cell],
        data=data_of(person),
        outside=outside(place),
        letter_no=books.letter(),
        effective_on=stay.start,
    )


def _admit(books: Books, person: Person, stay: Stay) -> None:
    books.members[id(person)] = admission.admit_member(
        **books.signed(),
        cell=books.units[stay.cell],
        data=data_of(person, official=False, card=False),
        admitted_on=stay.start,
        decision_no=books.decision("HU"),
    )


def _confirm(books: Books, person: Person, decided: date) -> None:
    assert person.official_on  # noqa: S101 - only those are confirmed
    admission.confirm_official(
        **books.signed(),
        member=books.member(person),
        official_on=person.official_on,
        decided_on=decided,
        decision_no=books.decision("HU"),
        card_number=person.card_number,
    )


def _transfer(person: Person, to: Stay) -> Iterator[Deed]:
    proposed = to.start - timedelta(days=12)
    yield Deed(proposed, 1, lambda books: _propose(books, person, to, proposed))
    yield Deed(to.start, 1, lambda books: _accept(books, person, to.start))


def _propose(books: Books, person: Person, to: Stay, on: date) -> None:
    retired = person.occupation == "Hưu trí"
    transfers.propose_transfer(
        **books.signed(),
        member=books.member(person),
        to_unit=books.units[to.cell],
        outside="",
        proposed_on=on,
        letter_no=books.letter(),
        reason="Nghỉ hưu, về sinh hoạt nơi cư trú" if retired else "Chuyển nơi ở",
    )


def _accept(books: Books, person: Person, on: date) -> None:
    transfer = books.member(person).transfers.get(state="proposed")
    transfers.accept_transfer(**books.signed(), transfer=transfer, effective_on=on)


def _departure(person: Person, stay: Stay, place: int) -> Iterator[Deed]:
    assert stay.end  # noqa: S101 - the last stay of one who left
    end = stay.end
    if stay.why == "left":
        proposed = end - timedelta(days=20)
        yield Deed(proposed, 1, lambda books: _propose_away(books, person, proposed, place))
        yield Deed(end, 1, lambda books: _accept(books, person, end))
    elif stay.why == "struck_off":
        yield Deed(end, 1, lambda books: _strike_off(books, person, end))
    else:
        yield Deed(end, 1, lambda books: _end(books, person, stay))


def _propose_away(books: Books, person: Person, on: date, place: int) -> None:
    transfers.propose_transfer(
        **books.signed(),
        member=books.member(person),
        to_unit=None,
        outside=outside(place),
        proposed_on=on,
        letter_no=books.letter(),
        reason=("Chuyển công tác", "Chuyển nơi ở", "Đi làm ăn xa")[place % 3],
    )


def _strike_off(books: Books, person: Person, on: date) -> None:
    admission.strike_off_probation(
        **books.signed(), member=books.member(person), decided_on=on, decision_no=books.decision("HU")
    )


def _end(books: Books, person: Person, stay: Stay) -> None:
    assert stay.end  # noqa: S101
    memberships.end_membership(
        **books.signed(),
        member=books.member(person),
        end=stay.end,
        reason=Membership.EndReason(stay.why),
        decision_no="" if stay.why == "died" else books.decision("HU"),
    )


def extend_one(tale: Tale) -> Deed:
    """Return the lengthening of the one probation of today that was found too short."""
    on_probation = [person for person in tale.world.present if not person.official_on]
    person = min(on_probation, key=lambda one: one.admitted_on)
    decided = add_months(person.admitted_on, 12) + timedelta(days=21)
    return Deed(decided, 2, lambda books: _extend(books, person, decided))


def _extend(books: Books, person: Person, decided: date) -> None:
    probation = Probation.objects.get(member=books.member(person), outcome="")
    if probation.due <= decided:
        admission.extend_probation(
            **books.signed(),
            member=books.member(person),
            months=6,
            decided_on=decided,
            decision_no=books.decision("HU"),
        )
