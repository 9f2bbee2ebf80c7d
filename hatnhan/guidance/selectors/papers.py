"""Which official papers the room has of what, and which of them a person may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Document, Registration, RollOut, Variant
from hatnhan.guidance.selectors import following
from hatnhan.guidance.selectors.rollouts import roll_out_for
from hatnhan.guidance.selectors.steps import rule_of
from hatnhan.organization.cell_kinds import kind_words
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Unit

PLAN, VARIANT, FOLLOW_UP = "guidance.plan", "guidance.variant", "guidance.follow_up"
STUDY, REGISTRATION = "guidance.study_list", "guidance.registration"
#: What the record of who took a paper calls each.
TITLES = {
    PLAN: _lazy("Kế hoạch triển khai"),
    VARIANT: _lazy("Bản cụ thể hóa"),
    FOLLOW_UP: _lazy("Báo cáo kết quả triển khai"),
    STUDY: _lazy("Danh sách học tập"),
    REGISTRATION: _lazy("Bản đăng ký học tập, làm theo Bác"),
    "following": _lazy("Bảng theo dõi triển khai"),
    "services": _lazy("Danh sách việc phục vụ học tập và làm theo Bác"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that a person may have, with the addresses of both its forms."""

    label: str
    pdf: str
    docx: str


@dataclass(frozen=True, slots=True)
class StudyOf:
    """Who studied a document in a unit, as it stood on a day."""

    document: Document
    unit: Unit
    on: date


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How a roll-out stands after some months: on their last day, or on the day looked at where that is earlier."""

    roll_out: RollOut
    months: int
    due: date
    on: date


def _offer(label: str, url_name: str, args: list[Any], **query: str) -> Offer:
    address = reverse(url_name, args=args)
    pdf, docx = (f"{address}?{urlencode(query | {'dang': form})}" for form in ("pdf", "docx"))
    return Offer(label, pdf, docx)


# --- roll-outs -------------------------------------------------------------------------------------------------------
def variant_for(user: User, pk: int, kind: str) -> Variant:
    """Return the variant of a roll-out for a kind of cell, whose paper a person may have. Raises Missing."""
    roll_out = roll_out_for(user, pk)
    found = Variant.objects.filter(roll_out=roll_out, cell_kind=kind).first()
    if found is None:
        raise Missing
    found.roll_out = roll_out
    return found


def follow_up_for(user: User, pk: int, months: int, on: date) -> FollowUp:
    """Return what the report of a roll-out after some months is about. Raises Missing.

    It is for those who lead the unit, for the months that the rule names, from their last day on.
    """
    roll_out = roll_out_for(user, pk)
    due = dict(_terms_over(roll_out, on)).get(months)
    if due is None or roll_out.unit_id not in powers_of(user).units_led:
        raise Missing
    return FollowUp(roll_out, months, due, due)


def _terms_over(roll_out: RollOut, on: date) -> list[tuple[int, date]]:
    """Return the months that were over on a day, each with its last day; none that is still to come today."""
    if roll_out.approved_at is None:
        return []
    return [
        (months, due)
        for months, due in following.terms(roll_out, rule_of(roll_out).value)
        if due <= min(on, clock.today())
    ]


def of_roll_out(user: User, roll_out: RollOut, on: date) -> list[Offer]:
    """Return the papers of a roll-out that a person who sees it may have: plan, variants, reports. Three queries."""
    found = [
        _offer(_("Kế hoạch triển khai"), "guidance:plan-paper", [roll_out.pk]),
    ]
    kinds = Variant.objects.filter(roll_out=roll_out).order_by("pk").values_list("cell_kind", flat=True)
    for kind in kinds:
        label = _("Bản cụ thể hóa: %(kind)s") % {"kind": kind_words(kind).lower()}
        found.append(_offer(label, "guidance:variant-paper", [roll_out.pk, kind]))
    return found + of_following(user, roll_out, on)


def of_following(user: User, roll_out: RollOut, on: date) -> list[Offer]:
    """Return the follow-up reports of a roll-out that a person may have. Two queries at most."""
    if roll_out.unit_id not in powers_of(user).units_led:
        return []
    stay = {"ngay": on.isoformat()}
    return [
        _offer(
            _("Báo cáo kết quả triển khai %(months)d tháng") % {"months": months},
            "guidance:follow-up-paper",
            [roll_out.pk, months],
            **stay,
        )
        for months, _due in _terms_over(roll_out, on)
    ]


# --- study -----------------------------------------------------------------------------------------------------------
def study_for(user: User, pk: int, unit: Unit | None, on: date) -> StudyOf:
    """Return what the study list of a document in a unit is about: for who leads the unit. Raises Missing."""
    rows = Document.objects.visible_to(user).select_related("unit")
    document: Document | None = rows.filter(pk=pk).first()
    if document is None or unit is None or not permissions.leads(user, unit.pk):
        raise Missing
    return StudyOf(document, unit, on)


def of_study(user: User, document: Document, unit: Unit | None, on: date) -> list[Offer]:
    """Return the study list of a document in a unit, for who may have it. No query."""
    if unit is None or not permissions.leads(user, unit.pk):
        return []
    stay = {"don_vi": unit.code, "ngay": on.isoformat()}
    return [_offer(_("Danh sách học tập"), "guidance:study-paper", [document.pk], **stay)]


# --- the Directive ---------------------------------------------------------------------------------------------------
def registration_for(user: User, pk: int) -> Registration:
    """Return a registration whose paper a person may have: one handed in, or a draft of one's own. Raises Missing."""
    rows = Registration.objects.visible_to(user).select_related("unit", "member")
    found: Registration | None = rows.prefetch_related("answers", "deeds").filter(pk=pk).first()
    if found is None or not _may_have(user, found):
        raise Missing
    return found


def _may_have(user: User, registration: Registration) -> bool:
    if registration.state != Registration.State.DRAFT:
        return True
    if registration.member_id is not None:
        return permissions.is_own(user, registration.member_id)
    return permissions.leads(user, registration.unit_id)


def of_registration(user: User, registration: Registration) -> list[Offer]:
    """Return the paper of a registration that the person may read. No query."""
    if not _may_have(user, registration):
        return []
    return [_offer(_("Bản đăng ký"), "guidance:registration-paper", [registration.pk])]
