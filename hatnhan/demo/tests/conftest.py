"""The demonstration in the books: loaded once for all tests that look at it, through the actions and the import."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from hatnhan.demo import load

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the story inside a transaction that is undone when its tests are over."""
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    files["OPTIONS"] = {"location": tmp_path_factory.mktemp("files")}
    elsewhere = override_settings(STORAGES=settings.STORAGES | {"default": files})
    with elsewhere, django_db_blocker.unblock(), transaction.atomic():
        yield load.write_story(TODAY)
        transaction.set_rollback(True)
