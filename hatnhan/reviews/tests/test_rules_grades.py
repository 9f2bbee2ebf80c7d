"""Worked cases of every regime, each bound at its edge, and what must hold of any case: the engine of grades."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hatnhan import rulebook
from hatnhan.reviews.rules.engine import Reading, State, assess, check, concerns
from hatnhan.reviews.rules.facts import HIGHER_IS_BETTER, UNIT, FactValue
from hatnhan.rulebook.topics import GradeConditions
from hatnhan.rulebook.topics.reviews import FACTS, GRADES, Ceiling, Condition, Trigger

CASES = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted(Path(__file__).parent.glob("cases/*.yaml"))
}
LAWS = {name: rulebook.at(GradeConditions, on=table["day"]).value for name, table in CASES.items()}
STEP = Decimal("0.01")
REGIME = st.sampled_from(sorted(LAWS))


def fact(told):
    if told == "?":
        return None
    return FactValue(None, applies=False) if told == "-" else FactValue(Decimal(str(told)))


def facts_of(told):
    return {key: value for key, one in told.items() if (value := fact(one))}


def every_case():
    for name, table in sorted(CASES.items()):
        for number, case in enumerate(table["cases"], start=1):
            yield pytest.param(name, case, id=f"{name}-{number}-{case['of']}")


def reasons(found):
    """Keys of the rows that close a grade better than the best, or make or limit one."""
    if found.best == "kht":
        closing = []
    else:
        better = GRADES[: GRADES.index(found.best)] if found.best else GRADES
        closing = [one for grade in better for one in found.of(grade).checks if one.state is State.FAILED]
    return {one.key for one in (*closing, *found.triggers, *found.ceilings)}


@pytest.mark.parametrize(("name", "case"), list(every_case()))
def test_the_case_comes_to_what_the_table_says(name, case):
    found = assess(
        case["of"],
        LAWS[name],
        facts_of(CASES[name]["base"][case["of"]] | case["but"]),
        lifted=case.get("lifted", ()),
    )
    assert found.best == case["best"]
    assert found.floor == case.get("floor", case["best"])
    assert list(found.allowed) == case.get("allowed", [])
    assert found.needs_decision == case.get("needs", "")
    assert list(found.missing) == case.get("missing", [])
    assert found.ceiling == case.get("ceiling", "")
    assert reasons(found) == set(case.get("why", ()))


def test_every_regime_has_a_table_and_every_kind_of_subject_a_best_case():
    assert list(LAWS.values()) == [rule.value for rule in rulebook.history(GradeConditions)], (
        "oldest first, as a, b1 …"
    )
    for name, table in CASES.items():
        for subject, told in table["base"].items():
            assert assess(subject, LAWS[name], facts_of(told)).best == "xs", (name, subject)


def test_every_fact_has_a_unit_and_what_is_better_is_a_fact():
    assert set(UNIT) == set(FACTS)
    assert set(FACTS) >= HIGHER_IS_BETTER


# --- Each row of every law at its edge -------------------------------------------------------------------------------

HOLDS = {  # just below the bound, at it, just above
    "at_least": (False, True, True),
    "above": (False, False, True),
    "at_most": (True, True, False),
    "below": (True, False, False),
    "is": (False, True, False),
}


def rows(law):
    return (*law.conditions, *law.triggers, *law.ceilings)


@pytest.mark.parametrize("name", sorted(LAWS))
def test_each_bound_holds_at_its_edge_and_one_step_either_side(name):
    for row in rows(LAWS[name]):
        steps = (row.value - STEP, row.value, row.value + STEP)
        states = [check(row, {row.fact: FactValue(value)}).state for value in steps]
        assert [one is State.MET for one in states] == list(HOLDS[row.op]), row.key


def test_a_row_says_what_it_was_held_against():
    row = LAWS["d"].conditions[3]
    found = check(row, {"tasks_exceeded": FactValue(Decimal(25), 2, 8)})
    assert (found.value, found.numerator, found.denominator, found.bound, found.unit) == (25, 2, 8, 30, "%")
    assert (found.cite, found.confirmed, found.state) == ("366-QĐ/TW (30/8/2025)", True, State.FAILED)
    assert check(row, {}).state is check(row, {"tasks_exceeded": FactValue(None)}).state is State.UNKNOWN


def triggers():
    for name, law in sorted(LAWS.items()):
        for row in law.triggers:
            subjects = [one for one in CASES[name]["base"] if concerns(row.subject, one)]
            yield from (pytest.param(name, row, one, id=f"{name}-{row.key}-{one}") for one in subjects)


@pytest.mark.parametrize(("name", "row", "subject"), list(triggers()))
def test_each_trigger_makes_the_lowest_grade_unless_it_is_lifted_where_it_may_be(name, row, subject):
    hitting = {"below": row.value - STEP, "above": row.value + STEP}.get(row.op, row.value)
    told = facts_of(CASES[name]["base"][subject]) | {row.fact: FactValue(hitting)}
    found = assess(subject, LAWS[name], told)
    assert (found.best, found.floor, found.allowed) == ("kht", "kht", ("kht",))
    assert row.key in {one.key for one in found.triggers}
    assert found.of("kht").state is Reading.OPEN
    lifted = assess(subject, LAWS[name], told, lifted=[row.key])
    if row.lifted == "no":
        assert lifted == found
        assert not found.needs_decision
        return
    assert found.needs_decision == "liftable"
    assert [one.lifted for one in lifted.triggers] == [True]
    assert lifted.best != "kht"
    unknown = assess(subject, LAWS[name], {key: one for key, one in told.items() if key != row.fact})
    assert row.key in {one.key for one in unknown.unknown_triggers}
    assert unknown.of("kht").state is Reading.UNKNOWN


# --- Laws of other shapes, as a committee may set them ---------------------------------------------------------------


def law(*made, otherwise="decision"):
    kinds = {Condition: "conditions", Trigger: "triggers", Ceiling: "ceilings"}
    parts = {name: tuple(one for one in made if isinstance(one, kind)) for kind, name in kinds.items()}
    return GradeConditions(**parts, otherwise=otherwise)


def row(kind, key, test, **more):
    asked, op, value = test.split()
    common = {"subject": "member", "cite": "12-QĐ/ĐU", "confirmed": "yes"}
    return kind(key=key, fact=asked, op=op, value=value, **common, **more)


def of(the_law, subject="leader", **told):
    return assess(subject, the_law, facts_of(told))


def test_a_grade_without_conditions_is_not_open_by_itself():
    found = of(law(row(Condition, "one", "score at_least 50", grade="ht")), score=99)
    assert (found.best, found.of("xs").state, found.of("xs").count) == ("ht", Reading.CLOSED, 0)
    assert (found.of("ht").met, found.of("ht").count) == (1, 1)


def test_conditions_of_the_lowest_grade_are_a_ground_for_it_where_no_better_one_is_open():
    the_law = law(
        row(Condition, "one", "score at_least 50", grade="ht"),
        row(Condition, "two", "score below 50", grade="kht"),
    )
    assert (of(the_law, score=49).best, of(the_law, score=49).allowed) == ("kht", ("kht",))
    assert of(the_law, score=50).best == "ht"


def test_unknown_triggers_do_not_matter_where_the_grade_is_the_lowest_anyway():
    the_law = law(
        row(Condition, "one", "score below 50", grade="kht"),
        row(Trigger, "two", "degenerated is 1", lifted="no"),
    )
    assert (of(the_law, score=49).needs_decision, of(the_law, score=49).missing) == ("", ())


def test_nobody_is_failed_for_too_high_a_score():
    the_law = law(
        row(Condition, "one", "score at_least 50", grade="ht"),
        row(Condition, "two", "score below 70", grade="ht"),
        row(Condition, "three", "tasks_done is 90", grade="ht"),
        otherwise="kht",
    )
    found = of(the_law, score=75, tasks_done=95)
    assert (found.best, found.floor, found.needs_decision) == ("", "ht", "no_row")
    assert of(the_law, score=49, tasks_done=95).best == "kht"
    assert of(the_law, score=60, tasks_done=89).best == "kht"


def test_the_lowest_of_several_ceilings_counts():
    the_law = law(
        row(Condition, "one", "score at_least 50", grade="xs"),
        row(Ceiling, "two", "months_sick at_least 3", best="ht"),
        row(Ceiling, "three", "months_sick at_least 1", best="t"),
    )
    assert [of(the_law, score=60, months_sick=months).best for months in (0, 1, 3)] == ["xs", "t", "ht"]


def test_a_ceiling_above_the_grade_that_is_open_leaves_the_better_ones_in_question():
    the_law = law(
        row(Condition, "one", "score at_least 90", grade="t"),
        row(Condition, "two", "tasks_done at_least 90", grade="t"),
        row(Condition, "three", "score at_least 50", grade="ht"),
        row(Ceiling, "four", "months_sick at_least 3", best="t"),
    )
    found = of(the_law, score=95, months_sick=3)
    assert (found.best, found.needs_decision, found.missing) == ("ht", "unknown", ("tasks_done",))
    assert (found.of("t").met, found.of("t").count) == (1, 2)


def test_a_ceiling_that_is_not_known_does_not_matter_where_no_grade_is_open():
    the_law = law(
        row(Condition, "one", "score at_least 90", grade="t"),
        row(Ceiling, "two", "months_sick at_least 3", best="ht"),
    )
    assert (of(the_law, score=95).missing, of(the_law, score=89).missing) == (("months_sick",), ())


# --- What must hold of any case --------------------------------------------------------------------------------------


@st.composite
def cases(draw):
    """A regime, a kind of subject and facts near the bounds that its law asks for; some are not known."""
    name = draw(REGIME)
    subject = draw(st.sampled_from(sorted(CASES[name]["base"])))
    told = {}
    for row in rows(LAWS[name]):
        if concerns(row.subject, subject):
            near = [row.value - 1, row.value, row.value + 1, row.value / 2, Decimal(0)]
            base = fact(CASES[name]["base"][subject][row.fact])
            told[row.fact] = draw(
                st.sampled_from(
                    [base, base, base, base, None, *(FactValue(max(one, Decimal(0))) for one in near)]
                )
            )
    return name, subject, {key: one for key, one in told.items() if one}


def rank(grade):
    return GRADES.index(grade)


@given(cases(), st.data())
def test_raising_one_score_never_lowers_a_grade(case, data):
    name, subject, told = case
    known = sorted(key for key in told if key in HIGHER_IS_BETTER and told[key].applies)
    if not known:
        return
    key = data.draw(st.sampled_from(known))
    by = data.draw(st.sampled_from([STEP, Decimal(1), Decimal(20), Decimal(100)]))
    before = assess(subject, LAWS[name], told)
    after = assess(subject, LAWS[name], told | {key: FactValue(told[key].value + by)})
    if before.best and after.best:
        assert rank(after.best) <= rank(before.best)
    # Out of the lowest grade one may come to where no row fits: then somebody decides, and nothing is lowered.
    if before.floor not in {"", "kht"} and not after.missing:
        assert after.floor
    if before.floor and after.floor:
        assert rank(after.floor) <= rank(before.floor)


@given(cases(), st.randoms(use_true_random=False))
def test_the_same_in_any_order_gives_the_same(case, random):
    name, subject, told = case
    mixed = list(told.items())
    random.shuffle(mixed)
    keys = [one.key for one in LAWS[name].triggers]
    there = assess(subject, LAWS[name], told, lifted=keys)
    assert assess(subject, LAWS[name], dict(mixed), lifted=[*reversed(keys), *keys]) == there
    turned = LAWS[name].model_copy(
        update={
            part: tuple(reversed(getattr(LAWS[name], part)))
            for part in ("conditions", "triggers", "ceilings")
        }
    )
    other = assess(subject, turned, told, lifted=keys)
    assert (other.best, other.floor, other.allowed) == (there.best, there.floor, there.allowed)
    assert (other.needs_decision, set(other.missing)) == (there.needs_decision, set(there.missing))


@given(cases())
def test_what_is_said_holds_together(case):
    name, subject, told = case
    found = assess(subject, LAWS[name], told)
    assert found.best == (found.allowed[0] if found.allowed else "")
    assert found.allowed in {(), ("kht",), ("xs", "t", "ht"), ("t", "ht"), ("ht",)}
    assert bool(found.missing) == (found.needs_decision == "unknown")
    if not found.best:
        assert found.needs_decision in {"no_row", "unknown"}
    if found.best and not found.ceiling:
        assert rank(found.floor) <= rank(found.best)
        assert found.of(found.best).state is Reading.OPEN
    if found.ceiling and found.best:
        assert rank(found.best) >= rank(found.ceiling)
    if found.best == "kht" and LAWS[name].otherwise == "decision":
        assert found.triggers
