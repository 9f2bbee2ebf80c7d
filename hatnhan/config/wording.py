"""Vietnamese words for what click says in English."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

import click
from django.db.utils import Error as DatabaseError
from django.db.utils import OperationalError, ProgrammingError

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh", "Arguments": "Tham số"}
_ARGUMENTS = ("[OPTIONS]", "[TÙY CHỌN]"), ("COMMAND [ARGS]...", "LỆNH [THAM SỐ]...")
_HELP = "Show this message and exit."
_NOTES = (
    (re.compile(r"\[required]"), "[bắt buộc]"),
    (re.compile(r"\[default: ([^]]*)]"), r"[không ghi thì là \1]"),
)
_VALUES = (
    (re.compile(r"(?:File|Path|Directory) '(?P<it>.+)' does not exist\."), "Không có tệp “{it}”."),
    (
        re.compile(r"(?:File|Path|Directory) '(?P<it>.+)' is a directory\."),
        "“{it}” là thư mục, không phải tệp.",
    ),
    (re.compile(r"(?:File|Path|Directory) '(?P<it>.+)' is not readable\."), "Không được đọc tệp “{it}”."),
    (re.compile(r"'(?P<it>.+)' is not a valid integer(?: range)?\."), "“{it}” không phải là số nguyên."),
    (re.compile(r"(?P<it>.+) is not in the range (?P<range>.+)\."), "{it} nằm ngoài khoảng {range}."),
    (re.compile(r"'(?P<it>.+)' is not one of (?P<those>.+)\."), "“{it}” không có trong: {those}."),
    (re.compile(r"Got unexpected extra arguments? \((?P<it>.+)\)"), "Thừa tham số: {it}."),
)


class Formatter(click.HelpFormatter):
    """Lays out `--help` with Vietnamese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the first line."""
        for english, vietnamese in _ARGUMENTS:
            args = args.replace(english, vietnamese)
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of options or commands."""
        super().write_dl([(name, _note(text)) for name, text in rows], col_max, col_spacing)


def _note(text: str) -> str:
    text = text.replace(_HELP, "In hướng dẫn này.")
    for english, vietnamese in _NOTES:
        text = english.sub(vietnamese, text)
    return text


class Context(click.Context):
    """A context whose help is Vietnamese."""

    formatter_class = Formatter


def in_vietnamese(command: click.Command) -> click.Command:
    """Let a command and those below it speak Vietnamese in their help; return it."""
    command.context_class = Context
    if isinstance(command, click.Group):
        for below in command.commands.values():
            in_vietnamese(below)
    return command


def sentence(error: Exception) -> str:
    """Return what went wrong in one line for the person at the terminal."""
    if isinstance(error, click.ClickException):
        text = _of_click(error)
    elif isinstance(error, DatabaseError):
        text = _of_database(error)
    elif isinstance(error, OSError) and error.filename:
        text = _of_file(error)
    else:
        text = str(error) or type(error).__name__
    return " ".join(text.split())


def _of_click(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {_named(error)}."
    if isinstance(error, click.BadParameter):
        return f"{_named(error)}: {_value(error.message)}"
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}."
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn {error.option_name} cần một giá trị, hoặc không nhận giá trị nào. Xem --help."
    return _value(error.message)


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "tham số"
    if isinstance(error.param, click.Option):
        return f"tùy chọn {error.param.opts[-1] if len(error.param.opts) == 1 else error.param.opts[0]}"
    return f"tham số {error.param.human_readable_name}"


def _value(text: str) -> str:
    for english, vietnamese in _VALUES:
        if match := english.search(text):
            return vietnamese.format(**match.groupdict())
    return text


_WHY = {
    errno.ENOENT: "không có thư mục hoặc tệp này",
    errno.EACCES: "không có quyền đọc hoặc ghi ở đây",
    errno.EPERM: "không có quyền đọc hoặc ghi ở đây",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EISDIR: "đây là thư mục, cần một tệp",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
}


def _of_file(error: OSError) -> str:
    """Return why a file could not be used; half-written ones bear the name that was asked for."""
    name = str(error.filename).removesuffix(".part")
    return f"{name}: {_WHY.get(error.errno or 0, error.strerror)}."


def _of_database(error: DatabaseError) -> str:
    text = str(error)
    if isinstance(error, OperationalError | ProgrammingError) and re.search(
        r"no such table|does not exist", text
    ):
        return f"Cơ sở dữ liệu chưa có bảng hoặc chưa nâng cấp. Chạy: hatnhan migrate. ({text})"
    return f"Không dùng được cơ sở dữ liệu. ({text})"
