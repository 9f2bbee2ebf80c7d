"""Sets of forms: asked for, drawn up in the background, thrown away again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from hatnhan.audit import actions as audit
from hatnhan.core.errors import Denied, RuleBroken
from hatnhan.documents import pdf
from hatnhan.organization.actions.checks import deed
from hatnhan.organization.powers import powers_of
from hatnhan.reviews.documents.common import Heads
from hatnhan.reviews.documents.review_form import form_paper
from hatnhan.reviews.models import Entry, FormSet
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import papers, sets
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.filled import in_portions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hatnhan.accounts.models import User
    from hatnhan.documents.types import Paper
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Cycle
    from hatnhan.reviews.selectors.filled import Filled

_State = FormSet.State
#: After how many days a file is thrown away: it holds what people wrote of themselves.
_KEPT_DAYS = 7
_UNFINISHED = (_State.WAITING, _State.DRAWING)


@deed
def ask_set(*, by: User, at: datetime, cycle: Cycle, unit: Unit, paper: str) -> FormSet:
    """Ask for all forms of a unit as one file; it is then drawn up in the background (`draw_set`).

    What the person asked for before of the same is thrown away, and everybody's files that are a week old. Raises
    Denied unless the person may read every form of it; RuleBroken ``nothing`` where no form is there.
    """
    if unit not in sets.units_for(by, cycle):
        raise Denied(_("Bộ bản kiểm điểm chỉ dành cho chi ủy của chi bộ và cấp quyết định xếp loại."))
    total = sets.rows_of(cycle, unit, paper).count()
    if not total:
        empty = _("Chưa có bản kiểm điểm nào đã nộp. Lấy mẫu để trống, hoặc chờ nộp.")
        every = _("Mọi người đã nộp bản kiểm điểm, không còn mẫu để trống nào. Lấy bộ bản kiểm điểm.")
        raise RuleBroken("nothing", every if paper == papers.BLANK else empty)
    for old in FormSet.objects.filter(by=by, cycle=cycle, unit=unit, paper=paper):
        throw_away(old)
    for stale in FormSet.objects.filter(asked_at__lt=at - timedelta(days=_KEPT_DAYS)):
        throw_away(stale)
    made = FormSet.objects.create(cycle=cycle, unit=unit, paper=paper, by=by, asked_at=at, total=total)
    details = {"paper": paper, "unit": unit.name, "count": total}
    audit.record(by=by, at=at, action=Action.SET, target=made, unit_id=unit.pk, details=details)
    return made


def throw_away(old: FormSet) -> None:
    """Delete a set, and its file once that is written; inside a deed."""
    storage, name = old.file.storage, old.file.name
    old.delete()
    if name:
        transaction.on_commit(partial(storage.delete, name))


def draw_set(*, form_set: FormSet, at: datetime) -> None:
    """Draw up a set that waits, telling on the way how many forms are drawn; runs in the background.

    Who asked may have lost the right since: then nothing is drawn. Each member whose words stand in it finds it among
    the own readings. What goes wrong ends the set with a sentence, and is raised again for the log.
    """
    started = FormSet.objects.filter(pk=form_set.pk, state=_State.WAITING).update(state=_State.DRAWING)
    if not started:
        return
    try:
        made, drawn = _bound(form_set)
    except Exception:
        message = _("Phần mềm gặp lỗi khi soạn bộ này. Bấm soạn lại; nếu vẫn vậy, báo quản trị kỹ thuật.")
        _fail(form_set, at, message)
        raise
    if made:
        _keep(form_set, at, made, drawn)
    else:
        _fail(form_set, at, _("Không còn bản nào để soạn, hoặc đồng chí không còn được đọc đủ bộ này."))


def _bound(form_set: FormSet) -> tuple[bytes, list[Entry]]:
    cycle, unit, paper = form_set.cycle, form_set.unit, form_set.paper
    rows = sets.rows_of(cycle, unit, paper)
    if unit not in sets.units_for(form_set.by, cycle) or not rows.exists():
        return b"", []
    drawn: list[Entry] = []
    forms = in_portions(rows, cycle, blank=paper == papers.BLANK)
    title = f"{unit.name}, {cycle.year}"
    return pdf.bind(_papers(forms, drawn), title=title, told=partial(_tell, form_set)), drawn


def _papers(forms: Iterator[Filled], drawn: list[Entry]) -> Iterator[tuple[str, Paper]]:
    heads = Heads()
    for filled in forms:
        drawn.append(filled.entry)
        yield name_of(filled.entry), form_paper(filled, heads)


def _tell(form_set: FormSet, drawn: int) -> None:
    FormSet.objects.filter(pk=form_set.pk).update(drawn=drawn)


def _keep(form_set: FormSet, at: datetime, made: bytes, drawn: list[Entry]) -> None:
    """Keep the file and record whose words it holds; a set thrown away meanwhile stays thrown away."""
    name = f"bo-{form_set.pk}.pdf"
    with transaction.atomic():
        rows = FormSet.objects.select_for_update().filter(pk=form_set.pk, state=_State.DRAWING)
        found = rows.first()
        if found is None:
            return
        found.file.save(name, ContentFile(made), save=False)
        found.state, found.finished_at, found.drawn = _State.DONE, at, len(drawn)
        found.total = len(drawn)
        found.save(update_fields=["file", "state", "finished_at", "drawn", "total"])
        if found.paper == papers.FORM:
            _record_readings(found, at, drawn)


def _record_readings(form_set: FormSet, at: datetime, drawn: list[Entry]) -> None:
    own = powers_of(form_set.by).member_id
    rows = [one for one in drawn if one.member_id and one.member_id != own]
    details = {"paper": form_set.paper, "form": "pdf"}
    audit.record_many(
        by=form_set.by,
        at=at,
        action=Action.READ_REVIEW,
        about=[(one.pk, name_of(one), details) for one in rows],
        target_type=Entry._meta.label_lower,
        subjects={one.pk: one.member_id for one in rows},
        units={one.pk: one.unit_id for one in rows},
    )


def _fail(form_set: FormSet, at: datetime, message: str) -> None:
    rows = FormSet.objects.filter(pk=form_set.pk, state__in=_UNFINISHED)
    rows.update(state=_State.FAILED, finished_at=at, error=message)
