"""PostgreSQL's own programs, told by the environment where the database is: no password on a command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import IO, Any

import click
from django.db import connection

_VARIABLES = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs, the newest that is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    found = next((str(f / name) for f in folders if (f / name).is_file()), None) or shutil.which(name)
    if not found:
        raise click.ClickException(
            f"Thiếu chương trình {name}. Cài bằng lệnh: sudo apt-get install postgresql-client"
        )
    return found


def _version(folder: Path) -> int:
    return int(re.sub(r"\D", "", folder.parent.name) or 0)


def run(name: str, *arguments: str, source: IO[bytes] | None = None) -> None:
    """Run one of the programs on the database of the settings. Raises ClickException with its last words."""
    process = subprocess.run(  # noqa: S603 - a program of the system, arguments written here
        [program(name), *arguments],
        env=_environment(),
        stdin=source or subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if process.returncode:
        raise failed(name, process.stderr)


def failed(name: str, said: bytes) -> click.ClickException:
    """Return the error for a program that failed."""
    lines = said.decode(errors="replace").strip().splitlines() or ["không rõ vì sao"]
    return click.ClickException(f"{name} không làm được: {lines[-1]}")


def _environment() -> dict[str, str]:
    settings: dict[str, Any] = connection.settings_dict
    named = {variable: str(settings[key]) for key, variable in _VARIABLES.items() if settings.get(key)}
    return os.environ | named | {"PGCLIENTENCODING": "UTF8"}


def dump(path: Path) -> None:
    """Write the whole database into a file in PostgreSQL's own form."""
    run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={path}")


def check(path: Path) -> None:
    """Raise ClickException unless a file holds a dump that can be read."""
    run("pg_restore", "--list", str(path))


def load(path: Path, folder: Path) -> None:
    """Put a dump in the place of everything in the database, in one transaction: all of it or nothing."""
    script = folder / "restore.sql"
    run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
    text = script.read_bytes()
    # The dump brings the schema along or not, depending on the version; here it is always made beforehand.
    text = re.sub(rb"(?m)^CREATE SCHEMA public;$", b"", text)
    script.write_bytes(b"DROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n" + text)
    connection.close()
    run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")
