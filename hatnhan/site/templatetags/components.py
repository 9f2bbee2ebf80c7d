"""Small pieces that every page draws the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from hatnhan.core import vietnamese
from hatnhan.deadlines.types import Standing

if TYPE_CHECKING:
    from datetime import date

    from django.core.paginator import Page
    from django.forms import BaseForm, BoundField
    from django.template.context import RequestContext

    from hatnhan.deadlines.types import Deadline
    from hatnhan.rulebook.types import Rule

register = template.Library()

#: The field holds whatever was typed, so a page number, a unit or a day that makes no sense is simply replaced.
PAGE = "trang"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon beside words; it is hidden from screen readers, so words must stand beside it."""
    return format_html(
        '<svg class="ti" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("npm/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def same_page(context: RequestContext, **changes: Any) -> str:
    """Return this address with some parameters changed; None drops one, and the page number always goes."""
    query = context["request"].GET.copy()
    query.pop(PAGE, None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def without(context: RequestContext, name: str) -> str:
    """Return this address without one parameter, whose name is known only when the page is drawn."""
    return same_page(context, **{name: None})


@register.simple_tag(takes_context=True)
def here(context: RequestContext, url_name: str, **query: str) -> str:
    """Return the address of another page that speaks of the same unit and the same day."""
    place = context.get("place")
    asked = {"don_vi": place.code} if place else {}
    if context.get("in_past"):
        asked["ngay"] = context["as_of"].isoformat()
    return f"{reverse(url_name)}?{urlencode(asked | query)}"


@register.simple_tag(takes_context=True)
def page_link(context: RequestContext, number: int) -> str:
    """Return this address at another page of the list."""
    query = context["request"].GET.copy()
    query[PAGE] = str(number)
    return f"?{query.urlencode()}"


_STANDING = {
    Standing.LATE: ("late", "alert-triangle"),
    Standing.TODAY: ("soon", "clock-exclamation"),
    Standing.SOON: ("soon", "clock-exclamation"),
    Standing.AHEAD: ("wait", "circle-dashed"),
}


@register.simple_tag
def standing(deadline: Deadline, on: date) -> SafeString:
    """Draw how a deadline stands: colour, icon and word together."""
    return _mark(deadline.standing(on), deadline.days(on))


def _mark(how: Standing, left: int) -> SafeString:
    style, picture = _STANDING[how]
    words = {
        Standing.LATE: ngettext("Trễ %(days)s ngày", "Trễ %(days)s ngày", -left)
        % {"days": vietnamese.number(-left)},
        Standing.TODAY: _("Hôm nay"),
    }.get(how, ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", left) % {"days": vietnamese.number(left)})
    return format_html('<span class="hn-st hn-st-{}">{}{}</span>', style, icon(picture), words)


@register.simple_tag
def due(last: date | None, on: date, *, mark_only: bool = False) -> SafeString:
    """Draw the last day of something still to be done: quiet until it comes, then loud by how many days it is late.

    ``mark_only`` where the day itself stands beside it already.
    """
    if last is None:
        return SafeString("")
    words = _("hạn %(day)s") % {"day": vietnamese.day(last)}
    told = SafeString("") if mark_only else format_html('<span class="hn-meta hn-num">{}</span>', words)
    if last > on:
        return told
    how = Standing.LATE if last < on else Standing.TODAY
    return format_html("{} {}", _mark(how, (last - on).days), told)


@register.simple_tag
def urgency(deadline: Deadline, on: date) -> str:
    """Return the class of the edge of a card: late, near, or none."""
    return {
        Standing.LATE: "hn-big-late",
        Standing.TODAY: "hn-big-now",
        Standing.SOON: "hn-big-now",
    }.get(deadline.standing(on), "")


_WEEKDAYS = (
    _lazy("Thứ Hai"),
    _lazy("Thứ Ba"),
    _lazy("Thứ Tư"),
    _lazy("Thứ Năm"),
    _lazy("Thứ Sáu"),
    _lazy("Thứ Bảy"),
    _lazy("Chủ nhật"),
)


@register.filter
def weekday(value: date) -> str:
    """Write which day of the week it is."""
    return str(_WEEKDAYS[value.weekday()])


@register.filter
def week(value: date) -> int:
    """Return the number of the week in its year, weeks beginning on Monday."""
    return value.isocalendar().week


@register.inclusion_tag("site/components/confirmed.html")
def confirmed(rule: Rule[object] | None) -> dict[str, Any]:
    """Draw whether a rule's value was read in an official text."""
    return {"rule": rule}


@register.inclusion_tag("site/components/pager.html", takes_context=True)
def pager(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Draw "1–50 trên 587" and the links to the pages before and after."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("site/components/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw a form field: label above, hint, error, then the control; below it what another kept there meanwhile."""
    return {"field": bound, "kept": getattr(bound.form, "kept", {}).get(bound.name)}


@register.inclusion_tag("site/components/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Draw the list of what is wrong with a form, each line leading to its field."""
    return {"form": form}
