"""What the record calls the details of deeds on discipline cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body
from hatnhan.oversight.permissions import Action
from hatnhan.rulebook import history
from hatnhan.rulebook.topics.oversight import Discipline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

_OF: dict[str, dict[str, StrOrPromise]] = {
    Action.OPEN_CASE: {
        "opened_on": _("ngày mở"),
        "body": _("cấp xem xét"),
        "acts": _("ngày các hành vi"),
        "handlers": _("người thụ lý"),
        "rule_version": _("bản quy định"),
    },
    Action.EDIT_CASE: {
        "acts_before": _("hành vi trước khi sửa"),
        "acts": _("hành vi"),
        "matter": _("vụ việc"),
        "head": _("nhóm vi phạm"),
        "added": _("thêm người thụ lý"),
        "removed": _("thôi thụ lý"),
    },
    Action.POSTPONE: {
        "postponed_since": _("chưa xem xét từ ngày"),
        "postponed_until": _("đến trước ngày"),
        "since_before": _("trước đó từ ngày"),
        "until_before": _("trước đó đến trước ngày"),
        "resumed_on": _("xem xét lại từ ngày"),
    },
    Action.SELF_REVIEW: {
        "self_reviewed_on": _("ngày kiểm điểm"),
        "typed_for_subject": _("ghi hộ từ bản giấy"),
        "again": _("viết lại"),
        "refused": _("không tự kiểm điểm vì"),
        "refused_before": _("trước đó ghi không kiểm điểm vì"),
    },
    Action.HEARING: {
        "heard_on": _("nghe ngày"),
        "heard_by": _("người nghe"),
        "absent_because": _("không đến vì"),
        "before": _("trước khi sửa"),
    },
    Action.VOTE: {"round": _("vòng"), "tellers": _("người kiểm phiếu")},
    Action.COUNTED: {
        "round": _("vòng"),
        "votes": _("số phiếu"),
        "needed": _("số phiếu cần"),
        "of": _("trên tổng số"),
        "passed": _("được thông qua"),
        "form": _("hình thức"),
        "added": _("đã cộng dồn"),
    },
    Action.PROPOSE: {
        "from": _("nơi đề nghị"),
        "to": _("cấp trên"),
        "form": _("hình thức đề nghị"),
        "votes": _("số phiếu"),
        "needed": _("số phiếu cần"),
    },
    Action.DECIDE: {
        "number": _("số quyết định"),
        "form": _("hình thức"),
        "signed_on": _("ngày ký"),
        "effective_on": _("có hiệu lực từ ngày"),
        "late_days": _("quá hạn (ngày)"),
    },
    Action.DROP: {"reason": _("vì"), "closed_on": _("ngày kết thúc")},
}
DETAILS: dict[str, StrOrPromise] = {
    f"{action}:{name}": words for action, names in _OF.items() for name, words in names.items()
}


def _form_words(key: str) -> str:
    """Return what a form was ever called in the national rulebook."""
    titles = {one.key: one.title for rule in history(Discipline) for one in rule.value.forms}
    return titles.get(key, key)


VALUES: dict[str, Mapping[str, StrOrPromise] | Callable[[str], str]] = {
    f"{Action.OPEN_CASE}:body": dict(Body.choices),
    f"{Action.COUNTED}:form": _form_words,
    f"{Action.PROPOSE}:form": _form_words,
    f"{Action.DECIDE}:form": _form_words,
    # These reasons are typed: the room below would read them as reasons of leaving.
    f"{Action.DROP}:reason": str,
}
