"""What a copy of the whole is: one tar with the database, the files, and a list that says what must be in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import click

FORMAT = 1
LIST, FILES = "danh-muc.json", "files"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Listing:
    """The list at the head of a copy: which database engine, which steps of its tables, every file with its hash."""

    engine: str
    made_at: str
    migrations: tuple[tuple[str, str], ...]
    contents: dict[str, str]

    def as_json(self) -> bytes:
        """Return the list as it stands in the copy."""
        said = {
            "format": FORMAT,
            "engine": self.engine,
            "made_at": self.made_at,
            "migrations": sorted(self.migrations),
            "contents": self.contents,
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Listing:
        """Read a list. Raises ClickException for one that this program did not write."""
        try:
            said: dict[str, Any] = json.loads(text)
            if said["format"] != FORMAT or said["engine"] not in DATABASES:
                raise click.ClickException("Bản sao lưu thuộc dạng mà phần mềm này không biết.")
            steps = tuple((str(app), str(name)) for app, name in said["migrations"])
            return cls(said["engine"], str(said["made_at"]), steps, dict(said["contents"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged() from error


def damaged() -> click.ClickException:
    """Return the error for a file that is no whole copy."""
    return click.ClickException(
        "Tệp này không phải bản sao lưu của Hạt Nhân, hoặc đã hỏng. Chưa thay đổi gì."
    )


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> list[Path]:
    """Return all files in a folder and below it, in one order; links are passed over."""
    return (
        sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) if folder.is_dir() else []
    )


def unpack(copy: Path, into: Path) -> Listing:
    """Take a copy apart into a folder and check every piece of it. Raises ClickException and leaves all as it was."""
    try:
        with tarfile.open(copy) as tar:
            head = tar.next()
            listed = tar.extractfile(head) if head and head.name == LIST else None
            if listed is None:
                raise damaged()
            listing = Listing.from_json(listed.read())
            _unpack_rest(tar, listing, into)
    except (tarfile.TarError, EOFError) as error:
        raise damaged() from error
    return listing


def _unpack_rest(tar: tarfile.TarFile, listing: Listing, into: Path) -> None:
    missing = dict(listing.contents)
    while (member := tar.next()) is not None:
        expected = missing.pop(member.name, None)
        content = tar.extractfile(member) if member.isreg() else None
        if expected is None or content is None or not _is_inside(member.name):
            raise damaged()
        path = into / member.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(content, path)
        if hash_of(path) != expected:
            raise damaged()
    if missing:
        raise damaged()


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        not path.is_absolute()
        and ".." not in path.parts
        and (name in DATABASES.values() or path.parts[0] == FILES)
    )


def _write(content: IO[bytes], path: Path) -> None:
    with path.open("xb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(content, file, _CHUNK)
