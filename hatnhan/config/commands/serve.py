"""`hatnhan serve`: the site, and what works in its background."""

from __future__ import annotations

import click

from hatnhan.config import ready


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ĐỊA CHỈ", help="Địa chỉ để nghe.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    metavar="CỔNG",
    help="Cổng để nghe.",
)
def serve(host: str, port: int) -> None:
    """Chạy trang Hạt Nhân và tiến trình làm việc nền, đến khi được bảo dừng (Ctrl+C)."""
    ready.set_up()
    from django.conf import settings  # noqa: PLC0415 - the settings are named only when the command runs

    from hatnhan.config import serving  # noqa: PLC0415 - granian is needed only here
    from hatnhan.config.commands.migrate import pending  # noqa: PLC0415

    if settings.DEMO:
        serving.require_loopback(host)
    if steps := pending():
        raise click.ClickException(f"Cơ sở dữ liệu còn thiếu {len(steps)} bước. Chạy: hatnhan migrate")
    if not settings.DEMO:
        _plan_ahead()
    click.echo(f"Hạt Nhân chạy tại {serving.url_of(host, port)}. Dừng: Ctrl+C.", err=True)
    serving.serve_site(host, port)


def _plan_ahead() -> None:
    """Set up the meetings of the coming year; the demonstration, which speaks of past days, keeps what it was given."""
    from hatnhan.accounts.actors import MACHINE  # noqa: PLC0415 - the apps are ready only when the command runs
    from hatnhan.core import clock  # noqa: PLC0415
    from hatnhan.meetings.actions.planning import top_up  # noqa: PLC0415

    top_up(by=MACHINE, at=clock.now())
