"""The catalogues of translations: `messages.py compile | update | check`.

The source strings are Vietnamese, so only other languages have a catalogue. `update` collects the strings
from the sources (needs gettext), `check` fails when that would change anything, or when a string is not
translated, is marked as doubtful, or lost one of its placeholders; `compile` writes what the program reads.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")


def catalogues(root: Path) -> list[Path]:
    """Return the .po files under a project's folder."""
    return sorted((root / "hatnhan" / "locale").glob("*/LC_MESSAGES/*.po"))


def write_binaries() -> list[str]:
    """Write a .mo beside every .po; return no faults."""
    for path in catalogues(ROOT):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return []


def collect(root: Path) -> None:
    """Collect the strings of the sources into the catalogues of a project's folder."""
    languages = [argument for path in catalogues(root) for argument in ("--locale", path.parent.parent.name)]
    subprocess.run(
        [
            *(sys.executable, str(root / "manage.py"), "makemessages", *languages),
            *("--no-obsolete", "--no-wrap", "--add-location", "file", "--verbosity", "0"),
        ],
        cwd=root,
        check=True,
    )


def update() -> list[str]:
    """Collect the strings of the sources into the project's own catalogues; return no faults."""
    collect(ROOT)
    return []


def check() -> list[str]:
    """Return what is wrong with the catalogues, a line each."""
    paths = catalogues(ROOT)
    if not paths:
        return []
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copy(ROOT / "manage.py", copy)
        shutil.copytree(
            ROOT / "hatnhan", copy / "hatnhan", ignore=shutil.ignore_patterns("npm", "__pycache__")
        )
        collect(copy)
        for path in paths:
            name = path.relative_to(ROOT)
            kept, collected = polib.pofile(str(path)), polib.pofile(str(copy / name))
            if {keys(entry) for entry in kept} != {keys(entry) for entry in collected}:
                faults.append(f"{name}: chạy `python scripts/messages.py update`, rồi dịch những chuỗi mới")
            faults += [f"{name}: {fault}" for entry in collected for fault in faults_of(entry)]
    return faults


def keys(entry: polib.POEntry) -> tuple[str | None, str, str]:
    """Return what names an entry: its context, its string and its plural."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def faults_of(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with one translation."""
    if not entry.translated():
        return [f"chưa dịch “{entry.msgid}”"]
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    given = [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())
    return [
        f"sai chỗ điền trong bản dịch của “{entry.msgid}”" for text in given if placeholders(text) != wanted
    ]


def placeholders(text: str) -> set[str]:
    """Return the names of the places that are filled in when the text is shown."""
    return {match.group(0) for match in PLACEHOLDER.finditer(text or "")}


def main(arguments: list[str]) -> int:
    """Do what the argument says; print the faults and return 1 if there are any."""
    match arguments:
        case ["compile"]:
            faults = write_binaries()
        case ["update"]:
            faults = update()
        case ["check"]:
            faults = check()
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
