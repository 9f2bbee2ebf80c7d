"""`hatnhan figures`: what the rooms vouch for, for people at the terminal and for programs."""

from __future__ import annotations

import json

import click

from hatnhan.core import clock
from hatnhan.core.errors import HatNhanError
from hatnhan.figures import periods, registry, scopes
from hatnhan.figures.templatetags.figures import in_words


@click.command("figures")
@click.option("--unit", "code", required=True, metavar="MÃ", help="Mã của tổ chức đảng, ví dụ tam-hong.")
@click.option(
    "--period", "text", required=True, metavar="KỲ", help="Kỳ: 2017, 2017-Q3, 2017-05 hoặc 2017-05-31."
)
@click.option("--json", "as_json", is_flag=True, help="In một danh sách JSON cho chương trình khác đọc.")
def figures(*, code: str, text: str, as_json: bool) -> None:
    """In mọi số liệu của một tổ chức đảng trong một kỳ."""
    try:
        period = periods.read_for_reports(text, clock.today())
        found = list(registry.compute(scopes.scope(code), period))
    except HatNhanError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(2) from error
    if as_json:
        click.echo(json.dumps([figure.as_dict() for figure in found], ensure_ascii=False, indent=2))
        return
    width = max((len(figure.measure.key) for figure in found), default=0)
    for figure in found:
        click.echo(f"{figure.measure.key:<{width}}  {in_words(figure.measure)}  {figure.measure.label}")


COMMANDS = (figures,)
