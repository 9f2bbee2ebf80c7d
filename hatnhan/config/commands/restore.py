"""`hatnhan restore FILE`: a copy is checked first, then takes the place of what is there, whole or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from hatnhan.config import copies, ready

#: Tables that have a row as soon as somebody uses the program.
_USED = ("accounts_user", "organization_unit", "audit_entry")


@click.command()
@click.argument("file", metavar="TỆP.tar", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Thay cả dữ liệu đang có. Dừng trang trước khi làm.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def restore(file: Path, *, replace: bool, as_json: bool) -> None:
    """Khôi phục cơ sở dữ liệu và các tệp từ bản sao lưu TỆP: cả bản, hoặc không gì cả."""
    ready.set_up()
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    settings.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not replace and is_used():
        raise click.ClickException(
            "Cơ sở dữ liệu đang có dữ liệu. Muốn thay bằng bản sao lưu này: dừng trang, sao lưu, rồi thêm --replace."
        )
    with TemporaryDirectory(dir=settings.STATE, prefix=".khoi-phuc-") as folder:
        click.echo("Kiểm tra bản sao lưu…", err=True)
        listing = copies.unpack(file, Path(folder))
        require_fit(listing, Path(folder))
        click.echo("Khôi phục…", err=True)
        put_in_place(listing, Path(folder))
    said = {"made_at": listing.made_at, "files": len(listing.contents) - 1, "pending": _pending()}
    if as_json:
        click.echo(json.dumps(said))
        return
    click.echo(f"Đã khôi phục bản sao lưu lúc {listing.made_at}, với {said['files']} tệp.")
    click.echo(
        "Tiếp theo, chạy: hatnhan migrate" if said["pending"] else "Tiếp theo, chạy: hatnhan audit verify"
    )


def is_used() -> bool:
    """Tell whether anybody's data is in the database."""
    from django.db import connection  # noqa: PLC0415

    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in _USED:
            if table in there:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - constants
                if cursor.fetchone():
                    return True
    return False


def require_fit(listing: copies.Listing, folder: Path) -> None:
    """Raise ClickException unless a copy, taken apart in a folder, can be put into this database by this program."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    from hatnhan.config import postgres  # noqa: PLC0415

    if listing.engine != connection.vendor:
        raise click.ClickException(
            f"Bản sao lưu là của {listing.engine}, cơ sở dữ liệu này là {connection.vendor}. Chưa thay đổi gì."
        )
    known = {*MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if newer := [step for step in listing.migrations if step not in known and ready.is_installed(step[0])]:
        raise click.ClickException(
            f"Bản sao lưu làm bằng bản phần mềm mới hơn ({newer[0][0]}.{newer[0][1]}). Nâng cấp phần mềm trước."
        )
    database = folder / copies.DATABASES[listing.engine]
    if not database.is_file():
        raise copies.damaged()
    if listing.engine == "postgresql":
        postgres.check(database)
    else:
        _check_sqlite(database)


def _check_sqlite(path: Path) -> None:
    from django.db import DatabaseError, connection  # noqa: PLC0415

    # Through Django, because constraints of the tables call functions that Django gives to SQLite.
    copy = connection.copy("copy")
    copy.settings_dict |= {"NAME": str(path), "OPTIONS": {}}
    try:
        with copy.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            sound = cursor.fetchone() == ("ok",)
    except DatabaseError as error:
        raise copies.damaged() from error
    finally:
        copy.close()
    if not sound:
        raise copies.damaged()


def put_in_place(listing: copies.Listing, folder: Path) -> None:
    """Put the database in its place in one transaction, then the files; should the files fail, say so."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from hatnhan.config import postgres  # noqa: PLC0415

    files, new, old = settings.STATE / "files", folder / copies.FILES, folder / "files-before"
    new.mkdir(mode=0o700, exist_ok=True)
    if files.exists():
        files.rename(old)
    try:
        new.rename(files)
        if listing.engine == "postgresql":
            postgres.load(folder / copies.DATABASES["postgresql"], folder)
        else:
            connection.close()
            _load_sqlite(folder / copies.DATABASES["sqlite"], Path(connection.settings_dict["NAME"]))
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)
        if old.exists():
            old.rename(files)
        raise


def _load_sqlite(source: Path, target: Path) -> None:
    """Copy all pages in one transaction of the target: readers see the old state or the new one."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target, timeout=20)) as place:
            copy.backup(place)
    except sqlite3.Error as error:
        message = (
            f"Không ghi được vào cơ sở dữ liệu ({error}). Dừng trang rồi làm lại; dữ liệu cũ còn nguyên."
        )
        raise click.ClickException(message) from error


def _pending() -> list[str]:
    from hatnhan.config.commands.migrate import pending  # noqa: PLC0415

    return pending()
