"""Who meets: the bodies of a unit. Meetings, ballots and tasks name one together with its unit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """A body of a unit. Who sits in it on a day: `selectors.bodies`."""

    MEMBERS = "members", _("Toàn thể đảng viên")
    COMMITTEE = "committee", _("Cấp ủy")
    STANDING = "standing", _("Ban Thường vụ")
    INSPECTION = "inspection", _("Ủy ban Kiểm tra")
