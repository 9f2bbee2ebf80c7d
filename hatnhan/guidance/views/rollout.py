"""Roll-outs: the list, and one plan with core and variants side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.core.filters import staying
from hatnhan.guidance import permissions
from hatnhan.guidance.selectors import cells, papers, rollouts, variants
from hatnhan.guidance.selectors.kinds import kind_words
from hatnhan.organization.powers import powers_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.guidance.models import RollOut

SECTION = "guidance:home"
PER_PAGE = 25


def roll_out_page(roll_out: RollOut) -> str:
    """Return the address of a roll-out's page."""
    return reverse("guidance:roll-out", args=[roll_out.pk])


def roll_outs(request: Request) -> HttpResponse:
    """List the roll-outs of the unit, of its line and of the units under it."""
    if request.unit is None:
        raise Missing
    state = request.GET.get("trang_thai", "")
    state = state if state in rollouts.STATES else ""
    rows = rollouts.roll_outs_for(request.user, request.unit, request.as_of, state)
    stay = staying(request.GET)
    choices = [("", None), *((key, words) for key, (_state, words) in rollouts.STATES.items())]
    context = {
        "section": SECTION,
        "unit": request.unit,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("trang")),
        "state": state,
        "states": [
            (key, words, "?" + urlencode([*stay, *([("trang_thai", key)] if key else [])]))
            for key, words in choices
        ],
        "keeps": permissions.keeps(request.user, request.unit.pk) and not request.unit.is_cell,
    }
    return render(request, "guidance/rollout/list.html", context)


def roll_out(request: Request, pk: int) -> HttpResponse:
    """Show a plan, its core and variants side by side, and what each cell was given.

    Up to 22 queries, however many cells, variants and texts: session and person, powers, plan, texts, kinds of cell,
    cells, the law of the reports and the papers.
    """
    found = rollouts.roll_out_for(request.user, pk)
    today = clock.today()
    sheet = variants.sheet_of(found, today)
    keeps = permissions.keeps(request.user, found.unit_id)
    given = cells.seen_of(request.user, found)
    led = powers_of(request.user).units_led
    follows = found.unit_id in led or any(one.cell_id in led for one in given)
    context: dict[str, Any] = {
        "section": SECTION,
        "roll_out": found,
        "document": found.document,
        "document_kind": kind_words(found.document),
        "sheet": sheet,
        "keeps": keeps,
        "writes": keeps and found.state == found.State.DRAFT,
        "runs": keeps and found.state == found.State.APPROVED,
        "ready": bool(sheet.rows) and not sheet.lacking and bool(sheet.columns),
        "cells": given,
        "follows": follows and found.state != found.State.DRAFT,
        "papers": papers.of_roll_out(request.user, found, request.as_of),
    }
    return render(request, "guidance/rollout/roll_out.html", context)
