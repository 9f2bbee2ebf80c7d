"""The register of documents: what came from above and what the committee made of it, with the text to search."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Member, Unit

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    """Ways of asking for documents."""

    def in_force(self, on: date) -> Self:
        """Keep those in force on a day; a document without a first day holds from the day it was issued."""
        begun = Q(effective_from__lte=on) | Q(effective_from=None, issued_on__lte=on)
        return self.filter(begun).filter(Q(effective_to=None) | Q(effective_to__gt=on))

    def visible_to(self, user: User) -> Self:
        """Keep those in the registers of the units a person may know of: the own cell's, and the line above it."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        return self.filter(unit__in=powers_of(user).units_seen)


class Document(models.Model):
    """One document in the register of a committee. Never a classified one.

    The same number issued under another date is another document. ``kind`` is a key of the rulebook's kinds.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", verbose_name=_("nơi vào sổ")
    )
    kind = models.CharField(_("loại văn bản"), max_length=20)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=160)
    number = models.CharField(_("số, ký hiệu"), max_length=40)
    issued_on = models.DateField(_("ngày ban hành"))
    subject = models.CharField(_("trích yếu"), max_length=500)
    effective_from = models.DateField(_("hiệu lực từ ngày"), null=True, blank=True)
    #: The first day on which it is no longer in force; null = in force until replaced.
    effective_to = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    received_on = models.DateField(_("ngày nhận"), null=True, blank=True)
    received_by = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người nhận"),
    )
    #: The document from above that this one of the committee's own carries out: resolution → action programme.
    carries_out = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_out_by",
        verbose_name=_("thực hiện văn bản"),
    )
    #: Grows with every new text or file: who read it, read a version.
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField(_("vào sổ lúc"))

    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ("-issued_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "number", "issued_on"], name="document_registered_once"),
            models.CheckConstraint(
                name="document_ends_after_it_begins",
                condition=Q(effective_to=None)
                | Q(effective_from=None)
                | Q(effective_to__gt=F("effective_from")),
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-issued_on"], name="document_of_unit"),
            models.Index(fields=["kind", "-issued_on"], name="document_of_kind"),
        )

    def __str__(self) -> str:
        return self.number


class Replacement(models.Model):
    """That one document replaces another, from a day."""

    old = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="replaced_by")
    new = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="replaces")
    on = models.DateField(_("từ ngày"))

    class Meta:
        verbose_name = _("thay thế")
        verbose_name_plural = _("thay thế")
        constraints = (
            models.UniqueConstraint(fields=["old", "new"], name="replacement_once"),
            models.CheckConstraint(name="replacement_of_another", condition=~Q(old=F("new"))),
        )

    def __str__(self) -> str:
        return f"{self.new_id} ← {self.old_id}"


class DocumentFile(models.Model):
    """A file of a document. Its text is read in the background; a scanned one has none and says so."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang đọc chữ trong tệp")
        READ = "read", _("Tìm được trong nội dung")
        NO_TEXT = "no_text", _("Bản chụp: không có chữ để tìm")
        REFUSED = "refused", _("Đã bỏ: có dấu độ mật")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("tên tệp"), max_length=200)
    #: Empty once refused: a classified file does not stay on the machine.
    file = models.FileField(_("tệp"), upload_to="guidance/", blank=True)
    size = models.PositiveIntegerField(_("số byte"))
    sha256 = models.CharField(max_length=64)
    #: The version of the document that this file made.
    version = models.PositiveIntegerField()
    state = models.CharField(_("tình trạng"), max_length=8, choices=State.choices, default=State.WAITING)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True)
    #: What was read from it, "" for a scan.
    text = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(_("gửi lúc"))
    by_name = models.CharField(_("người gửi"), max_length=120)

    class Meta:
        verbose_name = _("tệp văn bản")
        verbose_name_plural = _("tệp văn bản")
        ordering = ("-version", "pk")
        constraints = (models.UniqueConstraint(fields=["document", "sha256"], name="document_file_once"),)

    def __str__(self) -> str:
        return self.name


class DocumentText(models.Model):
    """All that can be searched of a document: typed in, or read from its files.

    The keys are folded, and after them stand the words that have marks, each once: both databases keep a full-text
    index over the three, the number's before issuer and subject before the text. Only `actions.register` writes them.
    """

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="full_text"
    )
    text = models.TextField(_("toàn văn"), blank=True)
    #: Typed by a person; else put together from the files, anew whenever one is read or taken away.
    typed = models.BooleanField(default=False)
    number_key = models.CharField(max_length=60, blank=True)
    head_key = models.TextField(blank=True)
    search_key = models.TextField(blank=True)

    class Meta:
        verbose_name = _("toàn văn")
        verbose_name_plural = _("toàn văn")

    def __str__(self) -> str:
        return str(self.document_id)
