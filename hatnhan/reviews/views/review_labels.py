"""Words and numbers of the self-review's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.reviews.selectors import forms_of, texts

if TYPE_CHECKING:
    from decimal import Decimal

    from hatnhan.reviews.selectors.forms_of import Points

#: The template of each kind of part.
TEMPLATES = {
    "answers": "answers",
    texts.WORK: "work",
    texts.FAULTS: "faults",
    texts.CRITICISM: "criticism",
    texts.POINTS: "points",
    texts.GRADE: "grade",
}
RATINGS, OUTCOMES, FIXED, MENDED = forms_of.RATINGS, forms_of.OUTCOMES, forms_of.FIXED, forms_of.MENDED
GROUPS = {"common": gettext_lazy("Tiêu chí chung"), "result": gettext_lazy("Kết quả nhiệm vụ")}


def number(value: Decimal) -> str:
    """Return points as people write them: 5, 5,5."""
    return f"{value.normalize():f}".replace(".", ",")


def sums(table: Points) -> str:
    """Return the sums of points in one line."""
    words = _(
        "Tổng %(total)s/%(most)s điểm: tiêu chí chung %(common)s/%(most_common)s, kết quả %(result)s/%(most_result)s"
    )
    return words % {
        "total": number(table.total),
        "most": number(table.most),
        "common": number(table.common),
        "most_common": number(table.most_common),
        "result": number(table.result),
        "most_result": number(table.most_result),
    }
