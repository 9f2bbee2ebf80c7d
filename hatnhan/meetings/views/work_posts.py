"""The posts of work that the weekly review looks at: listed, and what is done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hatnhan.core import clock, vietnamese
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.meetings import permissions
from hatnhan.meetings.actions import work_posts as actions
from hatnhan.meetings.forms import reviews as forms
from hatnhan.meetings.selectors import work_posts
from hatnhan.meetings.views.frame import SECTION
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import deeds

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.meetings.models import WorkPost
    from hatnhan.organization.models import Unit


@require_safe
def listed(request: Request) -> HttpResponse:
    """Show the posts of the unit's work on the day looked at, and who holds them since when."""
    unit = _unit(request)
    held = work_posts.posts_of(unit, request.as_of)
    context = {
        "section": SECTION,
        "unit": unit,
        "leaders": [one for one in held if one.post.leads_government],
        "others": [one for one in held if not one.post.leads_government],
        "count": len(held),
        "empty": sum(one.holder is None or one.left for one in held),
        "leads": permissions.leads(request.user, unit.pk),
    }
    return render(request, "meetings/reviews/work_posts.html", context)


def _unit(request: Request) -> Unit:
    """Return the committee looked at. Raises Missing for a cell, and for those who do not read its files."""
    unit: Unit | None = request.unit
    if unit is None or unit.is_cell or not powers_of(request.user).may_read_roster(unit.pk):
        raise Missing
    return unit


class _Posts(Deed):
    """What the deeds about posts share."""

    section = SECTION

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Sinh hoạt, hội nghị"), reverse(SECTION)),
            Crumb(_("Vị trí công tác"), reverse("meetings:work-posts")),
        ]

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the list."""
        return Done(message, reverse("meetings:work-posts"))


class NewWorkPost(_Posts):
    """Add a post of work."""

    form_class = forms.WorkPostForm
    verb = gettext_lazy("Thêm vị trí")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        self.unit = _unit(self.request)
        permissions.require_lead(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Thêm vị trí công tác: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _("Phiếu nhận xét hằng tuần có một dòng cho vị trí này, từ kỳ họp khai mạc sau đó.")

    def initial(self) -> dict[str, Any]:
        return {"start": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        position = work_posts.next_position(self.unit)
        made = actions.create_work_post(unit=self.unit, position=position, **data, **self.signed)
        return self.done(_("Đã thêm vị trí “%(name)s”. Tiếp theo: ghi người giữ.") % {"name": made})


class _PostDeed(_Posts):
    """Something done about a post that exists."""

    post_held: WorkPost

    def prepare(self, **address: Any) -> None:
        units = powers_of(self.request.user).units_kept
        self.post_held = work_posts.post_for(address["pk"], units)

    @property
    def names(self) -> dict[str, object]:
        """The post, to be put into sentences."""
        return {"post": self.post_held.name}


class SetHolder(_PostDeed):
    """Say who takes over a post; found by name."""

    form_class = forms.HolderForm
    template_name = "meetings/reviews/holder.html"
    verb = gettext_lazy("Ghi người giữ")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.query = self.request.GET.get("q", "").strip()
        self.found = deeds.named(self.post_held.unit, self.query)
        self.holder = work_posts.holder_now(self.post_held)

    def title(self) -> str:
        return _("Người giữ vị trí: %(post)s") % self.names

    def sentence(self) -> str:
        if self.holder is None:
            return _("Vị trí này đang chưa có người giữ. Chỉ đảng viên trong Đảng bộ giữ vị trí ở đây.")
        words = _("Đ/c %(name)s giữ từ %(day)s; thôi giữ từ ngày người mới giữ.")
        return words % {"name": self.holder.member, "day": vietnamese.day(self.holder.start)}

    def form_options(self) -> dict[str, Any]:
        return {"eligible": deeds.members_of(self.post_held.unit), "found": self.found}

    def initial(self) -> dict[str, Any]:
        return {"start": clock.today()}

    def state(self) -> str:
        return f"{self.post_held.pk}:{self.holder.pk if self.holder else ''}"

    def extra(self) -> dict[str, Any]:
        full = bool(self.query) and len(self.found) == deeds.SHOWN
        return {"query": self.query, "found": self.found, "full": full, "unit_name": self.post_held.unit.name}

    def act(self, data: dict[str, Any]) -> Done:
        member = data["member"]
        actions.set_holder(work_post=self.post_held, member=member, start=data["start"], **self.signed)
        words = {**self.names, "name": member, "day": vietnamese.day(data["start"])}
        if member is None:
            return self.done(_("Đã ghi: vị trí %(post)s để trống từ %(day)s.") % words)
        return self.done(_("Đã ghi: đ/c %(name)s giữ vị trí %(post)s từ %(day)s.") % words)


class RenameWorkPost(_PostDeed):
    """Call a post otherwise, or put it elsewhere in the list."""

    form_class = forms.RenameWorkPostForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Sửa vị trí: %(post)s") % self.names

    def sentence(self) -> str:
        return _("Nhận xét đã ghi giữ nguyên tên cũ.")

    def initial(self) -> dict[str, Any]:
        one = self.post_held
        return {"name": one.name, "leads_government": one.leads_government, "position": one.position}

    def state(self) -> str:
        return str(self.initial())

    def act(self, data: dict[str, Any]) -> Done:
        actions.rename_work_post(work_post=self.post_held, **data, **self.signed)
        return self.done(_("Đã sửa vị trí “%(name)s”.") % {"name": self.post_held})


class EndWorkPost(_PostDeed):
    """End a post."""

    form_class = forms.EndWorkPostForm
    verb = gettext_lazy("Thôi dùng vị trí này")

    def title(self) -> str:
        return _("Thôi dùng vị trí: %(post)s") % self.names

    def sentence(self) -> str:
        return _("Từ ngày ấy phiếu nhận xét không còn dòng cho vị trí này. Nhận xét đã ghi giữ nguyên.")

    def initial(self) -> dict[str, Any]:
        return {"end": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        actions.end_work_post(work_post=self.post_held, **data, **self.signed)
        words = {**self.names, "day": vietnamese.day(data["end"])}
        return self.done(_("Đã ghi: vị trí %(post)s thôi dùng từ %(day)s.") % words)
