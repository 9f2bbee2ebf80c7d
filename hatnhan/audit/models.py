"""One row a deed. Rows are chained by hash; triggers refuse to change or delete them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

#: What the first row is chained to.
GENESIS = "0" * 64
#: The deed of reading a personal file.
READ_FILE = "organization:member:read"


class Entry(models.Model):
    """Who did what to which thing, when.

    ``subject_id`` names the member whose personal file was read or written, ``unit_id`` the unit it belongs to; both
    are plain numbers because this room stands below the one that owns them.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("lúc"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        verbose_name=_("người làm"),
        related_name="+",
    )
    actor_name = models.CharField(_("tên người làm"), max_length=120)
    action = models.CharField(_("việc"), max_length=80)
    object_type = models.CharField(_("loại"), max_length=60, blank=True)
    object_id = models.CharField(_("mã"), max_length=40, blank=True)
    object_name = models.CharField(_("tên"), max_length=200, blank=True)
    unit_id = models.BigIntegerField(_("tổ chức"), null=True)
    subject_id = models.BigIntegerField(_("hồ sơ của"), null=True)
    details = models.JSONField(_("chi tiết"), default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("dòng nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["subject_id", "-id"], name="audit_subject"),
            models.Index(fields=["unit_id", "-id"], name="audit_unit"),
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_object"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.object_name}".strip()

    def fingerprint(self) -> str:
        """Return the hash over what the row says and the row before it."""
        said = {
            "at": stamp(self.at),
            "actor": self.actor_id,
            "actor_name": self.actor_name,
            "action": self.action,
            "object": [self.object_type, self.object_id, self.object_name],
            "unit": self.unit_id,
            "subject": self.subject_id,
            "details": self.details,
            "previous": self.previous_hash,
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """Return a moment as text that both databases give back the same."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value as JSON keeps it, so that the hash over it is the same when it is read back."""
    kept: dict[str, Any] = json.loads(json.dumps(value, ensure_ascii=False, default=str))
    return kept
