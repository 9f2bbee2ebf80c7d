"""Small pieces that every page draws the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hatnhan.core import vietnamese
from hatnhan.deadlines.types import Standing

if TYPE_CHECKING:
    from datetime import date

    from django.template.context import RequestContext
    from django.utils.safestring import SafeString

    from hatnhan.deadlines.types import Deadline

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
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def page_link(context: RequestContext, number: int) -> str:
    """Return this address at another page of the list."""
    query = context["request"].GET.copy()
    query[PAGE] = str(number)
    return "?" + query.urlencode()


_STANDING = {
    Standing.LATE: ("late", "alert-triangle"),
    Standing.TODAY: ("soon", "clock-exclamation"),
    Standing.SOON: ("soon", "clock-exclamation"),
    Standing.AHEAD: ("wait", "circle-dashed"),
}


@register.simple_tag
def standing(deadline: Deadline, on: date) -> SafeString:
    """Draw how a deadline stands: colour, icon and word together."""
    how = deadline.standing(on)
    style, picture = _STANDING[how]
    left = deadline.days(on)
    words = {
        Standing.LATE: ngettext("Trễ %(days)s ngày", "Trễ %(days)s ngày", -left) % {"days": vietnamese.number(-left)},
        Standing.TODAY: _("Hôm nay"),
    }.get(how, ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", left) % {"days": vietnamese.number(left)})
    return format_html('<span class="hn-st hn-st-{}">{}{}</span>', style, icon(picture), words)


@register.inclusion_tag("site/components/confirmed.html")
def confirmed(rule: Any) -> dict[str, Any]:
    """Draw whether a rule's value was read in an official text."""
    return {"rule": rule}


@register.inclusion_tag("site/components/pager.html", takes_context=True)
def pager(context: RequestContext, page: Any) -> dict[str, Any]:
    """Draw "1–50 trên 587" and the links to the pages before and after."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("site/components/field.html")
def field(bound: Any) -> dict[str, Any]:
    """Draw a form field: label above, hint, error, then the control."""
    return {"field": bound}


@register.inclusion_tag("site/components/errors.html")
def error_summary(form: Any) -> dict[str, Any]:
    """Draw the list of what is wrong with a form, each line leading to its field."""
    return {"form": form}
