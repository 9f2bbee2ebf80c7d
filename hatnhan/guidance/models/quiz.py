"""A short quiz on a document, from a bank that the committee edits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.guidance.models.register import Document
from hatnhan.organization.models import Member


class Question(models.Model):
    """One question with several answers of which one is right. ``retired_on``: no longer asked, kept for the record."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(_("câu hỏi"), max_length=500)
    #: Said after the answer: where in the document it stands.
    reason = models.CharField(_("giải thích"), max_length=500, blank=True)
    added_on = models.DateField(_("ngày thêm"))
    retired_on = models.DateField(_("thôi dùng từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("ngân hàng câu hỏi")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """One answer to choose from."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    text = models.CharField(_("phương án"), max_length=300)
    right = models.BooleanField(_("đúng"), default=False)

    class Meta:
        verbose_name = _("phương án")
        verbose_name_plural = _("phương án")
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=["question"], name="one_right_option", condition=Q(right=True)),
        )

    def __str__(self) -> str:
        return self.text


class Attempt(models.Model):
    """One try at the quiz: how many of how many were right. Which answers were given is not kept.

    Seen by the member and the secretary of the member's cell, nobody else.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attempts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="quiz_attempts")
    at = models.DateTimeField(_("làm lúc"))
    asked = models.PositiveSmallIntegerField(_("số câu"))
    right = models.PositiveSmallIntegerField(_("số câu đúng"))
    passed = models.BooleanField(_("đạt"))
    #: The version of the rule that said so.
    rule = models.CharField(max_length=120)
    entered_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("lần làm bài")
        verbose_name_plural = _("các lần làm bài")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="attempt_right_of_asked", condition=Q(asked__gt=0) & Q(right__lte=F("asked"))
            ),
        )
        indexes = (models.Index(fields=["member", "document"], name="attempt_of_member"),)

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"
