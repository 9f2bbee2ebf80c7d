"""Undoing what was entered for others by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import take_backs as actions
from hatnhan.guidance.forms.take_backs import TakeBackForm
from hatnhan.guidance.selectors import entered
from hatnhan.guidance.views.study_deeds import CellDeed
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.selectors.units import in_sentence

if TYPE_CHECKING:
    from hatnhan.core.deeds import Done


class TakeBackReadings(CellDeed):
    """Undo readings entered for others."""

    form_class = TakeBackForm
    verb = gettext_lazy("Bỏ ghi hộ")

    def title(self) -> str:
        return _("Bỏ người đã ghi hộ nhầm: %(unit)s") % {"unit": in_sentence(self.unit.name)}

    def sentence(self) -> str:
        return _("Người được đánh dấu trở lại là chưa đọc. Ai tự xác nhận trên máy thì không có ở đây.")

    def form_options(self) -> dict[str, Any]:
        words = _("%(name)s: đọc ngày %(day)s, bản %(version)d; %(who)s ghi")
        rows = entered.readings_entered(self.document, self.unit, clock.today())
        return {
            "rows": [
                (
                    one.pk,
                    words
                    % {
                        "name": one.member,
                        "day": written(one.read_on),
                        "version": one.version,
                        "who": one.entered_by,
                    },
                )
                for one in rows
            ]
        }

    def act(self, data: dict[str, Any]) -> Done:
        known = {"document": self.document, "cell": self.unit, "readings": data["rows"]}
        count = actions.take_back_readings(**self.signed, **known)
        return self.done(_("Đã bỏ %(count)d bản ghi hộ.") % {"count": count})


class TakeBackAttempts(CellDeed):
    """Undo tries on paper."""

    form_class = TakeBackForm
    verb = gettext_lazy("Bỏ ghi hộ")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        permissions.require_results(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Bỏ bài trên giấy ghi nhầm: %(unit)s") % {"unit": in_sentence(self.unit.name)}

    def form_options(self) -> dict[str, Any]:
        words = _("%(name)s: làm ngày %(day)s, đúng %(right)d/%(asked)d câu")
        rows = entered.attempts_entered(self.document, self.unit, clock.today())
        return {
            "rows": [
                (
                    one.pk,
                    words
                    % {
                        "name": one.member,
                        "day": written(day_of(one.at)),
                        "right": one.right,
                        "asked": one.asked,
                    },
                )
                for one in rows
            ]
        }

    def act(self, data: dict[str, Any]) -> Done:
        known = {"document": self.document, "cell": self.unit, "attempts": data["rows"]}
        count = actions.take_back_attempts(**self.signed, **known)
        done = self.done(_("Đã bỏ %(count)d bản ghi hộ.") % {"count": count})
        page = reverse("guidance:quiz-results", args=[self.document.pk])
        return type(done)(done.message, f"{page}?chi_bo={self.unit.code}")
