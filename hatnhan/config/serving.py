"""Serving the site, with the background worker beside it; both end together."""

from __future__ import annotations

import ipaddress
import os
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import click
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_THREADS = 4
_PATIENCE = 10
_LONGEST_PAUSE = 30.0


def is_loopback(host: str) -> bool:
    """Tell whether only this machine itself can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_loopback(host: str) -> None:
    """Raise UsageError for an address that others could reach: the demonstration's key is known to all."""
    if not is_loopback(host):
        message = (
            f"Bản dùng thử chỉ nghe trên chính máy này (127.0.0.1, ::1 hoặc localhost), không nghe ở {host}."
        )
        raise click.UsageError(message)


def require_free(host: str, port: int) -> None:
    """Raise ClickException when an address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = (
                f"Không nghe được ở {host}, cổng {port} ({error.strerror}). Chọn cổng khác: --port {port + 1}"
            )
            raise click.ClickException(message) from error


def url_of(host: str, port: int) -> str:
    """Return the address of the site."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve_site(host: str, port: int) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM)."""
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    require_free(address, port)
    server = Granian(
        "hatnhan.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=_THREADS,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
    )
    connections.close_all()  # SQLite forbids to carry a connection into a forked process
    with BackgroundWorker():
        server.serve()


class BackgroundWorker:
    """Runs what pages leave for later (imports of rosters) in a child process, and starts it anew should it fall."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name="background worker", daemon=True)

    def __enter__(self) -> Self:
        # Before the server forks: whoever is forked later knows the child's pipe and lets go of it.
        os.register_at_fork(after_in_child=self._let_go)
        self._start()
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        with self._lock:
            child = self._child
            if child:
                child.terminate()
        if child:
            try:
                child.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._watcher.join(_PATIENCE)

    def _let_go(self) -> None:
        """Close the pipe in a forked server process, so that it is this process alone whose end the child hears of."""
        if self._child and self._child.stdin:
            self._child.stdin.close()

    def _watch(self) -> None:
        pause, child = 1.0, self._child
        while child:
            code = child.wait()
            if not self._stopping.is_set():
                click.echo(
                    f"Tiến trình làm việc nền dừng (mã {code}); chạy lại sau {pause:.0f} giây.", err=True
                )
            self._stopping.wait(pause)
            pause, child = min(2 * pause, _LONGEST_PAUSE), self._start()

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopping.is_set():
                return None
            # Its input is a pipe that closes with this process, however this process ends: then the child ends too.
            self._child = subprocess.Popen(
                [sys.executable, "-m", "hatnhan.config.worker"], stdin=subprocess.PIPE, start_new_session=True
            )
            return self._child
