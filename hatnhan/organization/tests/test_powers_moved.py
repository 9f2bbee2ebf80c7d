"""Powers follow the tree as it stands: a unit that was moved belongs to its new committee alone."""

from datetime import date

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.organization.actions.units import dissolve_unit, move_unit
from hatnhan.organization.models import Post
from hatnhan.organization.powers import powers_of
from hatnhan.organization.tests import make

TODAY = date(2018, 10, 29)


@pytest.fixture
def other(place):
    """Another commune and its secretary."""
    commune = make.unit("yen-lac", "commune", place.province, "Đảng bộ xã Yên Lạc")
    cell = make.unit("yl-thon-1", "cell", commune, "Chi bộ thôn Một")
    head = make.member(cell, "Trần Văn Bình")
    make.post(head, commune, Post.SECRETARY)
    make.account("other", head)
    return head, commune, cell


def test_a_moved_cell_is_kept_by_its_new_committee_alone(people, place, other, cast):
    head, commune, _cell = other
    with clock.fixed(TODAY):
        deed = {"by": MACHINE, "at": clock.now(), "on": TODAY, "decision_no": "1-QĐ/TU"}
        move_unit(unit=place.school, parent=commune, **deed)
        before, after = powers_of(people.deputy.user), powers_of(head.user)
        assert not before.may_keep(place.school.pk)
        assert not before.may_read_roster(place.school.pk)
        assert after.may_keep(place.school.pk)
        assert cast.deputy.get("/to-chuc/truong-thcs/doi-ten/").status_code in {403, 404}


def test_a_cell_that_ended_stays_with_the_committee_under_which_it_ended(people, place):
    empty = make.unit("thon-cu", "cell", place.commune, "Chi bộ thôn Cũ")
    with clock.fixed(TODAY):
        deed = {"by": MACHINE, "at": clock.now(), "on": TODAY, "decision_no": "1-QĐ/ĐU"}
        dissolve_unit(unit=empty, successor=None, **deed)
        assert powers_of(people.deputy.user).may_keep(empty.pk)
