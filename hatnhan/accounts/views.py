"""The administrator's pages: accounts and nothing else. To everyone else they do not exist."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hatnhan.accounts import actions, links, selectors
from hatnhan.accounts.forms import LinkForm, OpenForm, ReasonForm
from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing, RuleBroken

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from hatnhan.accounts.actions import Issued
    from hatnhan.accounts.models import User
    from hatnhan.core.http import Request

ROOM = "accounts:users"
PER_PAGE = 50


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the page exist for administrators alone."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_administrator:
            raise Missing
        return view(request, *args, **kwargs)

    return guarded


@administrators_only
def users(request: Request) -> HttpResponse:
    """List the accounts."""
    query = request.GET.get("q", "")
    page = Paginator(selectors.accounts(query), PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "accounts/users.html", {"section": ROOM, "page": page, "query": query})


@administrators_only
def user(request: Request, pk: int) -> HttpResponse:
    """Show an account and what can be done with it."""
    account = selectors.account(request.user, pk)
    context = {"section": ROOM, "account": account, "linked": links.is_linked(account)}
    return render(request, "accounts/user.html", context)


@administrators_only
@never_cache
def open_account(request: Request) -> HttpResponse:
    """Open an account; the answer shows its password, once."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            issued = actions.open_account(by=request.user, at=clock.now(), **form.cleaned_data)
        except RuleBroken as broken:
            form.blame(broken)
        else:
            return _show_password(request, issued)
    status = 422 if form.errors else 200
    return render(request, "accounts/open.html", {"section": ROOM, "form": form}, status=status)


@administrators_only
@require_POST
@never_cache
def issue_password(request: Request, pk: int) -> HttpResponse:
    """Issue a new password and show it, once."""
    account = selectors.account(request.user, pk)
    return _show_password(request, actions.issue_password(by=request.user, at=clock.now(), user=account))


def _show_password(request: Request, issued: Issued) -> HttpResponse:
    return render(request, "accounts/issued.html", {"section": ROOM, "issued": issued})


@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """Sign the person out everywhere."""
    actions.end_sessions(by=request.user, at=clock.now())
    logout(request)
    return redirect("account_login")


class _AccountDeed(Deed):
    """Something done to one account."""

    section = ROOM
    account: User

    def prepare(self, **address: Any) -> None:
        self.account = selectors.account(self.request.user, address["pk"])

    def crumbs(self) -> list[Crumb]:
        here = reverse("accounts:user", args=[self.account.pk])
        return [Crumb(_("Tài khoản"), reverse(ROOM)), Crumb(str(self.account), here)]

    def done(self, message: str) -> Done:
        return Done(message, reverse("accounts:user", args=[self.account.pk]))


class Deactivate(_AccountDeed):
    """Stop an account."""

    form_class = ReasonForm
    verb = _lazy("Ngừng tài khoản")

    def title(self) -> str:
        return _("Ngừng tài khoản %(name)s") % {"name": self.account}

    def sentence(self) -> str:
        return _("Người ấy không đăng nhập được nữa, kể từ lúc này. Việc đã làm vẫn còn trong sổ.")

    def act(self, data: dict[str, Any]) -> Done:
        actions.set_active(user=self.account, active=False, reason=data["reason"], **self.signed)
        return self.done(_("Đã ngừng tài khoản."))


class Activate(_AccountDeed):
    """Let an account sign in again."""

    form_class = ReasonForm
    verb = _lazy("Cho dùng lại")

    def title(self) -> str:
        return _("Cho dùng lại tài khoản %(name)s") % {"name": self.account}

    def act(self, data: dict[str, Any]) -> Done:
        actions.set_active(user=self.account, active=True, reason=data["reason"], **self.signed)
        return self.done(_("Tài khoản dùng lại được."))


class RemoveSecondFactor(_AccountDeed):
    """Take away a second factor that was lost."""

    form_class = ReasonForm
    verb = _lazy("Bỏ xác nhận hai lớp")

    def title(self) -> str:
        return _("Bỏ xác nhận hai lớp của %(name)s") % {"name": self.account}

    def sentence(self) -> str:
        return _(
            "Làm khi người ấy mất điện thoại hoặc khóa, và chỉ sau khi đã gặp trực tiếp. "
            "Người ấy bị đăng xuất ở mọi nơi, vào lại bằng mật khẩu rồi bật lại xác nhận hai lớp."
        )

    def act(self, data: dict[str, Any]) -> Done:
        actions.remove_second_factor(user=self.account, reason=data["reason"], **self.signed)
        return self.done(_("Đã bỏ xác nhận hai lớp."))


class Link(_AccountDeed):
    """Join an account to a member."""

    form_class = LinkForm
    verb = _lazy("Gắn")

    def title(self) -> str:
        return _("Gắn tài khoản %(name)s với đảng viên") % {"name": self.account}

    def sentence(self) -> str:
        return _("Sau đó người ấy có quyền theo chức vụ đang giữ, ghi ở hồ sơ đảng viên.")

    def act(self, data: dict[str, Any]) -> Done:
        actions.link_account(user=self.account, card_number=data["card_number"], **self.signed)
        return self.done(_("Đã gắn tài khoản với đảng viên."))
