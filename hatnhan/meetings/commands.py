"""`hatnhan meetings plan`."""

from __future__ import annotations

import json

import click


@click.group()
def meetings() -> None:
    """Cuộc họp theo nền nếp."""


@meetings.command("plan")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def plan(*, as_json: bool) -> None:
    """Xếp sẵn các cuộc họp mười hai tháng tới theo nền nếp; chạy lại thì không xếp thêm gì."""
    from hatnhan.accounts.actors import MACHINE  # noqa: PLC0415 - the apps are ready only when the command runs
    from hatnhan.core import clock  # noqa: PLC0415
    from hatnhan.meetings.actions.planning import top_up  # noqa: PLC0415

    count = top_up(by=MACHINE, at=clock.now())
    if as_json:
        click.echo(json.dumps({"planned": count}))
    elif count:
        click.echo(f"Đã xếp thêm {count} cuộc họp.")
    else:
        click.echo("Các cuộc họp mười hai tháng tới đã có đủ.")


COMMANDS = (meetings,)
