"""The tree is changed by decisions, and stays what it was on every day before."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.organization.actions import reshaping, transfers, units
from hatnhan.organization.models import (
    Membership,
    Position,
    Post,
    Term,
    Transfer,
    Unit,
    UnitAncestry,
    UnitEvent,
    UnitVersion,
)
from hatnhan.organization.tests import make

D = date(2020, 7, 1)
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(TODAY):
        yield


def signed(on=D, no="15-QĐ/ĐU", by=MACHINE):
    return {"by": by, "at": clock.now(), "on": on, "decision_no": no}


def found(place, **fields):
    known = {"code": "thon-moi", "level": "cell", "name": "Chi bộ thôn Mới", "cell_kind": "village"}
    return units.create_unit(**signed() | known | {"parent": place.commune} | fields)


def broken(code, field=None):
    return pytest.raises(RuleBroken, check=lambda error: error.code == code and field in {None, error.field})


# --- beginning
def test_a_unit_is_founded_under_its_parent_from_the_day_of_the_decision(place):
    cell = found(place)
    assert cell.lineage(D) == [cell.pk, place.commune.pk, place.province.pk]
    assert cell.lineage(D - timedelta(days=1)) == []
    assert cell.events.get().kind == "created"
    entry = Entry.objects.get()
    assert entry.action == "organization:unit:create"
    assert entry.details["decision_no"] == "15-QĐ/ĐU"


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"on": TODAY + timedelta(days=1)}, "future", "on"),
        ({"on": date(2009, 12, 31)}, "before_founding", "parent"),
        ({"decision_no": " "}, "decision_missing", "decision_no"),
        ({"code": "Thôn Mới"}, "code_shape", "code"),
        ({"code": "thon-chua"}, "code_taken", "code"),
        ({"name": " "}, "name_missing", "name"),
        ({"name": "chi bộ thôn chùa"}, "same_name", "name"),
        ({"level": "village"}, "level", "level"),
        ({"cell_kind": ""}, "cell_kind", "cell_kind"),
        ({"level": "section"}, "cell_kind", "cell_kind"),
        ({"level": "province", "cell_kind": ""}, "level", "parent"),
        ({"parent": None}, "level", "parent"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_at_the_field(place, fields, code, field):
    with broken(code, field):
        found(place, **fields)
    assert not Entry.objects.exists()


def test_only_those_who_keep_the_roster_change_the_tree(place, people):
    for person in (people.village_secretary, people.inspector, people.member):
        with pytest.raises(Denied):
            found(place, by=person.user)
    assert found(place, by=people.secretary.user).name == "Chi bộ thôn Mới"


def test_nobody_founds_a_unit_above_all_others_on_a_page(place, people):
    with pytest.raises(Denied):
        found(place, parent=None, level="province", cell_kind="", by=people.secretary.user)


# --- changing
def test_a_renamed_unit_keeps_its_old_name_on_the_days_before(place):
    units.rename_unit(**signed(), unit=place.village, name="Chi bộ  thôn Chùa Đông")
    names = {v.start: v.name for v in UnitVersion.objects.filter(unit=place.village)}
    assert names == {make.LONG_AGO: "Chi bộ thôn Chùa", D: "Chi bộ thôn Chùa Đông"}
    assert Unit.objects.get(pk=place.village.pk).name == "Chi bộ thôn Chùa Đông"
    assert Entry.objects.get().details["name"] == ["Chi bộ thôn Chùa", "Chi bộ thôn Chùa Đông"]


def test_two_changes_of_one_day_are_one_version(place):
    units.rename_unit(**signed(), unit=place.village, name="Chi bộ thôn Đông")
    units.change_cell_kind(**signed(), unit=place.village, cell_kind="enterprise")
    version = UnitVersion.objects.get(unit=place.village, end=None)
    assert (version.name, version.cell_kind, version.start) == ("Chi bộ thôn Đông", "enterprise", D)
    assert place.village.versions.count() == 2
    assert [event.kind for event in place.village.events.order_by("id")] == ["renamed", "kind_changed"]


def test_a_change_is_dated_neither_before_the_latest_one_nor_in_the_future(place):
    units.rename_unit(**signed(), unit=place.village, name="Chi bộ thôn Đông")
    with broken("before_latest_change", "on"):
        units.rename_unit(**signed(D - timedelta(days=1)), unit=place.village, name="Chi bộ thôn Tây")
    with broken("before_founding", "on"):
        units.rename_unit(**signed(date(2009, 1, 1)), unit=place.village, name="Chi bộ thôn Tây")
    with broken("future", "on"):
        units.rename_unit(**signed(TODAY + timedelta(days=1)), unit=place.village, name="Chi bộ thôn Tây")
    with broken("unchanged", "name"):
        units.rename_unit(**signed(), unit=place.village, name="Chi bộ thôn Đông")
    with broken("same_name", "name"):
        units.rename_unit(**signed(), unit=place.village, name=place.school.name)


def test_only_cells_have_a_kind(place):
    with broken("not_a_cell"):
        units.change_cell_kind(**signed(), unit=place.commune, cell_kind="village")
    with broken("cell_kind", "cell_kind"):
        units.change_cell_kind(**signed(), unit=place.village, cell_kind="farm")
    with broken("unchanged", "cell_kind"):
        units.change_cell_kind(**signed(), unit=place.village, cell_kind="village")


def test_a_moved_unit_takes_all_below_it_along(place):
    section = found(
        place, code="bo-phan", level="section", name="Đảng bộ bộ phận", cell_kind="", on=date(2015, 1, 1)
    )
    units.move_unit(**signed(date(2016, 1, 1)), unit=place.village, parent=section)
    other = make.unit("xa-khac", "commune", place.province, "Đảng bộ xã khác")
    units.move_unit(**signed(), unit=section, parent=other)
    assert place.village.lineage(date(2015, 6, 1)) == [place.village.pk, place.commune.pk, place.province.pk]
    assert place.village.lineage(date(2018, 1, 1)) == [
        place.village.pk,
        section.pk,
        place.commune.pk,
        place.province.pk,
    ]
    assert place.village.lineage(D) == [place.village.pk, section.pk, other.pk, place.province.pk]
    # The province stood above all along, at two depths.
    assert UnitAncestry.objects.filter(unit=place.village, ancestor=place.province).count() == 2


def test_there_are_no_circles(place):
    section = found(place, code="bo-phan", level="section", name="Đảng bộ bộ phận", cell_kind="")
    with broken("level", "parent"):
        units.move_unit(**signed(), unit=place.commune, parent=section)
    with broken("level", "parent"):
        units.move_unit(**signed(), unit=place.village, parent=place.school)
    with broken("unchanged", "parent"):
        units.move_unit(**signed(), unit=place.village, parent=place.commune)


def test_moving_needs_powers_on_both_sides(place, people):
    other = make.unit("xa-khac", "commune", place.province, "Đảng bộ xã khác")
    with pytest.raises(Denied):
        units.move_unit(**signed(by=people.secretary.user), unit=place.village, parent=other)


# --- ending
def test_members_of_a_dissolved_cell_belong_to_the_successor_from_the_same_day(place, people):
    term = Term.objects.create(
        unit=place.village, name="2018–2023", start=date(2018, 1, 1), end=date(2023, 1, 1)
    )
    units.dissolve_unit(**signed(), unit=place.village, successor=place.school)
    before = set(
        Membership.objects.on(D - timedelta(days=1))
        .filter(unit=place.village)
        .values_list("member", flat=True)
    )
    now = Membership.objects.on(D).filter(member__in=before)
    assert before
    assert {(m.unit_id, m.start_reason) for m in now} == {(place.school.pk, "reorganized")}
    assert now.count() == len(before)
    assert Position.objects.get(member=people.village_secretary).end == D
    assert Position.objects.get(member=people.secretary).end is None
    term.refresh_from_db()
    assert term.end == D
    assert Unit.objects.get(pk=place.village.pk).dissolved_on == D
    assert place.village.lineage(D) == []
    assert UnitEvent.objects.get(unit=place.village).successor == place.school
    entry = Entry.objects.get()
    assert sorted(entry.details["members"]) == sorted(before)


def test_a_cell_with_members_is_not_dissolved_into_nothing(place):
    make.member(place.village)
    with broken("successor_missing", "successor"):
        units.dissolve_unit(**signed(), unit=place.village, successor=None)
    with broken("successor_kind", "successor"):
        units.dissolve_unit(**signed(), unit=place.village, successor=place.commune)
    with broken("successor_kind", "successor"):
        units.dissolve_unit(**signed(), unit=place.village, successor=place.village)
    empty = found(place, on=date(2019, 1, 1))
    units.dissolve_unit(**signed(), unit=empty, successor=None)
    with broken("dissolved"):
        units.dissolve_unit(**signed(), unit=empty, successor=None)
    with broken("dissolved", "into"):
        reshaping.merge_cells(**signed(), unit=place.village, into=empty)


def test_a_cell_does_not_end_before_what_is_recorded_of_it(place):
    make.member(place.village, start=date(2021, 3, 1))
    with broken("later_activity", "on"):
        units.dissolve_unit(**signed(), unit=place.village, successor=place.school)
    with broken("later_activity", "on"):
        units.dissolve_unit(**signed(date(2021, 3, 1)), unit=place.village, successor=place.school)
    units.dissolve_unit(**signed(date(2021, 3, 2)), unit=place.village, successor=place.school)


def test_cells_of_a_dissolved_section_hang_under_its_successor(place):
    section = found(
        place, code="bo-phan", level="section", name="Đảng bộ bộ phận", cell_kind="", on=date(2015, 1, 1)
    )
    units.move_unit(**signed(date(2016, 1, 1)), unit=place.village, parent=section)
    with broken("successor_missing", "successor"):
        units.dissolve_unit(**signed(), unit=section, successor=None)
    units.dissolve_unit(**signed(), unit=section, successor=place.commune)
    assert place.village.lineage(D) == [place.village.pk, place.commune.pk, place.province.pk]
    assert section.pk in place.village.lineage(D - timedelta(days=1))


def test_transfers_on_their_way_are_led_to_the_successor(place):
    third = make.unit("tram-y-te", "cell", place.commune, "Chi bộ Trạm Y tế", "health")
    going, coming, back = make.member(place.village), make.member(place.school), make.member(third)
    row = {"proposed_on": date(2020, 6, 1), "letter_no": "1"}
    arrived = Transfer.objects.create(member=going, from_unit=place.village, to_unit=third, **row)
    onward = Transfer.objects.create(member=coming, from_unit=place.school, to_unit=place.village, **row)
    moot = Transfer.objects.create(member=back, from_unit=third, to_unit=place.village, **row)
    reshaping.merge_cells(**signed(), unit=place.village, into=third)
    for transfer in (arrived, onward, moot):
        transfer.refresh_from_db()
    assert arrived.state == "withdrawn"
    assert (onward.state, onward.to_unit) == ("proposed", third)
    assert moot.state == "refused"


def test_temporary_activity_goes_on_in_the_successor_or_ends_where_it_is_needless(place):
    third = make.unit("tram-y-te", "cell", place.commune, "Chi bộ Trạm Y tế", "health")
    guest, own = make.member(third), make.member(place.school)
    row = {"kind": "temporary", "start": date(2020, 1, 1), "start_reason": "temporary", "unit": place.village}
    Membership.objects.create(member=guest, end=date(2020, 12, 31), end_reason="finished", **row)
    Membership.objects.create(member=own, **row)
    reshaping.merge_cells(**signed(), unit=place.village, into=place.school)
    temporary = Membership.objects.on(D).filter(kind="temporary")
    assert [(m.member, m.unit, m.end) for m in temporary] == [(guest, place.school, date(2020, 12, 31))]


# --- split
def test_a_split_cell_and_its_new_one_share_the_members(place):
    staying, going = make.members(place.village, 3), make.members(place.village, 3)
    make.post(going[0], place.village, Post.DEPUTY)
    new = reshaping.split_cell(
        **signed(), unit=place.village, code="thon-chua-2", name="Chi bộ thôn Chùa 2", cell_kind="village",
        member_ids=[m.pk for m in going],
    )  # fmt: skip
    on = Membership.objects.on(D)
    assert set(on.filter(unit=new).values_list("member", flat=True)) == {m.pk for m in going}
    assert set(on.filter(unit=place.village).values_list("member", flat=True)) == {m.pk for m in staying}
    assert new.lineage(D) == [new.pk, place.commune.pk, place.province.pk]
    assert Position.objects.get(member=going[0]).end == D
    assert Entry.objects.count() == 1


def test_a_cell_too_small_to_be_split_is_refused_with_the_instrument(place):
    people = make.members(place.village, 5)
    probationer = make.member(place.village, official_on=None, admitted_on=date(2020, 1, 1))
    for going in (people[:2], people[:3], [*people[:2], probationer]):
        with broken("too_few", "member_ids") as caught:
            reshaping.split_cell(
                **signed(), unit=place.village, code="moi", name="Chi bộ mới", cell_kind="village",
                member_ids=[m.pk for m in going],
            )  # fmt: skip
        assert "Điều lệ Đảng" in caught.value.citation


def test_only_members_of_the_cell_go_to_the_new_one(place):
    make.members(place.village, 6)
    stranger = make.member(place.school)
    row = {"unit": place.village, "code": "moi", "name": "Chi bộ mới", "cell_kind": "village"}
    with broken("not_members", "member_ids"):
        reshaping.split_cell(**signed(), **row, member_ids=[stranger.pk])
    with broken("members_missing", "member_ids"):
        reshaping.split_cell(**signed(), **row, member_ids=[])


# --- for all sequences of changes
def walk(unit_id, day):
    line = []
    while unit_id is not None:
        line.append(unit_id)
        version = UnitVersion.objects.on(day).get(unit_id=unit_id)
        unit_id = version.parent_id
    return line


class World:
    """A small commune on which random deeds are done, day after day."""

    def __init__(self):
        self.province = make.unit("tinh", "province")
        self.commune = make.unit("xa", "commune", self.province)
        self.section = make.unit("bo-phan", "section", self.commune)
        for number in range(3):
            cell = make.unit(f"chi-bo-{number}", "cell", self.commune)
            make.members(cell, 4)
        self.people = set(Membership.objects.values_list("member_id", flat=True))
        self.number = 0

    def cells(self):
        return list(Unit.objects.filter(level="cell").order_by("pk"))

    def do(self, verb, draw, on):
        self.number += 1
        pick = lambda rows: rows[draw(st.integers(0, len(rows) - 1))]  # noqa: E731
        one, other = pick(self.cells()), pick(self.cells())
        new = {"code": f"moi-{self.number}", "name": f"Chi bộ mới {self.number}", "cell_kind": "village"}
        try:
            if verb == "create":
                units.create_unit(
                    **signed(on), **new, level="cell", parent=pick([self.commune, self.section])
                )
            elif verb == "rename":
                units.rename_unit(**signed(on), unit=one, name=new["name"])
            elif verb == "move":
                units.move_unit(
                    **signed(on), unit=pick([one, self.section]), parent=pick([self.commune, self.section])
                )
            elif verb == "merge":
                reshaping.merge_cells(**signed(on), unit=one, into=other)
            elif verb == "dissolve":
                units.dissolve_unit(**signed(on), unit=one, successor=pick([other, None]))
            elif verb == "split":
                there = Membership.objects.on(on).filter(unit=one).values_list("member_id", flat=True)
                reshaping.split_cell(**signed(on), **new, unit=one, member_ids=list(there)[:3])
            else:
                self.transfer(one, other, on)
        except RuleBroken:
            return

    def transfer(self, one, other, on):
        there = Membership.objects.on(on).filter(unit=one).select_related("member").first()
        if there is None:
            return
        row = {"by": MACHINE, "at": clock.now()}
        moved = transfers.propose_transfer(
            **row, member=there.member, to_unit=other, outside="", proposed_on=on, letter_no="1", reason=""
        )
        transfers.accept_transfer(**row, transfer=moved, effective_on=on)


@pytest.mark.django_db
def test_what_was_created_and_handed_over_on_one_day_hangs_where_its_version_says():
    world, on = World(), date(2015, 1, 1)
    row = {"code": "moi", "name": "Chi bộ mới", "cell_kind": "village", "level": "cell"}
    cell = units.create_unit(**signed(on), **row, parent=world.section)
    units.dissolve_unit(**signed(on), unit=world.section, successor=world.commune)
    assert cell.lineage(on) == walk(cell.pk, on) == [cell.pk, world.commune.pk, world.province.pk]


VERBS = st.sampled_from(["create", "rename", "move", "merge", "dissolve", "split", "transfer", "end_section"])


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_on_every_day_the_tree_is_what_its_versions_say_and_nobody_is_lost(data):
    with transaction.atomic():
        check_a_history(data.draw)
        transaction.set_rollback(True)


def check_a_history(draw):
    world, day, days = World(), date(2015, 1, 1), [date(2014, 12, 31)]
    for verb in draw(st.lists(VERBS, min_size=3, max_size=9)):
        day += timedelta(days=draw(st.integers(0, 3)))
        if verb == "end_section":
            with suppress(RuleBroken):
                units.dissolve_unit(**signed(day), unit=world.section, successor=world.commune)
        else:
            world.do(verb, draw, day)
        days += [day, day + timedelta(days=1)]
    for one in set(days):
        for unit in Unit.objects.existing(one):
            assert unit.lineage(one) == walk(unit.pk, one)
        assert not UnitAncestry.objects.on(one).exclude(unit__in=Unit.objects.existing(one)).exists()
        rows = list(Membership.objects.on(one).filter(kind="official").values_list("member_id", "unit_id"))
        assert sorted(member for member, _unit in rows) == sorted(world.people)
        assert {unit for _member, unit in rows} <= set(
            Unit.objects.existing(one).values_list("pk", flat=True)
        )
