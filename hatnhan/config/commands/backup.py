"""`hatnhan backup FILE`: the database and the files in one tar, while the site runs on."""

from __future__ import annotations

import json
import os
import sqlite3
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from hatnhan.config import copies, ready


@click.command()
@click.argument("file", metavar="TỆP.tar", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def backup(file: Path, *, as_json: bool) -> None:
    """Sao lưu cơ sở dữ liệu và các tệp vào TỆP, không cần dừng trang."""
    ready.set_up()
    if file.exists():
        raise click.ClickException(f"Đã có tệp {file}. Chọn tên khác; bản sao lưu cũ không bị ghi đè.")
    if not file.parent.is_dir():
        raise click.ClickException(f"Không có thư mục {file.parent}.")
    with TemporaryDirectory(dir=file.parent, prefix=".hatnhan-") as folder:
        listing = make_copy(Path(folder), file)
    size = file.stat().st_size
    if as_json:
        click.echo(json.dumps({"file": str(file), "size": size, "files": len(listing.contents) - 1}))
    else:
        click.echo(
            f"Đã sao lưu vào {file}: {size / 1e6:.1f} MB, cơ sở dữ liệu và {len(listing.contents) - 1} tệp."
        )


def make_copy(folder: Path, file: Path) -> copies.Listing:
    """Make a copy in a folder, then give it its name: there is a whole copy under that name, or none."""
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    from hatnhan.core import clock  # noqa: PLC0415

    click.echo("Sao lưu cơ sở dữ liệu…", err=True)
    database = folder / copies.DATABASES[connection.vendor]
    steps = tuple(sorted(MigrationRecorder(connection).applied_migrations()))
    _copy_database(database)
    root = settings.STATE / "files"
    files = {f"{copies.FILES}/{path.relative_to(root).as_posix()}": path for path in copies.files_in(root)}
    pieces = {database.name: database, **files}
    hashes = {name: copies.hash_of(path) for name, path in pieces.items()}
    listing = copies.Listing(connection.vendor, clock.now().isoformat(timespec="seconds"), steps, hashes)
    click.echo(f"Đóng gói {len(pieces)} tệp…", err=True)
    new = folder / "copy.tar"
    _pack(new, listing, pieces)
    new.replace(file)
    return listing


def _copy_database(target: Path) -> None:
    from django.db import connection  # noqa: PLC0415

    from hatnhan.config import postgres  # noqa: PLC0415

    if connection.vendor == "postgresql":
        postgres.dump(target)
        return
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    try:
        connection.connection.backup(copy, pages=2000)
        # One file, whole in itself: the copy needs no log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _pack(target: Path, listing: copies.Listing, pieces: dict[str, Path]) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        text = listing.as_json()
        head = tarfile.TarInfo(copies.LIST)
        head.size, head.mode = len(text), 0o600
        tar.addfile(head, BytesIO(text))
        for name, path in pieces.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = path.stat().st_size, 0o600
            with path.open("rb") as content:
                tar.addfile(member, content)
        tar.close()
        file.flush()
        os.fsync(file.fileno())
