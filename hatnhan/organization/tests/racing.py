"""A database of their own for programs that race, commit and are killed; on the engine that the suite runs on."""

from __future__ import annotations

import os
from contextlib import contextmanager

from django.db import connection


@contextmanager
def own_database(state, name):
    """Give the environment for a program whose database is new; it is gone afterwards."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "hatnhan.config.testing",
        "HATNHAN_STATE": str(state),
        "DATABASE_URL": f"sqlite:///{state / 'races.sqlite3'}",
    }
    if connection.vendor != "postgresql":
        yield environment
        return
    name = f"hatnhan_{name}_{os.getpid()}"
    environment["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield environment
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
