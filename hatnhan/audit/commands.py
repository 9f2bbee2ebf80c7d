"""Commands on the record."""

from __future__ import annotations

import json

import click

from hatnhan.audit import selectors


@click.group()
def audit() -> None:
    """Nhật ký việc đã làm."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
def verify(*, as_json: bool) -> None:
    """Dò cả chuỗi nhật ký; thoát với mã 1 và nêu dòng hỏng nếu có dòng bị sửa, chèn, xóa."""
    verdict = selectors.verify()
    whole = verdict.broken_at is None
    if as_json:
        said = {"rows": verdict.rows, "whole": whole, "broken_at": verdict.broken_at, "seal": verdict.seal}
        click.echo(json.dumps(said))
    elif whole:
        click.echo(f"Nhật ký nguyên vẹn: {verdict.rows} dòng. Dấu của dòng cuối: {verdict.seal}")
    else:
        click.echo(
            f"Nhật ký hỏng ở dòng số {verdict.broken_at} (dòng thứ {verdict.rows} kể từ đầu).", err=True
        )
    if not whole:
        raise click.exceptions.Exit(1)


COMMANDS = (audit,)
