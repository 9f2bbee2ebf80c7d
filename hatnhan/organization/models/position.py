"""Posts, who held them, in which term. What a person may do follows from the post held today."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.organization.models.member import Member
from hatnhan.organization.models.unit import Unit


class Post(models.TextChoices):
    """Posts in a committee, a cell or an inspection committee, in protocol order."""

    SECRETARY = "secretary", _("Bí thư")
    STANDING_DEPUTY = "standing_deputy", _("Phó Bí thư Thường trực")
    DEPUTY = "deputy", _("Phó Bí thư")
    STANDING_MEMBER = "standing_member", _("Ủy viên Ban Thường vụ")
    COMMITTEE_MEMBER = "committee_member", _("Cấp ủy viên")
    INSPECTION_CHAIR = "inspection_chair", _("Chủ nhiệm Ủy ban Kiểm tra")
    INSPECTION_DEPUTY = "inspection_deputy", _("Phó Chủ nhiệm Ủy ban Kiểm tra")
    INSPECTION_MEMBER = "inspection_member", _("Ủy viên Ủy ban Kiểm tra")


_COMMITTEE_TITLES = {
    Post.SECRETARY: _("Bí thư Đảng ủy"),
    Post.DEPUTY: _("Phó Bí thư Đảng ủy"),
    Post.COMMITTEE_MEMBER: _("Đảng ủy viên"),
}
_CELL_TITLES = {
    Post.SECRETARY: _("Bí thư chi bộ"),
    Post.DEPUTY: _("Phó Bí thư chi bộ"),
    Post.COMMITTEE_MEMBER: _("Chi ủy viên"),
}


def post_title(post: str, *, of_cell: bool) -> str:
    """Return a post as people say it, which differs between a cell and a committee."""
    titles = _CELL_TITLES if of_cell else _COMMITTEE_TITLES
    return str(titles.get(Post(post), Post(post).label))


#: Posts of which a unit has at most one holder on a day.
SINGLE_POSTS = (Post.SECRETARY, Post.STANDING_DEPUTY, Post.INSPECTION_CHAIR)


class Term(models.Model):
    """The term of a unit's committee, such as "Nhiệm kỳ 2015–2020"."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(_("nhiệm kỳ"), max_length=60)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"))

    objects: ClassVar = DatedQuerySet["Term"].as_manager()

    class Meta:
        verbose_name = _("nhiệm kỳ")
        verbose_name_plural = _("nhiệm kỳ")
        ordering = ("-start",)
        constraints = (
            ends_after_start("term_ends_after_start"),
            NoOverlap(name="term_one_a_day", fields=["unit"]),
        )

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A post held in a unit from a day to a day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    post = models.CharField(_("chức vụ"), max_length=20, choices=Post.choices)
    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("nhiệm kỳ")
    )
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)
    decision_no = models.CharField(_("số quyết định"), max_length=60, blank=True)
    end_reason = models.CharField(_("lý do thôi"), max_length=120, blank=True)

    objects: ClassVar = DatedQuerySet["Position"].as_manager()

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        ordering = ("-start", "id")
        constraints = (
            ends_after_start("position_ends_after_start"),
            NoOverlap(name="position_once_a_day", fields=["member", "unit", "post"]),
            *(
                NoOverlap(
                    name=f"position_one_{post.value}",
                    fields=["unit"],
                    where={"post": post.value},
                    violation_error_message=_(
                        "Chức vụ này đang có người giữ. Cho thôi chức vụ người ấy trước."
                    ),
                )
                for post in SINGLE_POSTS
            ),
        )
        indexes = (models.Index(fields=["unit", "start"], name="position_of_unit"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The post as people say it; reads the unit."""
        return post_title(self.post, of_cell=self.unit.is_cell)

    @property
    def rank(self) -> tuple[bool, int]:
        """For sorting by protocol: committees before cells, then by post; reads the unit."""
        return (self.unit.is_cell, list(Post).index(Post(self.post)))
