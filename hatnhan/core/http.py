"""The request as every page of ours gets it: a signed-in person, looking at a unit, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from datetime import date

    from django_htmx.middleware import HtmxDetails

    from hatnhan.accounts.models import User


class Request(HttpRequest):
    """`HttpRequest` after our middleware; used for type checking only.

    ``as_of`` is the day the page speaks of (today unless the person chose another); ``unit`` the Party organisation it
    speaks of, None for people who hold no post and belong to no cell.
    """

    user: User
    as_of: date
    unit: Any
    htmx: HtmxDetails
