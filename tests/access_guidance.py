"""What the table of addresses needs of guidance: one of each in our commune, its cells, and a commune beside ours."""

from __future__ import annotations

from datetime import date, timedelta

from hatnhan.core import clock
from hatnhan.guidance.models import (
    CellPoint,
    CellRollOut,
    CorePoint,
    Document,
    DocumentFile,
    DocumentText,
    Option,
    Question,
    Registration,
    RegistrationDeed,
    Replacement,
    RollOut,
    Service,
    Session,
    SessionPlace,
    Variant,
    VariantPoint,
)

DAY = date(2026, 6, 3)
NOW = clock.at(DAY, 9)
#: When the plan was approved whose months are over, so that its report may be had.
LONG_AGO = clock.at(DAY - timedelta(days=400), 9)
#: The rule that an approved plan keeps.
STEPS = "guidance.roll_out@2011-01-19"


def objects(people, place, others, meetings):
    """Return, by the object's name in the table, what the address is made with; `meetings` names those made already."""
    found = {
        **_documents("", place.commune),
        **_documents("beside-", others.beside),
        **_registration("own", people.member, place.village),
        **_registration("fellow", others.fellow, place.village),
        **_registration("colleague", others.colleague, place.school),
        **_registration("stranger", others.stranger, others.cell),
        **_registration("village", None, place.village),
        **_registration("school", None, place.school),
    }
    running = RollOut.objects.get(pk=found["roll-out"]["pk"])
    for name, unit, fellow in (
        ("village", place.village, others.fellow),
        ("school", place.school, others.colleague),
    ):
        found |= _given(name, running, unit) | _session(name, running.document, unit, fellow)
    theirs = RollOut.objects.get(pk=found["beside-roll-out"]["pk"])
    found |= _given("beside", theirs, others.cell)
    # The marks stand on meetings that the table of meetings made: see `access_rhythm`.
    for name in ("village", "beside"):
        for mark, state in (("mark", "closed"), ("unmark", "locked")):
            found[f"{mark}-{name}"] = {"kind": "meeting", "pk": meetings[f"{name}-{state}"]["pk"]}
    Service.objects.create(
        unit=place.village, kind="meeting", object_id=found["unmark-village"]["pk"], title="Việc", url="/",
        on=DAY, by_name="Bí thư",
    )  # fmt: skip
    return found | _session("beside", theirs.document, others.cell, others.stranger)


def _pk(one):
    return {"pk": one.pk}


def _document(unit, number):
    document = Document.objects.create(
        unit=unit, kind="resolution", issuer="Tỉnh ủy", number=number, issued_on=DAY, subject="Về một việc",
        registered_at=NOW,
    )  # fmt: skip
    DocumentText.objects.create(document=document, text="Toàn văn", search_key="toan van")
    return document


def _documents(prefix, unit):
    """Make a document not planned yet, one planned and one rolled out, with all that hangs on them."""
    fresh, planned, running = (_document(unit, f"{number}-NQ/TU") for number in (1, 2, 3))
    file = DocumentFile.objects.create(
        document=running, name="Văn bản", file="guidance/khong-co.pdf", size=1, sha256="0" * 64, version=1,
        state="read", uploaded_at=NOW, by_name="Văn phòng",
    )  # fmt: skip
    Replacement.objects.create(old=fresh, new=running, on=DAY)
    question = Question.objects.create(document=running, text="Ai làm?", added_on=DAY)
    for number, text in enumerate(("Chi bộ", "Người khác")):
        Option.objects.create(question=question, place=number, text=text, right=number == 0)
    days = dict.fromkeys(("approve_by", "held_by", "study_by", "done_by"), DAY + timedelta(days=60))
    draft, given = (
        RollOut.objects.create(
            unit=unit, document=document, asks="Làm một việc", drafted_at=LONG_AGO, **days, **more
        )
        for document, more in (
            (planned, {}),
            (
                running,
                {"state": "approved", "approved_at": LONG_AGO, "decision_no": "1-KH/ĐU", "rule": STEPS},
            ),
        )
    )
    found = {
        f"{prefix}document": _pk(fresh),
        f"{prefix}rolled-document": _pk(running),
        f"{prefix}file": _pk(file),
        f"{prefix}question": _pk(question),
        f"{prefix}plan": _pk(draft),
        f"{prefix}roll-out": _pk(given),
        f"{prefix}plan-kind": {**_pk(draft), "kind": "village"},
        f"{prefix}roll-out-kind": {**_pk(given), "kind": "village"},
        f"{prefix}roll-out-months": {**_pk(given), "months": 6},
    }
    for name, roll_out in (("plan", draft), ("roll-out", given)):
        core = CorePoint.objects.create(roll_out=roll_out, text="Việc chung")
        found[f"{prefix}{name}-core"] = _pk(core)
        for kind in ("village", "school"):
            variant = Variant.objects.create(roll_out=roll_out, cell_kind=kind)
            VariantPoint.objects.create(variant=variant, core=core)
    return found


def _given(name, roll_out, cell):
    variant = Variant.objects.filter(roll_out=roll_out).first()
    given = CellRollOut.objects.create(roll_out=roll_out, cell=cell, variant=variant, given_on=DAY)
    own = CellPoint.objects.create(given=given, text="Việc riêng", added_on=DAY, by_name="Bí thư")
    return {f"{name}-given": _pk(given), f"{name}-own-point": _pk(own)}


def _session(name, document, unit, fellow):
    session = Session.objects.create(
        unit=unit, document=document, level="cell", mode="room", title=f"Đợt học {name}", starts_at=NOW
    )
    SessionPlace.objects.create(session=session, member=fellow)
    return {f"{name}-session": _pk(session)}


def _registration(name, member, unit):
    made = Registration.objects.create(
        year=DAY.year, unit=unit, member=member, state="registered", registered_at=NOW
    )
    RegistrationDeed.objects.create(registration=made, text="Một việc", due=DAY)
    return {f"{name}-registration": _pk(made)}
