"""`hatnhan demo`: the invented commune, loaded once and served on this machine alone."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from hatnhan.config import ready

if TYPE_CHECKING:
    from hatnhan.demo.accounts import Account


@click.command()
@click.option("--no-serve", is_flag=True, help="Chỉ nạp dữ liệu, không chạy trang.")
@click.option("--reset", is_flag=True, help="Bỏ hết những gì đã nhập, nạp lại từ đầu.")
@click.option("--json", "as_json", is_flag=True, help="In địa chỉ và các tài khoản dạng JSON.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ĐỊA CHỈ",
    help="Địa chỉ để nghe: chỉ của máy này.",
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    metavar="CỔNG",
    help="Cổng để nghe.",
)
def demo(host: str, port: int, *, no_serve: bool, reset: bool, as_json: bool) -> None:
    """Dùng thử với xã Tam Hồng: dữ liệu dựng, không phải người thật."""
    ready.set_up("demo")
    from hatnhan.config import serving  # noqa: PLC0415 - granian and the applications are needed only here
    from hatnhan.demo import database, load  # noqa: PLC0415

    serving.require_loopback(host)
    if not no_serve:
        serving.require_free("127.0.0.1" if host == "localhost" else host.strip("[]"), port)
    url = serving.url_of(host, port)
    if not no_serve and (reset or not load.is_loaded()):
        _load_apart(afresh=reset)
        reset = False
    accounts = load.load_once(_progress, afresh=reset)
    if as_json:
        said = {"url": url, "accounts": [asdict(account) for account in accounts]}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo(_table(accounts))
    if no_serve:
        return
    click.echo(f"\nHạt Nhân chạy tại {url}. Dừng: Ctrl+C.", err=as_json)
    with database.held(alone=False):
        serving.serve_site(host, port)


def _load_apart(*, afresh: bool) -> None:
    """Load in a process of its own, which ends before the server begins.

    The engine that draws the demonstration's files leaves threads of its own behind. The server forks its workers, a
    fork takes no threads along, and the first paper asked of such a worker would wait for them for ever.
    """
    from django.db import connections  # noqa: PLC0415 - the settings are read by now

    # The other process puts a new file in the place of this one: held open, the old one would look empty for ever.
    connections.close_all()
    command = [sys.executable, "-m", "hatnhan.config.cli", "demo", "--no-serve"]
    if afresh:
        command.append("--reset")
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - this program itself
    if done.returncode:
        sys.exit(done.returncode)


def _progress(share: float, what: str) -> None:
    end = "\r" if sys.stderr.isatty() else "\n"
    click.echo(f"Nạp dữ liệu dùng thử: {share:4.0%}  {what:<40}{end}", err=True, nl=False)


def _table(accounts: list[Account]) -> str:
    from hatnhan.demo.accounts import ROLES  # noqa: PLC0415

    roles = {role.role: role for role in ROLES}
    lines = [("Vai", "Tên đăng nhập", "Mật khẩu", "Dùng thử")]
    lines += [(roles[a.role].title, a.username, a.password, roles[a.role].to_try) for a in accounts]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    rows = [
        "  ".join([*(f"{text:<{w}}" for text, w in zip(line, widths, strict=False)), line[3]])
        for line in lines
    ]
    return "\n".join(["", "Xã Tam Hồng: dữ liệu minh họa, họ tên và sự việc do máy dựng.", "", *rows])
