"""How far the best grade's cap is used in the group of an entry, in words, and what of it no text confirms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.reviews.models import Entry
from hatnhan.reviews.selectors import caps
from hatnhan.reviews.selectors.explain_words import plain, share
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from hatnhan.reviews.rules.caps import CapUse
    from hatnhan.reviews.selectors.law import Law


@dataclass(frozen=True, slots=True)
class CapStory:
    """A cap that an entry is counted in. ``doubts`` are the points of law that nobody could read."""

    title: str
    note: str
    sentence: str
    used: int
    limit: int
    over: bool
    doubts: tuple[str, ...]


def stories(entry: Entry, grade: str) -> tuple[CapStory, ...]:
    """Return the caps that count an entry, by the grades known so far. Two queries."""
    law = law_of(entry.cycle)
    kind = caps.kind_of(entry.of, entry.subject)
    if not any(one.of == kind and one.percent for one in law.caps.value.caps):
        return ()
    uses = caps.cap_uses(entry.cycle)
    mine = (
        one for one in uses if one.cap.of == kind and one.group in {"", entry.group} and one.limit is not None
    )
    return tuple(_story(one, entry, law, grade) for one in mine)


def _story(use: CapUse, entry: Entry, law: Law, grade: str) -> CapStory:
    organisation = entry.of == Entry.Of.ORGANISATION
    limit = use.limit or 0
    who = {"member": _("người"), "collective": _("tập thể"), "cell": _("chi bộ")}[use.cap.of]
    best = law.grade_name(use.cap.grade, organisation=organisation)
    good = {
        "good": f"“{law.grade_name('t', organisation=organisation)}”",
        "good_or_better": _("được xếp mức tốt trở lên"),
        "graded": _("được xếp loại"),
    }[use.cap.base]
    exact = Decimal(use.base) * use.percent / 100
    group = next((one.title for one in law.caps.value.groups if one.key == use.group), "")
    words = _(
        "%(group)s: %(graded)d %(who)s đã có mức, %(base)d %(good)s. "
        "Tối đa %(percent)s của %(base)d là %(exact)s, lấy %(limit)d %(who)s. Hiện có %(used)d."
    )
    return CapStory(
        title=_("Tỷ lệ “%(grade)s”: đã dùng %(used)d/%(limit)d")
        % {"grade": best, "used": use.used, "limit": limit},
        note=_("Có tính trường hợp này") if grade == use.cap.grade else _("Không quyết định trường hợp này"),
        sentence=words
        % {
            "group": _("Nhóm “%(title)s”") % {"title": group} if group else _("Toàn đảng bộ"),
            "graded": use.graded,
            "who": who,
            "base": use.base,
            "good": good,
            "percent": share(use.percent),
            "exact": plain(exact),
            "limit": limit,
            "used": use.used,
        },
        used=use.used,
        limit=limit,
        over=use.over,
        doubts=() if law.caps.confirmed else _doubts(use, exact, best),
    )


def _doubts(use: CapUse, exact: Decimal, best: str) -> tuple[str, ...]:
    rounding = {
        "floor": _("Làm tròn xuống (%(exact)s thành %(limit)d)."),
        "nearest": _("Làm tròn đến số gần nhất (%(exact)s thành %(limit)d)."),
        "up": _("Làm tròn lên (%(exact)s thành %(limit)d)."),
    }[use.cap.rounding] % {"exact": plain(exact), "limit": use.limit or 0}
    base = {
        "good": _("“%(best)s” không tính vào số gốc %(base)d."),
        "good_or_better": _("“%(best)s” tính cả vào số gốc %(base)d."),
        "graded": _("Số gốc %(base)d là tất cả đã có mức."),
    }[use.cap.base] % {"best": best, "base": use.base}
    return (rounding, base)
