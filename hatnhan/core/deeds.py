"""Pages by which people do things: one page asks, then one action writes.

A deed says its form, its title, a sentence about what will happen, and which action does it. All else is here, once:
errors beside their fields, what was typed stays, a check page before what cannot be undone, and a second press of
the button that does nothing, and what another changed meanwhile shown beside what was typed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from hatnhan.core import clock, meanwhile
from hatnhan.core.errors import Denied, Missing, RuleBroken

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User
    from hatnhan.core.forms import Form
    from hatnhan.core.http import Request

SLIP = "phieu"
CONFIRM = "confirm"
AMEND = "amend"
CHANGED = "changed_meanwhile"
#: A slip: letters of its own, a sign for each field, then the mark of the state on which its page was opened.
_SLIP_SHAPE = re.compile(r"[\w-]{8,16000}", re.ASCII)
_OWN_BYTES, _OWN, _MARK = 12, 16, 16
_KEPT_SECONDS = 24 * 60 * 60


class Signed(TypedDict):
    """Who does it and when: the two things every action asks first."""

    by: User
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """What was done and the next step, in words, and the page that comes next."""

    message: str
    url: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to this page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule says about this deed, and the rule (of `rulebook`), so that the page can name its source."""

    words: str
    rule: Any


class _Twice(Exception):
    """The same slip was handed in while this one was being written."""


