"""What the table of addresses needs of the yearly review: a cycle on its way and one that is over, in both communes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hatnhan.core import clock
from hatnhan.organization.models import Body
from hatnhan.reviews.models import (
    Cycle,
    DecisionLine,
    Entry,
    FormSet,
    GradeDecision,
    LookAgain,
    PastGrade,
    Place,
    Regrading,
    Remark,
    SelfReview,
    Sitting,
    StepDay,
    TypedFact,
)
from hatnhan.reviews.selectors.law import versions_on

DAY, SIGNED = date(2026, 11, 2), date(2025, 12, 20)
NOW = clock.at(DAY, 9)
#: One still writes, for one the cell still types, the rest have handed in what was typed for them.
PAPER = {"typed_by": "Chi ủy viên", "typed_note": "Bản giấy lưu ở chi bộ"}
HANDED_IN = {"state": "submitted", "review": {"submitted_at": NOW, **PAPER}}
WRITTEN = {"own": {"review": {}}, "fellow": {"review": PAPER}}


def objects(cast, place, people, others):
    """Return, by the object's name in the table, what the address is made with."""
    ours = {
        "own": (place.village, people.member),
        "fellow": (place.village, others.fellow),
        "head": (place.village, people.village_secretary),
        "leader": (place.village, people.secretary),
        "school": (place.school, others.colleague),
    }
    found = {"year": {"year": 2026}, "year-before": {"year": 2025}}
    found |= {
        "year-results": {"year": 2026, "kind": "ket-qua"},
        "year-appraisal": {"year": 2026, "kind": "tham-dinh"},
    }
    for prefix, unit, cells, persons in (
        ("", place.commune, {"cell": place.village}, ours),
        ("beside-", others.beside, {"cell": others.cell}, {"own": (others.cell, others.stranger)}),
    ):
        found |= _running(prefix, unit, cells, persons)
        found |= _over(f"{prefix}decided-", unit, persons)
        asked = FormSet.objects.create(
            cycle=Cycle.objects.get(unit=unit, year=2025), unit=unit, paper="reviews.form", by=cast.users.secretary,
            asked_at=NOW,
        )  # fmt: skip
        found[f"{prefix}set"] = _pk(asked)
        past = PastGrade.objects.create(
            unit=unit, year=2016, grade="xs", title="Trong sạch, vững mạnh", decision_no="1-QĐ"
        )
        found[f"{prefix}past"] = _pk(past)
    return {f"reviews-{name}": kwargs for name, kwargs in found.items()}


def _pk(one):
    return {"pk": one.pk}


def _cycle(unit, year, **more):
    return Cycle.objects.create(
        unit=unit,
        year=year,
        rules=versions_on(unit, year),
        opened_on=date(year, 11, 1),
        opened_by="Bí thư",
        **more,
    )


