"""What every deed on a discipline case asks first: that it is allowed, that it may happen now, and as it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.organization.actions.checks import changed_meanwhile, cite, day_of, moved_on
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Case
from hatnhan.oversight.rules import discipline as rules
from hatnhan.oversight.selectors.case_facts import is_postponed, standing_of
from hatnhan.oversight.selectors.law import discipline_of, limitation_law

if TYPE_CHECKING:
    from datetime import date, datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.oversight.permissions import Action
    from hatnhan.oversight.rules.discipline import Event
    from hatnhan.oversight.selectors.case_facts import Standing


def lock(case: Case) -> Case:
    """Return a case as it stands now, locked until the deed is written. Raises RuleBroken ``already_done``."""
    rows = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk)
    found: Case | None = rows.select_related(
        "unit", "deciding_unit", "member", "organisation", "dossier"
    ).first()
    if found is None:
        raise moved_on()
    return found


def lock_to_write(by: Actor, case: Case) -> Case:
    """Return a running case, locked, for one who has it in hand. Raises Denied; RuleBroken ``closed``."""
    permissions.require_handle(by, case)
    return lock_running(case)


def lock_running(case: Case) -> Case:
    """Return a running case, locked. Raises RuleBroken ``closed``."""
    now = lock(case)
    if now.state in {Case.State.DECIDED, Case.State.DROPPED}:
        raise RuleBroken("closed", _("Vụ việc này đã kết thúc, không ghi thêm."))
    return now


def require_seen(now: Case, case: Case) -> None:
    """Raise RuleBroken ``changed_meanwhile`` unless a locked case is as the caller read it.

    For what writes over something: a lock alone lets the second of two writers wait, and then write unseen.
    """
    if now.version != case.version:
        raise changed_meanwhile()


def require(case: Case, event: Event, on: date) -> tuple[Standing, str]:
    """Return how a case stands on a day and the state an event leads to. Raises RuleBroken as `rules.discipline`."""
    standing = standing_of(case, on)
    try:
        return standing, rules.require(standing.facts, event)
    except rules.Refused as fault:
        raise refused(fault.code, case, own=standing.own) from fault


def refused(code: str, case: Case, *, own: bool = False) -> RuleBroken:
    """Return in words why an event cannot happen now; ``own``: the subject sits in the committee that decides."""
    messages = {
        "not_now": _("Vụ việc đang ở bước “%(state)s”, chưa đến hoặc đã qua việc này. Mở lại trang để xem."),
        "postponed": _("Vụ việc đang tạm chưa xem xét. Ghi xem xét trở lại rồi làm tiếp."),
        "not_reviewed": _("Đối tượng chưa tự kiểm điểm. Nhận bản tự kiểm điểm, hoặc ghi vì sao không có."),
        "not_heard": _(
            "Đại diện cấp quyết định chưa nghe đối tượng trình bày. Ghi buổi nghe, hoặc ghi vì sao không đến."
        ),
        "asked_already": _("Vòng bỏ phiếu này đã có. Mở cuộc bỏ phiếu ấy; muốn lập lại thì hủy cuộc cũ."),
        "not_counted": _("Chưa kiểm phiếu. Kiểm phiếu xong rồi ghi kết quả."),
        "no_majority": _("Phiếu không đạt tỷ lệ phải có. Không ra quyết định kỷ luật được."),
        "majority": _("Phiếu đã đạt tỷ lệ. Ghi kết quả rồi làm bước tiếp."),
        "not_theirs": _("Hình thức này do cấp trên quyết định. Đề nghị cấp trên."),
        "own_member": _(
            "Cách chức, khai trừ cấp ủy viên cùng cấp do cấp trên quyết định (Điều 36 Điều lệ Đảng). Đề nghị cấp trên."
        ),
        "nobody_above": _("Không có cấp trên trực tiếp trong danh sách tổ chức để đề nghị."),
        "lapsed": _(
            "Khi bỏ phiếu thì đã hết thời hiệu của hình thức này. Kết thúc vụ việc, ghi “hết thời hiệu”; kết quả "
            "bỏ phiếu vẫn lưu hồ sơ."
        ),
    }
    citation = ""
    if code == "lapsed":
        citation = cite(limitation_law(case))
    elif code in {"not_theirs", "postponed"}:
        citation = cite(discipline_of(case))
    words = "own_member" if code == "not_theirs" and own else code
    message = messages[words] % {"state": case.get_state_display()} if code == "not_now" else messages[words]
    return RuleBroken(code, message, citation=citation)


def write(case: Case, **changes: Any) -> None:
    """Write changes to a case as it was locked. Raises RuleBroken ``already_done`` when another was first."""
    rows = Case.objects.filter(pk=case.pk, version=case.version, state=case.state)
    if rows.update(**changes, version=F("version") + 1) != 1:
        raise moved_on()


def note(by: Actor, at: datetime, action: Action, case: Case, details: dict[str, Any] | None = None) -> None:
    """Put one deed on record: of the case, its unit, and the member it is about."""
    record(
        by=by, at=at, action=action, target=case, unit_id=case.unit_id, subject_id=case.member_id,
        details=details or {},
    )  # fmt: skip


def require_between(on: date, first: date, at: datetime, *, field: str) -> None:
    """Raise RuleBroken ``too_early`` or ``future`` for a day before ``first`` or after today."""
    if on < first:
        message = _("Ngày này trước bước liền trước của vụ việc. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken("too_early", message, field=field)
    if on > day_of(at):
        raise RuleBroken("future", _("Ngày này chưa đến. Ghi ngày không sau hôm nay."), field=field)


def require_considered(case: Case, on: date, *, field: str) -> None:
    """Raise RuleBroken ``postponed`` for a day on which the case was set aside: nothing is done then."""
    if is_postponed(case, on):
        message = _("Ngày này vụ việc đang tạm chưa xem xét. Ghi ngày xem xét trở lại hoặc sau đó.")
        raise RuleBroken("postponed", message, citation=cite(discipline_of(case)), field=field)
