"""The papers of a thing, offered on its page to who may have them: one line in the page's template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from hatnhan.reviews.selectors import papers, sets

if TYPE_CHECKING:
    from django.template.context import RequestContext

    from hatnhan.reviews.models import Cycle, Entry, GradeDecision, Sitting

register = template.Library()
_OFFERED = "core/papers.html"


@register.inclusion_tag(_OFFERED, takes_context=True)
def entry_papers(context: RequestContext, entry: Entry) -> dict[str, Any]:
    """Offer the papers of an entry: form, notice, comment of the residence, list of the file."""
    return {"papers": papers.of_entry(context["request"].user, entry)}


@register.inclusion_tag(_OFFERED, takes_context=True)
def sitting_papers(context: RequestContext, sitting: Sitting) -> dict[str, Any]:
    """Offer the papers of a review meeting."""
    return {"papers": papers.of_sitting(context["request"].user, sitting)}


@register.inclusion_tag(_OFFERED, takes_context=True)
def decision_papers(context: RequestContext, decision: GradeDecision) -> dict[str, Any]:
    """Offer the paper of a decision."""
    return {"papers": papers.of_decision(context["request"].user, decision)}


@register.inclusion_tag(_OFFERED, takes_context=True)
def results_papers(context: RequestContext, cycle: Cycle) -> dict[str, Any]:
    """Offer the summary tables of a year."""
    place = context.get("place") or cycle.unit
    return {"papers": papers.of_results(context["request"].user, cycle, place)}


@register.inclusion_tag(_OFFERED, takes_context=True)
def appraisal_papers(context: RequestContext, cycle: Cycle) -> dict[str, Any]:
    """Offer the summary of what staff found."""
    return {"papers": papers.of_appraisal(context["request"].user, cycle)}


@register.simple_tag(takes_context=True)
def may_have_sets(context: RequestContext, cycle: Cycle) -> bool:
    """Tell whether the person may have the forms of a cell or of the whole committee as one file. One query at most."""
    return bool(sets.units_for(context["request"].user, cycle))
