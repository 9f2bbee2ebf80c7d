"""Questions that many forms of the room ask in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Line
from hatnhan.organization.cell_kinds import kinds
from hatnhan.organization.models import Member, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

BLANK = [("", _("Chọn…"))]


def decision(*, required: bool = True, label: StrOrPromise = "", help_text: StrOrPromise = "") -> Line:
    """Ask for the number of a decision."""
    hint = help_text or _("Như 45-QĐ/ĐU.")
    return Line(label or _("Số quyết định"), 60, required=required, help_text=hint, short=True)


def _kinds() -> list[tuple[str, StrOrPromise]]:
    return [*BLANK, *kinds().items()]


def cell_kind(*, required: bool = True) -> forms.ChoiceField:
    """Ask of which kind a cell is."""
    help_text = _("Hướng dẫn công việc theo từng loại chi bộ.")
    return forms.ChoiceField(label=_("Loại chi bộ"), choices=_kinds, required=required, help_text=help_text)


class UnitField(forms.ModelChoiceField[Unit]):
    """Choose a unit; the page says from which."""

    def __init__(self, *, label: StrOrPromise, required: bool = True, help_text: StrOrPromise = "") -> None:
        nothing = Unit.objects.none()
        super().__init__(nothing, label=label, required=required, help_text=help_text)
        self.empty_label = _("Chọn…")


def describe(member: Member) -> str:
    """Tell people of one name apart by their year of birth."""
    return f"{member.full_name}, {member.born_year}"


class MembersField(forms.ModelMultipleChoiceField[Member]):
    """Tick members of a cell; the page says of which."""

    def label_from_instance(self, obj: Member) -> str:
        return describe(obj)


class MemberField(forms.ModelChoiceField[Member]):
    """Choose one member among those found; ``offer`` says who is shown, the queryset who may be chosen."""

    def label_from_instance(self, obj: Member) -> str:
        return describe(obj)

    def offer(self, people: Iterable[Member]) -> None:
        """Show these people only."""
        self.widget.choices = [(person.pk, describe(person)) for person in people]
