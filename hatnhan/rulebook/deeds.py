"""What is done here, by name and in words."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core import vietnamese
from hatnhan.rulebook.topics import BY_NAME

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Deed(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    SET = "rulebook:overlay:set"
    END = "rulebook:overlay:end"


WORDS: dict[str, StrPromise] = {Deed.SET: _("Đặt quy định riêng"), Deed.END: _("Thôi áp dụng quy định riêng")}
DETAILS: dict[str, StrPromise] = {
    "value": _("giá trị"),
    "start": _("từ ngày"),
    "end": _("đến trước ngày"),
    "instrument": _("văn bản"),
}

#: How `Rule.version` is made: the topic, its first day and, of a unit's own value, the unit.
_VERSION = re.compile(r"(?P<topic>[\w.]+)@(?P<start>\d{4}-\d{2}-\d{2})(?P<local>/.+)?", re.ASCII)


def version_in_words(version: str) -> str:
    """Return what `Rule.version` names, as people say it; the version itself where it names no topic known here."""
    found = _VERSION.fullmatch(version)
    if found is None or found["topic"] not in BY_NAME:
        return version
    words = (
        _now("%(title)s, quy định riêng từ %(day)s") if found["local"] else _now("%(title)s, bản từ %(day)s")
    )
    day = vietnamese.day(date.fromisoformat(found["start"]))
    return words % {"title": BY_NAME[found["topic"]].title, "day": day}
