"""Two people at one form: what one typed and what another kept meanwhile are both shown, and neither is lost.

The page carries a short sign of what stood in each field when it was opened. A field that still says the same was left
alone: it takes what stands now. A field in which something else was typed keeps it, with what stands now below.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext as _

from hatnhan.core import vietnamese

if TYPE_CHECKING:
    from django.http import QueryDict

#: So many letters for each field: two texts get the same ones once in 2^48.
SIGN = 8


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands now: in words, and whether the field took it because nothing else was typed there."""

    words: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """What was typed and what stands now, put together: what to fill in, what to show by field, what has no field."""

    data: QueryDict
    kept: dict[str, Kept]
    homeless: list[tuple[str, str]]


def signs(form: forms.Form) -> str:
    """Return the signs of what stands in the fields of a form in which nothing was typed yet."""
    return "".join(_sign(name, _plain(field, _initial(form, name))) for name, field in form.fields.items())


def meet(typed: forms.Form, now: forms.Form, opened: str) -> Meeting:
    """Put what was typed beside what stands now. ``opened``: the signs of the page in which it was typed."""
    known = {opened[place : place + SIGN] for place in range(0, len(opened), SIGN)}
    said = {name: _plain(field, typed[name].data) for name, field in typed.fields.items()}
    own = {name for name, text in said.items() if _sign(name, text) not in known}
    data, kept = cast("QueryDict", typed.data).copy(), {}
    for name, field in now.fields.items():
        value = _initial(now, name)
        text = _plain(field, value)
        if said.get(name) == text or _sign(name, text) in known:
            continue
        if field.widget.is_hidden or name not in own:
            _fill(data, now, name, value)
        if not field.widget.is_hidden:
            kept[name] = Kept(_words(field, text), taken=name not in own)
    gone = [(str(typed[name].label), said[name]) for name in typed.fields if name in own - set(now.fields)]
    return Meeting(data, kept, [(label, text) for label, text in gone if text])


def _initial(form: forms.Form, name: str) -> object:
    return form.get_initial_for_field(form.fields[name], name)


def _control(field: forms.Field, value: object) -> object:
    """Return a value as its control says it: words, several words, or whether it is ticked."""
    if isinstance(field.widget, forms.CheckboxInput):
        return bool(field.widget.check_test(value))
    return field.widget.format_value(field.prepare_value(value))


def _plain(field: forms.Field, value: object) -> str:
    """Return a value so that the same words compare as the same, however they came."""
    found = _control(field, value)
    if isinstance(found, bool):
        return "on" if found else ""
    if isinstance(found, list | tuple):
        return "\n".join(sorted(str(one) for one in found))
    return "\n".join(line.rstrip() for line in vietnamese.nfc(str(found or "")).strip().splitlines())


def _sign(name: str, text: str) -> str:
    digest = hashlib.sha256(f"{name}={text}".encode()).digest()
    return base64.urlsafe_b64encode(digest)[:SIGN].decode()


def _fill(data: QueryDict, form: forms.Form, name: str, value: object) -> None:
    """Let a field say what stands now."""
    found, key = _control(form.fields[name], value), form.add_prefix(name)
    data.pop(key, None)
    if found is True:
        data[key] = "on"
    elif isinstance(found, list | tuple):
        data.setlist(key, [str(one) for one in found])
    elif found:
        data[key] = str(found)


def _words(field: forms.Field, text: str) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return _("có đánh dấu") if text else _("không đánh dấu")
    if isinstance(field, forms.ChoiceField) and text:
        chosen = set(text.split("\n"))
        options = field.widget.options("", list(chosen))
        return "; ".join(str(one["label"]) for one in options if str(one["value"]) in chosen) or text
    return text or _("chưa ghi gì")
