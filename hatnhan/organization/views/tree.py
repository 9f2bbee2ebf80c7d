"""The tree of Party organisations on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.organization import permissions
from hatnhan.organization.permissions import Action
from hatnhan.organization.selectors import units

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request

SECTION = "organization:tree"


def tree(request: Request) -> HttpResponse:
    """Show what stands below the unit on the day, cells by kind; those dissolved on request (``giai_the``)."""
    if request.unit is None:
        raise Missing(_("Đồng chí chưa thuộc tổ chức nào trong Đảng bộ."))
    root, on = units.root_of_tree(request.unit, request.as_of), request.as_of
    only = units.seen_by(request.user, root.pk)
    lines = units.lines_below(root.pk, on, only)
    units.add_secretaries(lines, root.pk, on)
    groups = units.by_kind(lines)
    kind = request.GET.get("loai", "")
    kind = kind if kind in {group.key for group in groups} else ""
    ended = "giai_the" in request.GET
    context = {
        "section": SECTION,
        "root": root,
        "all_groups": groups,
        "groups": [group for group in groups if kind in {"", group.key}],
        "kind": kind,
        "committees": [] if kind else [line for line in lines if not line.is_cell],
        "cells": sum(len(group.lines) for group in groups),
        "total": sum(line.total for line in lines),
        "counted": only is None,
        "ended": units.dissolved_below(root.pk, on, only) if ended else None,
        "may_create": permissions.allowed(request.user, Action.UNIT_CREATE, root.pk),
    }
    return render(request, "organization/tree.html", context)
