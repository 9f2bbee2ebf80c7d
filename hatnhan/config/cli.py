"""`hatnhan`: one command for everything that is done at the terminal.

Its own commands stand in `commands/`; a room adds its own by a tuple COMMANDS in its `commands.py`. Django is set up
only when a command needs it, so that `demo` can say first that this is a demonstration.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from hatnhan.config import ready, wording
from hatnhan.config.commands import OWN

if TYPE_CHECKING:
    from collections.abc import Sequence


class Program(click.Group):
    """The commands of this package, then those of the rooms."""

    context_class = wording.Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        """Return the names of all commands; where the settings are not complete, of those that work without."""
        try:
            return sorted({*self.commands, *ready.room_commands()})
        except ready.NotReady:
            return sorted(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of this package, else set up Django and look in the rooms."""
        found = super().get_command(ctx, cmd_name) or ready.room_commands().get(cmd_name)
        return wording.in_vietnamese(found) if found else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say in Vietnamese that there is no such command."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"Không có lệnh “{args[0]}”. Xem các lệnh: hatnhan --help", ctx)
        return super().resolve_command(ctx, args)


program = Program(
    name="hatnhan",
    commands={name: command for command in OWN if (name := command.name)},
    help="Hạt Nhân: phần mềm để một đảng ủy xã điều hành công việc trong năm.",
    no_args_is_help=True,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 when done, 2 when asked wrongly, 1 when it failed, with one line saying why."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        code = program.main(args=arguments, prog_name="hatnhan", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng.", err=True)
        return 130
    except BrokenPipeError:
        return 1
    except ready.EXPECTED as error:
        click.echo(f"Lỗi: {wording.sentence(error)}", err=True)
        return getattr(error, "exit_code", 1)
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    main()