class Deed(View):
    """One deed. Subclasses set the attributes and write `prepare`, `title`, `sentence`, `act`."""

    form_class: ClassVar[type[Form]]
    section: ClassVar[str] = ""
    verb: ClassVar[StrOrPromise]
    template_name: ClassVar[str] = "core/deed.html"
    check_template_name: ClassVar[str] = "core/deed_check.html"
    #: What cannot be undone is read over once more before it is written.
    final: ClassVar[bool] = False

    request: Request

    # --- what a deed says of itself ----------------------------------------------------------------------------------
    def prepare(self, **_address: Any) -> None:
        """Fetch what the address names and see that the person may do this. Raises Missing or Denied."""

    def opened(self) -> None:
        """Note that the page was opened, where showing it shows what must not be read unseen."""

    def title(self) -> str:
        """Return the deed and whom it concerns."""
        raise NotImplementedError

    def sentence(self) -> str:
        """Return one or two sentences on what will happen."""
        return ""

    def crumbs(self) -> list[Crumb]:
        """Return the way to this page, the nearest last. The last one is where "back" leads."""
        return []

    def ground(self) -> Ground | None:
        """Return the rule that this deed stands on."""
        return None

    def form_options(self) -> dict[str, Any]:
        """Return what the form must be told, such as the units to choose from."""
        return {}

    def initial(self) -> dict[str, Any]:
        """Return what stands in the fields before anything is typed."""
        return {}

    def state(self) -> str:
        """Return what the fields show as it stands now, where nobody else's change meanwhile may be written over."""
        return ""

    def extra(self) -> dict[str, Any]:
        """Return what a page of its own needs besides."""
        return {}

    def asks_twice(self, _data: dict[str, Any]) -> bool:
        """Tell whether what was typed must be read over before it is written."""
        return self.final

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        """Return what will follow, in words and numbers, for the check page."""
        return []

    def act(self, data: dict[str, Any]) -> Done:
        """Call the action. Raises RuleBroken, which goes beside the field it names."""
        raise NotImplementedError

    @property
    def signed(self) -> Signed:
        """Who and when, for the action: the real moment, whatever day the person looks at."""
        return {"by": self.request.user, "at": clock.now()}

    # --- the same for all --------------------------------------------------------------------------------------------
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request = cast("Request", request)
        self.prepare(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get(self, _request: HttpRequest, **_address: Any) -> HttpResponse:
        self.opened()
        return self._page(self._form())

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        if url := self._done_before():
            return self._already(url)
        form = self._form(request.POST)
        if AMEND in request.POST:
            return self._page(form.unjudged())
        if not form.is_valid():
            return self._page(form)
        if self.asks_twice(form.cleaned_data) and CONFIRM not in request.POST:
            return self._check(form)
        return self._carry_out(form)

    def _form(self, data: QueryDict | None = None) -> Form:
        return self.form_class(data, initial=self.initial(), **self.form_options())

    def _page(self, form: Form, template: str = "", **more: Any) -> HttpResponse:
        crumbs = self.crumbs()
        context = {
            "form": form,
            "title": self.title(),
            "sentence": self.sentence(),
            "crumbs": crumbs,
            "back": crumbs[-1].url if crumbs else "",
            "ground": self.ground(),
            "verb": self.verb,
            "section": self.section,
            "slip": self._slip() or self._new_slip(),
        }
        status = 422 if form.errors else 200
        return render(
            self.request, template or self.template_name, context | self.extra() | more, status=status
        )

    def _check(self, form: Form) -> HttpResponse:
        """Show what will follow; a rehearsal finds now the rules that would stop it."""
        consequences = self.consequences(form.cleaned_data)
        if self._attempt(form, rehearse=True) is None:
            return self._refused(form)
        return self._page(form, self.check_template_name, consequences=consequences)

    def _carry_out(self, form: Form) -> HttpResponse:
        try:
            done = self._attempt(form)
        except _Twice:
            return self._already(self._done_before() or self.request.get_full_path())
        if done is None:
            # Two presses at once: the second finds the rule broken by the first.
            url = self._done_before()
            return self._already(url) if url else self._refused(form)
        messages.success(self.request, done.message)
        return redirect(done.url)

    def _attempt(self, form: Form, *, rehearse: bool = False) -> Done | None:
        """Do it, or only try it and undo all; None when a rule forbids it, which the form then says."""
        try:
            with transaction.atomic():
                self._require_unchanged()
                done = self.act(form.cleaned_data)
                # Kept in the same transaction: it holds exactly when the deed holds.
                if not rehearse and (key := self._key()) and not cache.add(key, done.url, _KEPT_SECONDS):
                    raise _Twice
                transaction.set_rollback(rehearse)
        except RuleBroken as error:
            form.blame(error)
            return None
        except IntegrityError:
            message = _("Việc này vướng với điều vừa được ghi ở nơi khác. Mở lại trang để xem, rồi ghi tiếp.")
            form.add_error(None, message)
            return None
        return done

    def _refused(self, form: Form) -> HttpResponse:
        """Show the form again; where another changed meanwhile what it changes, with what stands now."""
        if not form.has_error("__all__", CHANGED) or not self.state():
            return self._page(form)
        try:
            self.prepare(**self.kwargs)
        except (Missing, Denied):
            return self._page(form)
        now = self._form()
        # Where nothing is typed nothing can be lost, and what to read over stands on another page.
        return self._beside(form, now) if now.visible_fields() else self._page(form)

    def _beside(self, typed: Form, now: Form) -> HttpResponse:
        """Show what stands now beside what was typed, on a new slip: the next press writes."""
        found = meanwhile.meet(typed, now, self._slip()[_OWN:-_MARK])
        form = self._form(found.data)
        form.kept = found.kept
        words = _(
            "Điều ghi ở đây vừa được người khác sửa. Ô nào khác thì điều đang ghi hiện ngay dưới ô; "
            "xem lại, sửa tiếp nếu cần, rồi bấm ghi lần nữa."
        )
        form.add_error(None, ValidationError(words, code=CHANGED))
        for label, text in found.homeless:
            words = _("Mục “%(label)s” không còn ghi được ở trang này. Đồng chí đã ghi: %(text)s")
            form.add_error(None, words % {"label": label, "text": text})
        return self._page(form, slip=self._new_slip())

    # --- the slip: a form is handed in once --------------------------------------------------------------------------
    def _slip(self) -> str:
        slip = str(self.request.POST.get(SLIP, ""))
        return slip if _SLIP_SHAPE.fullmatch(slip) else ""

    def _new_slip(self) -> str:
        mark = self._mark()
        return secrets.token_urlsafe(_OWN_BYTES) + (meanwhile.signs(self._form()) + mark if mark else "")

    def _mark(self) -> str:
        state = self.state()
        return hashlib.sha256(state.encode()).hexdigest()[:_MARK] if state else ""

    def _require_unchanged(self) -> None:
        """Raise RuleBroken ``changed_meanwhile`` when the page was opened on another state than that of now."""
        slip, mark = self._slip(), self._mark()
        if slip and not slip.endswith(mark):
            message = _("Điều ghi ở đây vừa được người khác sửa. Mở lại trang để xem điều mới, rồi sửa tiếp.")
            raise RuleBroken(CHANGED, message)

    def _key(self) -> str:
        slip = hashlib.sha256(self._slip().encode()).hexdigest() if self._slip() else ""
        return f"deed:{self.request.user.pk}:{slip}" if slip else ""

    def _done_before(self) -> str:
        key = self._key()
        return str(cache.get(key, "")) if key else ""

    def _already(self, url: str) -> HttpResponse:
        messages.info(self.request, _("Việc này đã ghi ở lần bấm trước."))
        return redirect(url)
