"""What the record calls the details of facts that were written down, and of triggers that were lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.reviews.permissions import Action
from hatnhan.rulebook.topics.reviews import FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

DETAILS: dict[str, StrOrPromise] = {
    f"{Action.FACT}:fact": _("điều xét"),
    f"{Action.FACT}:value": _("giá trị"),
    f"{Action.FACT}:source": _("theo"),
    f"{Action.FACT}:value_before": _("giá trị trước"),
    f"{Action.FACT}:source_before": _("trước theo"),
    f"{Action.FACT}:lifted": _("căn cứ được xem xét, không xếp mức 4"),
    f"{Action.FACT}:withdrawn": _("điều đã rút"),
    f"{Action.FACT}:lift_withdrawn": _("căn cứ xét lại như trước"),
    f"{Action.FACT}:reason": _("lý do"),
}
VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.FACT}:fact": FACTS,
    f"{Action.FACT}:withdrawn": FACTS,
}
