"""Deny by default: every address asks for a signed-in person unless it is named here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

if TYPE_CHECKING:
    from collections.abc import Callable

#: Names of the addresses that anyone may open.
OPEN = {"site:health", "site:calendar-feed", "set_language"}
OPEN_PREFIXES = ("account_", "mfa_")


class SignInRequired:
    """Send whoever is not signed in to the sign-in page, and refuse fragments with 401."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Let open addresses and signed-in people through."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in OPEN or name.startswith(OPEN_PREFIXES) or request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path())
