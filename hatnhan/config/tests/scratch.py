"""A place of its own for the real program: a folder, and on PostgreSQL a database."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import environ
import psycopg
from psycopg import sql

HATNHAN = Path(sys.executable).with_name("hatnhan")
PATIENCE = 120
_numbers = count(1)


#: Runs commands one after another in one process: starting Python and Django is what takes long.
_SEVERAL = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from hatnhan.config import cli, ready

def users():
    ready.set_up()
    from hatnhan.accounts.models import User
    print(*sorted(User.objects.values_list("username", flat=True)))
    return 0

said = []
for arguments in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = users() if arguments == ["users"] else cli.run(arguments)
    said.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(said))
"""


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Scratch:
    folder: Path
    environment: dict[str, str]

    def run(self, *commands, **variables):
        """Run commands ("users" lists the accounts), each given as one string or a list; return what each said."""
        split = [shlex.split(command) if isinstance(command, str) else command for command in commands]
        done = self.start([sys.executable, "-c", _SEVERAL, json.dumps(split)], **variables)
        assert done.returncode == 0, done.stderr
        return [Said(*said) for said in json.loads(done.stdout)]

    def start(self, command, **variables):
        """Run a program to its end."""
        return subprocess.run(  # noqa: S603 - our own program, arguments written in the tests
            command,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


@contextmanager
def scratch_place(folder, mode="production"):
    """Give a scratch place; its database is new and is gone afterwards."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"} and not name.startswith("HATNHAN_")
    }
    ours = {"HATNHAN_MODE": mode, "HATNHAN_STATE": str(folder), "HATNHAN_SECRET_KEY": "mot-khoa-de-thu" * 5}
    with _database() as url:
        yield Scratch(folder, kept | ours | url)


@contextmanager
def _database():
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"hatnhan_scratch_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}_{next(_numbers)}"
    server = environ.Env.db_url_config(url)
    at = {key.lower(): server[key] or None for key in ("HOST", "PORT", "USER", "PASSWORD")}

    def execute(statement):
        with psycopg.connect(**at, dbname=server["NAME"], autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    execute("CREATE DATABASE {}")
    try:
        yield {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
    finally:
        execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")
