"""Commands on accounts, for whoever has the server's shell."""

from __future__ import annotations

import json

import click

from hatnhan.accounts import actions
from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock


@click.command("create-admin")
@click.option("--username", prompt="Tên đăng nhập", help="Tên đăng nhập: chữ thường không dấu.")
@click.option("--name", prompt="Họ và tên", help="Họ và tên.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
def create_admin(username: str, name: str, *, as_json: bool) -> None:
    """Mở tài khoản quản trị kỹ thuật và in mật khẩu, một lần."""
    issued = actions.open_account(
        by=MACHINE, at=clock.now(), username=username, display_name=name, is_administrator=True
    )
    said = {"username": issued.user.username, "password": issued.password}
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    click.echo(f"Tên đăng nhập: {said['username']}")
    click.echo(f"Mật khẩu: {said['password']}")
    click.echo("Mật khẩu này không hiện lại; phải đổi khi đăng nhập lần đầu.")


COMMANDS = (create_admin,)
