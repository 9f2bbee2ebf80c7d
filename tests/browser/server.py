"""A real Hạt Nhân for the journeys: loaded by its own command, served by its own server, then stopped."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import environ
import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

HATNHAN = Path(sys.executable).with_name("hatnhan")
LOAD_SECONDS = 420
START_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Account:
    role: str
    username: str
    password: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Site:
    url: str
    accounts: dict[str, Account]
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """Run `hatnhan ARGUMENT…` on this site's data and return what it printed; fail if it failed."""
        return run(*arguments, environment=self.environment)


def run(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [HATNHAN, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LOAD_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"hatnhan {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def database(worker: str) -> Iterator[dict[str, str]]:
    """Give the variables that name a database of this worker's own: a new one on PostgreSQL, else none."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    server = environ.Env.db_url_config(url)
    name = f"hatnhan_journeys_{worker}"
    at_server = {
        "host": server["HOST"] or None,
        "port": server["PORT"] or None,
        "user": server["USER"] or None,
        "password": server["PASSWORD"] or None,
        "dbname": server["NAME"],
    }

    def execute(statement: str) -> None:
        with psycopg.connect(**at_server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    execute("CREATE DATABASE {}")
    try:
        yield {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
    finally:
        execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")


@contextmanager
def serving(folder: Path, *, worker: str) -> Iterator[Site]:
    """Load the demonstration into a folder and a database of this worker's own; serve it on a free port."""
    with database(worker) as variables:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"} and not name.startswith("HATNHAN_")
        }
        environment |= {"HATNHAN_MODE": "demo", "HATNHAN_STATE": str(folder), **variables}
        loaded = json.loads(run("demo", "--no-serve", "--json", environment=environment))
        accounts = {entry["role"]: Account(**entry) for entry in loaded["accounts"]}
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        log = folder / "server.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [HATNHAN, "demo", "--port", str(port)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until_it_answers(url, process, log)
            yield Site(url=url, accounts=accounts, environment=environment)
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until the server answers; if it ended, or is silent for START_SECONDS, fail with its own words."""
    for _ in range(START_SECONDS * 10):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 -- the address is made above
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    message = f"Máy chủ không trả lời.\n{log.read_text()}"
    raise AssertionError(message)
