"""How figures are written, and where their doors lead."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse

from hatnhan.core import clock
from hatnhan.core.templatetags.vietnamese import number
from hatnhan.core.vietnamese import percent

if TYPE_CHECKING:
    from hatnhan.figures.types import Figure, Measure

register = template.Library()


@register.filter
def in_words(measure: Measure) -> str:
    """Write a measure with its unit: "587 người", "2,67%", or a dash where there is nothing to measure."""
    if measure.value is None:
        return "—"
    space = "" if measure.unit == "%" else " "
    return f"{number(measure.value)}{space}{measure.unit}".strip()


@register.filter
def in_table(measure: Measure) -> str:
    """Write a measure where a heading already says of what: only the sign of a percentage stays."""
    return in_words(measure) if measure.unit == "%" else number(measure.value)


@register.filter
def unit_beside(measure: Measure) -> str:
    """Return the unit that stands beside the number under its label; nothing where the label already says it."""
    if measure.unit == "%":
        return "%"
    return "" if measure.unit.lower() in measure.label.lower() else f" {measure.unit}"


@register.filter
def share(measure: Measure) -> str:
    """Write which part of its whole a count is: "96,7%"; nothing for figures without one."""
    if not measure.denominator or measure.numerator is None:
        return ""
    return percent(Fraction(measure.numerator) / Fraction(measure.denominator) * 100, 1).replace(",0%", "%")


@register.filter
def why(figure: Figure) -> str:
    """Return the address that opens a figure of this unit and period."""
    query = urlencode({"don_vi": figure.scope.code, "ky": figure.period.key})
    return f"{reverse('figures:figure', args=[figure.measure.key])}?{query}"


@register.filter
def taken_on(figure: Figure) -> object:
    """Return the last day that a figure counts: what it says itself, else the period's last or today while it runs."""
    return figure.measure.until or min(figure.period.last_day, clock.today())


@register.filter
def rows_address(figure: Figure) -> str:
    """Return the address of the rows behind a figure, of its unit and day; nothing where no page lists them."""
    rows = figure.measure.rows
    if rows is None:
        return ""
    day = min(figure.period.last_day, clock.today())
    query = {"don_vi": figure.scope.code, "ngay": day.isoformat()} | dict(rows.query)
    try:
        return f"{reverse(rows.url_name, args=rows.args)}?{urlencode(query)}"
    except NoReverseMatch:
        return ""
