"""How many may get a limited grade: at none, at one, at the exact limit; and that nothing slips past a cap."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hatnhan import rulebook
from hatnhan.reviews.rules.caps import fits, limit, percent_of, uses
from hatnhan.rulebook.topics import ReviewCaps
from hatnhan.rulebook.topics.reviews import GRADES

A, B2, C, D = (
    rulebook.at(ReviewCaps, on=day).value
    for day in (date(2017, 12, 1), date(2020, 12, 1), date(2024, 12, 1), date(2026, 12, 1))
)
LAWS = {"a": A, "b2": B2, "c": C, "d": D}
HERE = "non_leader"


def graded(group=HERE, of="member", **counts):
    return [(of, group, grade) for grade, count in counts.items() for _one in range(count)]


def use(law, listed, group=HERE, raised=None):
    return next(one for one in uses(law.caps, law.groups, listed, raised or {}) if one.group == group)


@pytest.mark.parametrize(
    ("base", "percent", "floor", "nearest", "up"),
    [
        (0, 20, 0, 0, 0),
        (1, 20, 0, 0, 1),
        (2, 20, 0, 0, 1),
        (3, 20, 0, 1, 1),
        (4, 20, 0, 1, 1),
        (5, 20, 1, 1, 1),
        (6, 20, 1, 1, 2),
        (9, 20, 1, 2, 2),
        (10, 20, 2, 2, 2),
        (2, 25, 0, 1, 1),
        (100, "12.5", 12, 13, 13),
        (450, 20, 90, 90, 90),
        (7, 100, 7, 7, 7),
    ],
)
def test_the_share_of_a_base_is_rounded_as_the_law_says(base, percent, floor, nearest, up):
    assert [limit(base, Decimal(percent), how) for how in ("floor", "nearest", "up")] == [floor, nearest, up]


@pytest.mark.parametrize(
    ("good", "excellent", "most", "over", "excess"),
    [
        (0, 0, 0, False, 0),
        (0, 1, 0, True, 1),
        (4, 0, 0, False, 0),
        (4, 1, 0, True, 1),
        (5, 1, 1, False, 0),
        (5, 2, 1, True, 1),
        (9, 1, 1, False, 0),
        (10, 2, 2, False, 0),
        (10, 3, 2, True, 1),
        (10, 5, 2, True, 3),
    ],
)
@pytest.mark.parametrize("law", [B2, C, D])
def test_excellent_are_at_most_a_fifth_of_those_graded_good(law, good, excellent, most, over, excess):
    group = "" if law is B2 else HERE
    listed = graded(t=good, xs=excellent, ht=3)
    found = use(law, listed, group)
    assert (found.base, found.used, found.graded) == (good, excellent, good + excellent + 3)
    assert (found.limit, found.over, found.excess, found.percent) == (most, over, excess, 20)
    assert fits(law.caps, law.groups, listed, {}) is not over


def test_where_no_cap_is_known_none_is_made_up():
    found = use(A, graded(xs=50), "")
    assert (found.limit, found.over, found.excess, found.used) == (None, False, 0, 50)
    assert found.cap.confirmed == "no"
    assert fits(A.caps, A.groups, graded(xs=50), {})


def test_each_group_of_similar_posts_counts_by_itself_and_the_organisation_as_a_whole():
    listed = graded("lead_cell", t=5, xs=2) + graded(t=10) + graded("collective", "collective", t=5, xs=1)
    assert not fits(D.caps, D.groups, listed, {})
    assert (use(D, listed, "lead_cell").over, use(D, listed).over) == (True, False)
    assert fits(B2.caps, B2.groups, listed, {}), "2 of 15 in the whole organisation"
    members = [one.group for one in uses(D.caps, D.groups, [], {}) if one.cap.of == "member"]
    assert members == ["lead_committee", "lead_cell", "leader", "non_leader", "outside"]
    assert [one.group for one in uses(D.caps, D.groups, [], {}) if one.cap.of != "member"] == [
        "collective",
        "cell",
    ]


def test_a_group_that_the_law_does_not_name_does_not_escape():
    listed = graded("", xs=1) + graded("elsewhere", t=5, xs=1)
    found = {one.group: one.over for one in uses(D.caps, D.groups, listed, {}) if one.cap.of == "member"}
    assert (found[""], found["elsewhere"]) == (True, False)


def test_those_not_graded_yet_count_for_nothing():
    found = use(D, [("member", HERE, ""), *graded(t=5)])
    assert (found.graded, found.base, found.used) == (5, 5, 0)


def test_an_outstanding_unit_may_be_let_go_further_but_not_beyond_the_law():
    member = D.caps[0]
    granted = [None, Decimal(10), Decimal(20), Decimal(22), Decimal(25), Decimal(40)]
    assert [percent_of(member, one) for one in granted] == [20, 20, 20, 22, 25, 25]
    assert percent_of(C.caps[0], Decimal(25)) == 20, "this law lets nobody go further"
    listed = graded(t=8, xs=2)
    assert not fits(D.caps, D.groups, listed, {})
    assert not fits(D.caps, D.groups, listed, {("member", "outside"): Decimal(25)})
    assert fits(D.caps, D.groups, listed, {("member", HERE): Decimal(25)})
    assert use(D, listed, raised={("member", HERE): Decimal(25)}).percent == 25


@pytest.mark.parametrize(("base", "counted"), [("good", 10), ("good_or_better", 12), ("graded", 16)])
def test_what_a_cap_is_a_share_of_is_a_setting(base, counted):
    law = D.model_copy(update={"caps": (D.caps[0].model_copy(update={"base": base}),)})
    assert use(law, graded(t=10, xs=2, ht=3, kht=1)).base == counted


# --- What must hold of any set ------------------------------------------------------------------------------

ONE = st.tuples(
    st.sampled_from(["member", "collective", "cell"]),
    st.sampled_from(["lead_cell", HERE, "outside", "collective", "cell", ""]),
    st.sampled_from(["", *GRADES]),
)
SETS = st.lists(ONE, max_size=60)
LAW = st.sampled_from(sorted(LAWS))
RAISED = st.dictionaries(
    st.tuples(st.sampled_from(["member", "collective"]), st.sampled_from(["", HERE])),
    st.decimals(min_value=0, max_value=100, places=2),
)


@given(LAW, SETS, RAISED)
def test_no_set_that_fits_exceeds_a_cap(name, listed, raised):
    law = LAWS[name]
    if not fits(law.caps, law.groups, listed, raised):
        return
    for cap in law.caps:
        if not cap.percent:
            continue
        most = max(cap.percent, cap.raised)
        for group in {""} if cap.per == "organisation" else {one[1] for one in listed if one[0] == cap.of}:
            mine = Counter(
                grade
                for of, its, grade in listed
                if of == cap.of and (cap.per == "organisation" or its == group)
            )
            assert mine["xs"] * 100 <= mine["t"] * most


@given(LAW, SETS, RAISED)
def test_one_more_excellent_beyond_the_limit_does_not_fit(name, listed, raised):
    law = LAWS[name]
    for found in uses(law.caps, law.groups, listed, raised):
        if found.limit is None:
            continue
        more = [(found.cap.of, found.group, "xs")] * max(found.limit - found.used, 0)
        full = [one for one in uses(law.caps, law.groups, listed + more, raised) if one.group == found.group]
        assert not any(one.over and not found.over for one in full if one.cap == found.cap)
        assert not fits(law.caps, law.groups, [*listed, *more, (found.cap.of, found.group, "xs")], raised)


@given(LAW, SETS, RAISED, st.randoms(use_true_random=False))
def test_the_same_set_in_any_order_uses_the_caps_alike(name, listed, raised, random):
    law = LAWS[name]
    mixed = list(listed)
    random.shuffle(mixed)
    assert uses(law.caps, law.groups, mixed, raised) == uses(law.caps, law.groups, listed, raised)
