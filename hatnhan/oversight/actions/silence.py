"""No text of a denunciation, or of its check, says who wrote it: name, address and phone stay sealed.

What the one whom it is about writes is theirs and is not held against these: whoever may try names would find the one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese.search import fold
from hatnhan.organization.models import Member, Unit
from hatnhan.oversight.models import Check, Denouncer, Denunciation, Kind
from hatnhan.oversight.sealing import unseal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from hatnhan.oversight.sealing import DenouncerData

#: So many digits, however they are set apart, are a number to call.
_PHONE = 8


def names(data: DenouncerData, text: str, *, known: Iterable[str] = ()) -> bool:
    """Tell whether a text holds the name, address or phone of a denouncer, however written.

    ``known``: names that everybody knows, as of cells: an address that is only a part of one is not held there.
    """
    secrets = [_spoken(one) for one in (data.name, data.address) if fold(one)]
    if any(one in _without(_spoken(text), one, known) for one in secrets):
        return True
    phone = _digits(data.phone)
    return len(phone) >= _PHONE and phone in _digits(text)


def _without(words: str, secret: str, known: Iterable[str]) -> str:
    """Return the words of a text without those known names that what is sealed is a part of."""
    for one in known:
        if secret in (name := _spoken(one)):
            words = words.replace(name, " | ")
    return words


def _spoken(text: str) -> str:
    """Return the words of a text as they sound to a search, whole: "Lan," is "lan", and no part of "Lanh"."""
    return f" {fold(text)} "


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdecimal())


def require_unnamed(data: DenouncerData, text: str, field: str) -> None:
    """Raise RuleBroken ``names_denouncer`` for a text that says who wrote a denunciation, or gives the phone."""
    if names(data, text):
        message = _("Ở đây có tên, địa chỉ hoặc số điện thoại người viết đơn. Bỏ đi rồi ghi lại.")
        raise RuleBroken("names_denouncer", message, field=field)


def require_silent(denunciation: Denunciation, text: str, field: str) -> None:
    """Raise RuleBroken ``names_denouncer`` for a text that says who wrote the denunciation; for its handlers."""
    for data in _writers(Denouncer.objects.filter(denunciation=denunciation)):
        require_unnamed(data, text, field)


def require_silent_check(check: Check, **texts: str) -> None:
    """Raise RuleBroken ``names_denouncer`` for a text of a check, by field, that says who wrote a denunciation.

    Asked of checks of kind denunciation only, and of every denunciation of its unit about one of its subjects, that
    taken up by it among them. Not all who write in a check may know who wrote: the words do not say what it was.
    """
    if check.kind != Kind.DENUNCIATION:
        return
    rows = check.subjects.all()
    units = [one.unit_id for one in rows if one.unit_id]
    members = [one.member_id for one in rows if one.member_id]
    require_silent_about(check.unit, check.opened_on, units, members, texts, check=check)


def require_silent_about(
    unit: Unit,
    on: date,
    units: Collection[int],
    members: Collection[int],
    texts: Mapping[str, str],
    check: Check | None = None,
) -> None:
    """Raise RuleBroken ``names_denouncer`` for a text, by field, of a check of denunciations about some subjects."""
    about = Q(denunciation__unit=unit) & (
        Q(denunciation__about_unit__in=units) | Q(denunciation__about_member__in=members)
    )
    if check is not None:
        about |= Q(denunciation__of_check=check) | Q(denunciation__combined_into__of_check=check)
    writers = _writers(Denouncer.objects.filter(about))
    if not writers:
        return
    known = [*Unit.objects.under(unit.pk, on), *Member.objects.filter(pk__in=members)]
    public = {str(one) for one in known}
    for field, text in texts.items():
        if text and any(names(data, text, known=public) for data in writers):
            message = _(
                "Có chữ trùng với thông tin phải giữ kín. Bỏ tên người, địa chỉ, số điện thoại không cần thiết."
            )
            raise RuleBroken("names_denouncer", message, field=field)


def _writers(rows: Iterable[Denouncer]) -> list[DenouncerData]:
    return [unseal(one.sealed) for one in rows]
