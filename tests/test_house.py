"""What must hold of the repository as a whole, whatever the rooms do."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hatnhan"
#: Things that are fetched or built, not written.
MADE = {".git", ".venv", ".tools", "node_modules", "build", "var", "__pycache__", "npm"}
CACHES = {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}


def written(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """Return the files people wrote, those with one of the suffixes if any is given."""
    found = []
    for folder, folders, names in os.walk(under):
        folders[:] = sorted(name for name in folders if name not in MADE | CACHES)
        paths = [Path(folder, name) for name in sorted(names)]
        found += [path for path in paths if not suffixes or path.suffix in suffixes]
    return found


def places(pattern: str, paths: list[Path], flags: re.RegexFlag = re.NOFLAG) -> list[str]:
    """Return "file:line: text" for each place that matches."""
    expression = re.compile(pattern, flags)
    found = []
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)}"
            for match in expression.finditer(text)
        ]
    return found


TEMPLATES = written(".html", under=PACKAGE)
#: This file names what it forbids.
TESTS = [path for path in written(".py") if "tests" in path.parts and path != Path(__file__)]


# --- The two commands -----------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["demo", "demo-reset", "test", "lint", "format", "screenshots", "bench"])
def test_make_has_the_target_and_says_what_it_is_for(target):
    listing = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert re.search(rf"^  make {target} +\S", listing.stdout, re.MULTILINE)


def test_continuous_integration_runs_what_a_developer_runs():
    script = ROOT / ".ci" / "run"
    assert re.search(r"^exec make test$", script.read_text(), re.MULTILINE)
    assert os.access(script, os.X_OK)


def test_the_scripts_can_be_run():
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    assert {path.name for path in scripts} >= {"setup", "lint", "test", "postgres"}
    for path in scripts:
        assert os.access(path, os.X_OK), path
        subprocess.run(["bash", "-n", path], check=True)


# --- The tree -------------------------------------------------------------------------------------


def test_no_file_knows_the_machine_it_was_written_on():
    assert (
        places(r"(?<![\w.])/(?:work|root|home|Users)/\S*", [p for p in written() if p != Path(__file__)])
        == []
    )


def test_every_room_has_a_readme_that_says_what_it_is_in_life():
    rooms = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("hatnhan.")]
    assert rooms
    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []


def test_the_handbook_names_every_variable_that_the_settings_read():
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", (PACKAGE / "config" / "settings.py").read_text("utf-8")))
    handbook = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert read >= {"HATNHAN_SECRET_KEY", "DATABASE_URL"}
    assert {name for name in read if f"`{name}`" not in handbook} == set()


# --- What import-linter cannot see -------------------------------------------------------------------


def private_names_taken(path: Path) -> list[str]:
    """Return the names with a leading underscore that a file takes from another module of ours."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {alias.name}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hatnhan")
        for alias in node.names
        if alias.name.startswith("_")
    ]


def test_no_module_takes_the_private_names_of_another():
    modules = [path for path in written(".py", under=PACKAGE) if "tests" not in path.parts]
    assert [place for path in modules for place in private_names_taken(path)] == []


def test_tables_point_downward_as_imports_do():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rooms")
    height = {room: -depth for depth, layer in enumerate(layers) for room in re.split(r"\s*\|\s*", layer)}
    upward = [
        f"{model._meta.label}.{field.name} → {target}"
        for model in apps.get_models()
        if (room := model._meta.app_label) in height
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if (target := field.related_model._meta.app_label) in height and target != room
        if height[target] >= height[room]
    ]
    assert upward == []


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("a style attribute", r"<[^>]*\sstyle\s*="),
        ("a style element", r"<style\b"),
        ("a script in the page", r"<script\b(?![^>]*\bsrc=)"),
        ("an event attribute", r"<[^>]*\son[a-z]+\s*="),
        ("htmx running code from an attribute", r"\bhx-(?:on\b|vals\s*=\s*['\"]js:)"),
        ("a javascript address", r"javascript:"),
        (
            "a file from another site",
            r"<(?:link|script|img|source|iframe)\b[^>]*\b(?:href|src)=['\"](?:https?:)?//",
        ),
        ("text let through unescaped", r"\|\s*safe\b|\bautoescape\s+off\b|\|\s*safeseq\b"),
    ],
)
def test_no_template_has(fault, pattern):
    assert places(pattern, TEMPLATES, re.IGNORECASE) == [], fault


def test_every_icon_in_use_is_in_the_sprite():
    listed = set((PACKAGE / "site" / "icons.txt").read_text().split())
    in_pages = {
        name
        for path in TEMPLATES
        for name in re.findall(r"{%\s*icon\s+[\"']([\w-]+)[\"']", path.read_text("utf-8"))
    }
    assert in_pages - listed == set()


# --- Tests that can fail --------------------------------------------------------------------------


def test_no_test_sleeps_or_is_skipped_or_run_again():
    waiting = r"\bsleep\(|\bwait_for_timeout\("
    giving_up = r"mark\.(?:skip|skipif|xfail|flaky)\b|pytest\.(?:skip|xfail|importorskip)\("
    assert places(f"{waiting}|{giving_up}", TESTS) == []


def test_no_number_of_queries_is_asserted_into_the_air():
    assert (
        places(r"^\s*(?:self\.|django_)?assert(?:NumQueries|_num_queries)\(.*\)\s*$", TESTS, re.MULTILINE)
        == []
    )
