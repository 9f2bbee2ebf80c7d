"""Who of the committee is in charge of which cell and group of tasks, and who holds the posts of the commune's work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from hatnhan.assignments.actions import charges
from hatnhan.core import clock
from hatnhan.demo import cast
from hatnhan.demo.books import Books, Deed
from hatnhan.demo.clerks import CLERKS, clerks_of
from hatnhan.demo.places import CELLS, COMMUNE
from hatnhan.demo.posts import committee_terms
from hatnhan.demo.rhythm import begins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.assignments.models import CellCharge, GroupCharge, WorkGroup
    from hatnhan.demo.people import Person
    from hatnhan.demo.posts import Term
    from hatnhan.demo.tale import Tale

#: In the order in which the committee's members take them: the secretary first.
GROUPS = (
    "Quốc phòng – an ninh", "Xây dựng Đảng – tổ chức", "Kinh tế – ngân sách", "Kiểm tra, giám sát – nội chính",
    "Nông nghiệp – nông thôn mới", "Đất đai – môi trường", "Giao thông – xây dựng", "Văn hóa – xã hội",
    "Giáo dục", "Y tế – bảo hiểm", "Dân vận – đoàn thể", "Tuyên giáo – thông tin",
)  # fmt: skip
#: This one came later, and is without anyone now; so is the cell.
NEW_GROUP, EMPTY_CELL = "Cải cách hành chính – chuyển đổi số", "go-gang"
_POSTS_IN_ORDER = ("secretary", "standing_deputy", "deputy", "standing_member", "committee_member")
_GROUP_LEFT, _CELL_LEFT = 12, 23
_SHARED_OUT = timedelta(days=9)


# --- the committee's charges -----------------------------------------------------------------------------------------
def seated(tale: Tale, on: date) -> list[tuple[Person, str]]:
    """Return who sits in the commune's committee on a day with the post, the secretary first."""
    held = [o for o in tale.offices if o.unit == COMMUNE and o.post in _POSTS_IN_ORDER]
    there = [o for o in held if o.start <= on and (o.end is None or on < o.end)]
    there.sort(key=lambda o: (_POSTS_IN_ORDER.index(o.post), o.person.full_name != cast.INSPECTION_CHAIR))
    return [(office.person, office.post) for office in there]


def charge_deeds(tale: Tale) -> Iterator[Deed]:
    """Yield how the committee of the last and of the present term shared out cells and groups."""
    writer = _Sharing(tale)
    terms = committee_terms(tale.today)[-2:]
    yield Deed(terms[0].start + _SHARED_OUT, 8, writer.found_groups)
    for term in terms:
        day = term.start + _SHARED_OUT
        if day < tale.today:
            yield Deed(day, 9, partial(writer.share_out, term))
    shared = terms[-1].start + _SHARED_OUT
    for back, deed in ((_GROUP_LEFT, writer.leave_group), (_CELL_LEFT, writer.leave_cell)):
        if (day := tale.today - timedelta(days=back)) > shared:
            yield Deed(day, 9, deed)


