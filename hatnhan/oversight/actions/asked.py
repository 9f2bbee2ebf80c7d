"""What the superior asks to be looked at in a year: a programme without it shows a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.audit.actions import record
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import nfc
from hatnhan.organization.actions.checks import day_of, deed, moved_on, require_standing, require_text
from hatnhan.oversight import permissions
from hatnhan.oversight.models import AskedTopic
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors import choosing

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.actors import Actor
    from hatnhan.organization.models import Unit

_LONGEST_WORDS, _LONGEST_SOURCE = 300, 120


@deed
def note_asked(
    *, by: Actor, at: datetime, unit: Unit, year: int, topic: str, words: str, source: str = ""
) -> AskedTopic:
    """Note what the superior asks a unit to look at in a year, and by which paper.

    Raises Denied, and RuleBroken with codes ``topic``, ``words_missing``, ``too_long``, ``dissolved``, ``twice``.
    """
    permissions.require_run(by, unit.pk)
    today = day_of(at)
    require_standing(unit, today, field="topic")
    if topic not in choosing.topics(unit, today):
        raise RuleBroken("topic", _("Không có lĩnh vực này. Chọn trong danh mục."), field="topic")
    message = _("Chưa ghi cấp trên yêu cầu gì. Ghi một câu.")
    text = require_text(nfc(words), code="words_missing", field="words", message=message)
    paper = nfc(source).strip()
    for one, most, field in ((text, _LONGEST_WORDS, "words"), (paper, _LONGEST_SOURCE, "source")):
        if len(one) > most:
            message = _("Dài %(long)d chữ; ghi gọn trong %(most)d chữ.")
            raise RuleBroken("too_long", message % {"long": len(one), "most": most}, field=field)
    if AskedTopic.objects.filter(unit=unit, year=year, topic=topic, words=text).exists():
        raise RuleBroken("twice", _("Yêu cầu này đã ghi."), field="words")
    made = AskedTopic.objects.create(unit=unit, year=year, topic=topic, words=text, source=paper)
    details = {"year": year, "topic": topic, "asked": text, "source": paper}
    record(by=by, action=Action.ASKED, at=at, target=made, unit_id=unit.pk, details=details)
    return made


@deed
def remove_asked(*, by: Actor, at: datetime, asked: AskedTopic) -> None:
    """Take off what was noted by mistake, or is asked no more. Raises Denied, and RuleBroken ``already_done``."""
    permissions.require_run(by, asked.unit_id)
    details = {"year": asked.year, "topic": asked.topic, "asked_removed": asked.words}
    record(by=by, action=Action.ASKED, at=at, target=asked, unit_id=asked.unit_id, details=details)
    if not AskedTopic.objects.filter(pk=asked.pk).delete()[0]:
        raise moved_on()
