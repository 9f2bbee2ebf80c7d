"""More people are put into a decision that is being drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.errors import Denied
from hatnhan.reviews.actions import deciding
from hatnhan.reviews.actions.deciders import require_one_level
from hatnhan.reviews.actions.drafting import LineData
from hatnhan.reviews.forms import decision as forms
from hatnhan.reviews.selectors import decisions as selector
from hatnhan.reviews.views.decision_deeds import DecisionDeed

if TYPE_CHECKING:
    from hatnhan.core.deeds import Done


class AddLines(DecisionDeed):
    """Put more of those who are ready into a draft, with the grade that staff found."""

    form_class = forms.AddForm
    verb = gettext_lazy("Đưa vào quyết định")
    every: list[selector.Line]
    choices: dict[str, selector.Choice]

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not selector.is_draft(self.decision):
            raise Denied(
                _("Quyết định đã ký, không đưa thêm ai vào. Soạn quyết định khác cho những người còn lại.")
            )
        self.every = selector.lines_of(self.request.user, self.decision)
        level = require_one_level([one.entry for one in self.every])
        found = selector.choices(self.decision.cycle, level, self.decision.unit)
        self.choices = {one.key: one for one in found}

    def title(self) -> str:
        return _("Đưa thêm vào: %(title)s") % {"title": self.decision.title}

    def sentence(self) -> str:
        if not self.choices:
            return _("Không còn ai thẩm định xong mà chưa vào quyết định nào. Thẩm định trước.")
        return _("Mức đưa vào là mức thẩm định; sửa được ở từng dòng trước khi ký.")

    def form_options(self) -> dict[str, Any]:
        return {"groups": [(one.key, one.words) for one in self.choices.values()]}

    def act(self, data: dict[str, Any]) -> Done:
        lines = {
            one.entry: LineData(one.line.grade, one.line.reason, one.line.paper_no) for one in self.every
        }
        more = [entry for key in data["groups_chosen"] for entry in self.choices[key].entries]
        lines |= {entry: LineData(entry.appraised_grade or entry.proposed_grade) for entry in more}
        deciding.set_lines(**self.signed, decision=self.decision, lines=lines)
        return self.done(
            _("Đã đưa thêm %(count)d trường hợp. Xem lại từng dòng, rồi ký.") % {"count": len(more)}
        )