class _Sharing:
    def __init__(self, tale: Tale) -> None:
        self.tale = tale
        self.groups: dict[str, WorkGroup] = {}
        self.cells: dict[str, CellCharge] = {}
        self.group_charges: dict[str, GroupCharge] = {}

    def found_groups(self, books: Books) -> None:
        """Write the list of groups."""
        for position, name in enumerate(GROUPS, start=1):
            self._found(books, name, position)

    def _found(self, books: Books, name: str, position: int) -> None:
        self.groups[name] = charges.create_group(
            **books.signed(), unit=books.units[COMMUNE], name=name, position=position, start=clock.today()
        )

    def share_out(self, term: Term, books: Books) -> None:
        """Give each member of a term's committee a group or a cell or two, by one decision."""
        signed, unit, start = books.signed(), books.units[COMMUNE], clock.today()
        number = books.decision()
        people = [books.member(person) for person, _post in seated(self.tale, start)]
        if NEW_GROUP not in self.groups and term == committee_terms(self.tale.today)[-1]:
            self._found(books, NEW_GROUP, len(GROUPS) + 1)
        for place, (name, group) in enumerate(self.groups.items()):
            self.group_charges[name] = charges.charge_group(
                **signed,
                member=people[place % len(people)],
                unit=unit,
                group=group,
                start=start,
                decision_no=number,
            )
        rng = Random(f"charges {self.tale.seed} {term.start}")  # noqa: S311 - a story, not a secret
        cells = rng.sample([place.code for place in CELLS], len(CELLS))
        # The heads, who have most to do, have a cell each; those at the end of the list have two.
        for place, code in enumerate(cells):
            self.cells[code] = charges.charge_cell(
                **signed, member=people[-1 - place % len(people)], unit=unit, cell=books.units[code], start=start,
                decision_no=number,
            )  # fmt: skip

    def leave_group(self, books: Books) -> None:
        """Take somebody off the newest group: for now nobody has it."""
        reason = "Chuyển phụ trách nhóm khác theo phân công mới"
        charge = self.group_charges[NEW_GROUP]
        charges.end_charge(**books.signed(), charge=charge, end=clock.today(), reason=reason)

    def leave_cell(self, books: Books) -> None:
        """Take somebody off a cell: for now nobody has it."""
        reason = "Thôi phụ trách do phân công lại"
        charges.end_charge(**books.signed(), charge=self.cells[EMPTY_CELL], end=clock.today(), reason=reason)


# --- the posts of work -----------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Desk:
    """A post of the commune's work, and who held it from when."""

    key: str
    name: str
    leads: bool = False
    holders: list[tuple[date, Person]] = field(default_factory=list)

    def holder(self, on: date) -> Person:
        """Return who holds it on a day."""
        return [person for start, person in self.holders if start <= on][-1]


_DESKS = (
    ("chair", "Chủ tịch UBND", True), ("vice_economy", "Phó Chủ tịch UBND (kinh tế)", True),
    ("vice_culture", "Phó Chủ tịch UBND (văn hóa – xã hội)", True), ("police", "Công an xã", False),
    ("military", "Ban Chỉ huy Quân sự", False), ("land", "Địa chính – xây dựng", False),
    ("finance", "Tài chính – kế toán", False), ("culture", "Văn hóa – xã hội", False),
    ("justice", "Tư pháp – hộ tịch", False), ("office", "Văn phòng – thống kê", False),
)  # fmt: skip


def desks(tale: Tale) -> list[Desk]:
    """Return the posts with their holders since two years ago."""
    start = begins(tale.today)
    made = {key: Desk(key, name, leads) for key, name, leads in _DESKS}
    turns = [start, *(term.start for term in committee_terms(tale.today) if term.start > start)]
    for day in turns:
        seats = seated(tale, day)
        by_post = {post: person for person, post in reversed(seats)}
        economy = next(person for person, _post in seats if person.full_name == cast.VICE_CHAIRWOMAN)
        taken = {person.full_name for person, post in seats if post != "committee_member"} | {
            economy.full_name
        }
        plain = [
            person for person, post in seats if post == "committee_member" and person.full_name not in taken
        ]
        men = [person for person in plain if person.sex == "M"] or plain
        chosen = [by_post["deputy"], economy, next(p for p in plain if p not in men[:2]), *men[:2]]
        for key, person in zip(made, chosen, strict=False):
            _hand_to(made[key], day, person)
    clerks = clerks_of(tale)
    for key, person in zip(CLERKS, clerks, strict=False):
        _hand_to(made[key], start, person)
    _hand_to(made["finance"], start + timedelta(days=430), clerks[-1])
    return list(made.values())


def _hand_to(desk: Desk, day: date, person: Person) -> None:
    if not desk.holders or desk.holders[-1][1] is not person:
        desk.holders.append((day, person))
