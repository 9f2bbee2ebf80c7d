"""What passes every page: what is turned away, which unit and day a page speaks of, how errors become pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control

from hatnhan.core import clock, vietnamese
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.organization.models import Unit
from hatnhan.organization.powers import powers_of
from hatnhan.site import days
from hatnhan.site.views import errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hatnhan.core.http import Request

UNIT_PARAMETER, DAY_PARAMETER = "don_vi", "ngay"


class StandingPlace:
    """Set ``request.unit`` and ``request.as_of``: as the address says, else as chosen before, else home and today.

    Only a unit that the person may see is taken; any other is passed over as if it did not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        signed_in = request.user.is_authenticated
        request = cast("Request", request)
        request.as_of = self._day(request)
        request.unit = self._unit(request) if signed_in else None
        return self.get_response(request)

    def _day(self, request: Request) -> date:
        today = clock.today()
        text = request.GET.get(DAY_PARAMETER) or request.session.get(DAY_PARAMETER, "")
        try:
            return days.read(text, today) if text else today
        except vietnamese.DayError:
            return today

    def _unit(self, request: Request) -> Unit | None:
        powers = powers_of(request.user)
        code = request.GET.get(UNIT_PARAMETER) or request.session.get(UNIT_PARAMETER, "")
        if code:
            chosen = Unit.objects.filter(code=code, pk__in=powers.units_seen).first()
            if chosen:
                return chosen
        return powers.home_unit


class Measured:
    """Turn away, before anything of it is kept or looked up, what no page of ours asks for.

    A body longer than any upload would fill the disk before a view could judge it; a NUL is in no name, and
    PostgreSQL refuses it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()) or int(length) > settings.LONGEST_REQUEST:
            return errors.too_long(request)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.not_found(request)
        return self.get_response(request)


class NotKept:
    """Have browsers keep no page of a signed-in person: after signing out, "back" on a shared phone shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        signed_in = request.user.is_authenticated
        answer = self.get_response(request)
        if signed_in and not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_store=True)
        return answer


class ChosenLanguage(LocaleMiddleware):
    """Speak Vietnamese until the person chooses otherwise.

    Office machines often run browsers set to English; what a browser says it prefers is nobody's choice here.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Take the language from the person's cookie alone."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


class PlainErrors:
    """Turn the three errors of `core.errors` into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for errors that carry words for the person; leave all others to Django."""
        if isinstance(exception, (Missing, Http404)):
            return errors.not_found(request, exception)
        if isinstance(exception, Denied):
            return errors.forbidden(request, exception)
        if isinstance(exception, RuleBroken):
            return errors.rule_broken(request, exception)
        return None
