"""Deny by default: every address asks for a signed-in person unless it is named here."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url

from hatnhan.accounts import selectors
from hatnhan.accounts.permissions import must_have_second_factor

if TYPE_CHECKING:
    from collections.abc import Callable

    from hatnhan.accounts.models import User

#: Names of the addresses that anyone may open.
OPEN = frozenset(
    {
        "site:health",
        "site:calendar-feed",
        "set_language",
        "account_login",
        "account_inactive",
        "account_logout",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)
#: What stays open while a password must be changed, or a second factor set up.
_WHILE_PASSWORD = OPEN | {"account_change_password"}
_WHILE_FACTOR = _WHILE_PASSWORD | {
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
}


class SignInRequired:
    """Send whoever is not signed in to the sign-in page; a fragment asked for by htmx is refused with 401."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Let open addresses and signed-in people through."""
        if _name(request) in OPEN or request.user.is_authenticated:
            return None
        if "HX-Request" in request.headers:
            # htmx leaves the page for this address, whatever the status.
            headers = {"HX-Redirect": resolve_url(settings.LOGIN_URL)}
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers=headers)
        return redirect_to_login(request.get_full_path())


class Holds:
    """Hold a person at the page where a password must be changed or a second factor set up, until it is done.

    ``request.held`` says which, for the pages to tell why.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Let through those whom nothing holds."""
        if not request.user.is_authenticated:
            return None
        held = _held(request.user)
        request.held = held  # type: ignore[attr-defined]
        name = _name(request)
        if held == "password" and name not in _WHILE_PASSWORD:
            return redirect("account_change_password")
        if held == "second_factor" and name not in _WHILE_FACTOR:
            return redirect("mfa_index")
        return None


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _held(user: User) -> str:
    if user.must_change_password:
        return "password"
    if must_have_second_factor(user) and not selectors.has_second_factor(user):
        return "second_factor"
    return ""
