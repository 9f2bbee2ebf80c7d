"""The guides cannot rot: what they link to exists, and the words they quote from the screen are on it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "docs" / "huong-dan"
PICTURES = ROOT / "docs" / "pictures"
PAGES = [ROOT / "README.md", ROOT / "README.en.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PICTURE_BYTES = 3_000_000
#: Words made bold because they matter, not because a screen shows them.
STRESSED = {"lần đầu", "ngày", "số quyết định"}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub and its like make of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def plain(text: str) -> str:
    """Return a text without line breaks; templates begin some words with a capital, so case does not count."""
    return " ".join(text.split()).casefold()


@cache
def shown() -> set[str]:
    """Return every piece of text that a template or a program may put on the screen, as it stands there."""
    found: set[str] = set()
    for file in (ROOT / "hatnhan").rglob("*"):
        if file.suffix in {".html", ".py"} and "tests" not in file.parts and file.parts[-2] != "help":
            source = file.read_text()
            found.update(re.findall(r'"([^"\n]*)"', source))
            found.update(re.findall(r"%}([^{}<]+){%", source))
    return {plain(text) for text in found}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_and_pictures_lead_somewhere(page):
    for target in LINK.findall(page.read_text()):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{name(page)}: {target}"
        if anchor:
            assert anchor in anchors(file), f"{name(page)}: {target}"


@pytest.mark.parametrize("page", sorted(GUIDES.glob("*.md")), ids=name)
def test_words_quoted_from_the_screen_are_on_it(page):
    quoted = {plain(words) for words in BOLD.findall(page.read_text())}
    assert sorted(quoted - STRESSED - shown()) == []


def test_every_guide_is_in_the_index_and_every_picture_is_used():
    index = (GUIDES / "README.md").read_text()
    for guide in GUIDES.glob("*.md"):
        assert guide.name == "README.md" or f"({guide.name})" in index
    used = {Path(target).name for page in PAGES for target in LINK.findall(page.read_text())}
    assert {picture.name for picture in PICTURES.iterdir()} <= used


def test_pictures_stay_small():
    assert sum(picture.stat().st_size for picture in PICTURES.iterdir()) < PICTURE_BYTES
