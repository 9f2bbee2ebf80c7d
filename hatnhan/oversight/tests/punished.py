"""Discipline straight from rows, for tests of what is drawn up, counted and due: no ballot is held."""

from __future__ import annotations

from datetime import date

from hatnhan.organization.models import Body
from hatnhan.oversight.actions.dossiers import make_dossier
from hatnhan.oversight.models import Case, CaseHandler, Complaint, Decision, Hearing
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints, Discipline, DisciplineProcedure, Limitation

OPENED = date(2026, 1, 12)
SIGNED = date(2026, 3, 10)


def case(place, member, handler, *, state="formed", **fields):
    """A case in the village cell whose second vote found a warning."""
    procedure = resolver.at(DisciplineProcedure, on=OPENED, unit=place.village)
    told = {
        "unit": place.village, "deciding_unit": place.village, "deciding_body": Body.MEMBERS, "member": member,
        "standing": "official", "matter": "Vi phạm chế độ sinh hoạt", "state": state, "opened_on": OPENED,
        "dossier": make_dossier(procedure, OPENED), "self_review": "Tôi nhận khuyết điểm.",
        "self_reviewed_on": date(2026, 1, 20), "form": "warning", "votes_for": 9, "votes_needed": 8,
        "rule_version": resolver.at(Discipline, on=OPENED).version,
        "limitation_version": resolver.at(Limitation, on=OPENED).version,
    } | fields  # fmt: skip
    made = Case.objects.create(**told)
    CaseHandler.objects.create(case=made, member=handler)
    Hearing.objects.create(
        case=made,
        unit=place.village,
        body="members",
        on=date(2026, 2, 1),
        heard_by=handler,
        said="Tôi đã rõ.",
    )
    return made


def decision(of, **fields):
    Case.objects.filter(pk=of.pk).update(state="decided", closed_on=SIGNED)
    told = {
        "case": of, "form": "warning", "unit": of.deciding_unit, "body": of.deciding_body, "number": "03-QĐ/CB",
        "signed_on": SIGNED, "signed_by": "Đỗ Văn Hải", "reason": "Bỏ sinh hoạt ba kỳ.", "effective_on": SIGNED,
        "ends_on": date(2027, 3, 10), "rule_version": of.rule_version,
        "complaint_version": resolver.at(Complaints, on=SIGNED).version,
    } | fields  # fmt: skip
    return Decision.objects.create(**told)


def complaint(of, unit, **fields):
    told = {
        "decision": of, "unit": unit, "body": Body.INSPECTION, "received_on": date(2026, 3, 20),
        "content": "Mức kỷ luật nặng.", "rule_version": of.complaint_version,
    } | fields  # fmt: skip
    return Complaint.objects.create(**told)