def _running(prefix, unit, cells, persons):
    """Make a cycle on its way: handed-in reviews, a planned sitting a body, a remark each, a drafted decision."""
    cycle = _cycle(unit, 2026)
    found = {}
    for of in ("cell", "committee"):
        step = StepDay.objects.create(
            cycle=cycle, key="sitting", of=of, place=1, title="Họp", due=date(2026, 12, 15)
        )
        found[f"{prefix}{of}-step"] = _pk(step)
    entries = {
        name: _person(cycle, *where, **WRITTEN.get(name, HANDED_IN)) for name, where in persons.items()
    }
    cell = cells["cell"]
    entries["cell"] = Entry.objects.create(cycle=cycle, of="organisation", subject="cell", unit=cell)
    entries["board"] = Entry.objects.create(
        cycle=cycle, of="collective", subject="collective", unit=cell, body=Body.COMMITTEE
    )
    entries["commune"] = Entry.objects.create(
        cycle=cycle, of="organisation", subject="organisation", unit=unit
    )
    for name, entry in entries.items():
        found[f"{prefix}{name}-entry"] = _pk(entry)
        found[f"{prefix}{name}-form"] = _pk(entry) | {"kind": "ban-kiem-diem"}
        found[f"{prefix}{name}-fact"] = _pk(entry) | {"fact": "degenerated"}
        found[f"{prefix}{name}-trigger"] = _pk(entry) | {"key": "disciplined"}
        remark = Remark.objects.create(
            entry=entry, kind="residence", source="Chi ủy", on=DAY, text="Gương mẫu", by_name="Bí thư chi bộ"
        )
        found[f"{prefix}{name}-remark"] = _pk(remark)
        told = TypedFact.objects.create(
            entry=entry, fact="months_sick", value=Decimal(1), source="Giấy ra viện", by_name="Bí thư", at=NOW
        )
        found[f"{prefix}{name}-told"] = _pk(told)
    for name, where, body in (("cell", cell, Body.MEMBERS), ("commune", unit, Body.STANDING)):
        held = {"state": "held", "held_on": DAY} if name == "cell" else {}
        sitting = Sitting.objects.create(cycle=cycle, unit=where, body=body, **held)
        found[f"{prefix}{name}-sitting"] = _pk(sitting)
        found[f"{prefix}{name}-minutes"] = _pk(sitting) | {"kind": "bien-ban"}
        there = Place.objects.create(
            sitting=sitting, entry=entries["own" if name == "cell" else "commune"], order=1
        )
        found[f"{prefix}{name}-place"] = _pk(there) | {"sitting": sitting.pk}
    drafted = GradeDecision.objects.create(
        cycle=cycle, unit=unit, body=Body.STANDING, title="Xếp loại đảng viên"
    )
    DecisionLine.objects.create(decision=drafted, entry=entries["own"], grade="t")
    return found | {f"{prefix}drafted-decision": _pk(drafted)}


def _over(prefix, unit, persons):
    """Make a cycle that is over: decided, published, told; one asks to look again, one was graded anew."""
    cycle = _cycle(unit, 2025, state="closed", closed_on=date(2026, 1, 5), closed_by="Bí thư")
    graded = {
        "review": {"submitted_at": NOW},
        "state": "decided",
        "grade": "t",
        "decided_on": SIGNED,
        "notified_on": SIGNED,
    }
    entries = {name: _person(cycle, *where, **graded) for name, where in persons.items()}
    signed = GradeDecision.objects.create(
        cycle=cycle, unit=unit, body=Body.STANDING, title="Xếp loại đảng viên", state="signed", number="9-QĐ",
        signed_on=SIGNED, signed_by="Bí thư", published_on=SIGNED,
    )  # fmt: skip
    DecisionLine.objects.bulk_create(
        DecisionLine(decision=signed, entry=entry, grade="t") for entry in entries.values()
    )
    found = {f"{prefix}decision": _pk(signed)}
    for name, entry in entries.items():
        found[f"{prefix}{name}-entry"] = _pk(entry)
        found[f"{prefix}{name}-notice"] = _pk(entry) | {"kind": "thong-bao"}
    again = LookAgain.objects.create(entry=entries["own"], text="Xem lại điểm", asked_on=date(2026, 1, 2))
    anew = Regrading.objects.create(
        entry=entries["own"], ground="error", old_grade="ht", old_decided_on=SIGNED, new_grade="t", reason="Cộng sót",
        number="10-QĐ", signed_on=date(2026, 1, 3), signed_by="Bí thư",
    )  # fmt: skip
    return found | {f"{prefix}again": _pk(again), f"{prefix}regrading": _pk(anew)}


def _person(cycle, unit, member, review, **more):
    entry = Entry.objects.create(
        cycle=cycle, of="member", subject="outside", member=member, unit=unit, **more
    )
    SelfReview.objects.create(entry=entry, form="2C", started_at=NOW, saved_at=NOW, **review)
    return entry
