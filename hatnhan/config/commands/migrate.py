"""`hatnhan migrate`: bring the database to what the code expects."""

from __future__ import annotations

import json

import click
from django.core.management import call_command

from hatnhan.config import ready


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def migrate(*, as_json: bool) -> None:
    """Tạo bảng, hoặc nâng cấp cơ sở dữ liệu theo bản phần mềm đang dùng."""
    ready.set_up()
    steps = bring_up_to_date()
    if as_json:
        click.echo(json.dumps({"applied": steps}))
    elif steps:
        click.echo(f"Cơ sở dữ liệu đã nâng cấp, qua {len(steps)} bước.")
    else:
        click.echo("Cơ sở dữ liệu đã đúng bản, không có gì để nâng cấp.")


def bring_up_to_date() -> list[str]:
    """Apply what is not applied, make the cache's table, and return the names of the steps."""
    from django.conf import settings  # noqa: PLC0415 - the settings are named only when the command runs

    settings.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    steps = pending()
    if steps:
        click.echo(f"Nâng cấp cơ sở dữ liệu: {len(steps)} bước…", err=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return steps


def pending() -> list[str]:
    """Return the names of the steps that the database still lacks."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]
