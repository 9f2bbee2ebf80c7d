"""Take the pictures that the guides and the README show, from the demonstration's data, into docs/pictures.

Each is what fits the screen, 1280 or 390 wide, so that a page reads well and the repository stays small.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser import visitor
from tests.browser.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import Site

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {1280: visitor.WIDE, 390: visitor.PHONE}
CELL = "/to-chuc/dong-sen/"
ROSTER = "danh-sach-dang-vien.xlsx"


def _at(address: str) -> Callable[[Page, Site], None]:
    """Return what opens an address."""

    def go(page: Page, _site: Site) -> None:
        page.goto(address)

    return go


def _file_of_member(page: Page, site: Site) -> None:
    page.goto(f"/dang-vien/?q={site.accounts['member'].name}")
    page.get_by_role("link", name=site.accounts["member"].name, exact=True).click()


def _own_file(page: Page, _site: Site) -> None:
    page.goto("/toi/")
    page.get_by_role("link", name="Ai đã xem hồ sơ của tôi").click()
    page.get_by_role("heading", name="Ai đã xem hồ sơ").evaluate("heading => heading.scrollIntoView()")


def _import(page: Page, site: Site) -> None:
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / ROSTER
        command = [sys.executable, "-m", "hatnhan.demo.workbook", str(roster), "--faulty"]
        subprocess.run(command, env=site.environment, check=True, stdout=subprocess.DEVNULL)
        page.goto("/dang-vien/nhap/")
        page.set_input_files("input[type=file]", roster)
        page.get_by_role("button", name="Đọc tệp và xem trước").click()
        page.get_by_role("heading", name="Xem trước khi nhập").wait_for()


def _figure(page: Page, _site: Site) -> None:
    page.goto("/so-lieu/")
    page.locator(".hn-fig", has_text="Đảng viên dự bị").get_by_role("link").click()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, its width, whose screen ("" for nobody's), and how to get there."""

    name: str
    width: int
    role: str
    open: Callable[[Page, Site], None]


PICTURES = (
    Picture("sign-in", 390, "", _at("/")),
    Picture("home", 1280, "secretary", _at("/")),
    Picture("members", 1280, "secretary", _at("/dang-vien/?tuoi_dang=tu-50&xep=tuoi_dang")),
    Picture("place", 1280, "secretary", _at("/cho-dung/")),
    Picture("figure", 1280, "secretary", _figure),
    Picture("import", 1280, "secretary", _import),
    Picture("member", 1280, "secretary", _file_of_member),
    Picture("sheet", 1280, "village_secretary", _at(f"{CELL}danh-sach/")),
    Picture("cell-home", 390, "village_secretary", _at("/")),
    Picture("transfers", 390, "village_secretary", _at("/chuyen-sinh-hoat/")),
    Picture("own-file", 390, "member", _own_file),
    Picture("accounts", 1280, "administrator", _at("/tai-khoan/")),
)


@contextmanager
def _page(browser: Browser, site: Site, picture: Picture) -> Iterator[Page]:
    with visitor.visitor(browser, site.url, **SIZES[picture.width]) as context:
        page = context.new_page()
        if picture.role:
            visitor.sign_in(page, site.accounts[picture.role])
        yield page


def main() -> int:
    """Serve a fresh demonstration, take all pictures, and put away those no longer taken."""
    TARGET.mkdir(parents=True, exist_ok=True)
    taken = set()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), worker="screenshots") as site,
        sync_playwright() as playwright,
        visitor.launch(playwright) as browser,
    ):
        for picture in PICTURES:
            path = TARGET / f"{picture.name}-{picture.width}.png"
            with _page(browser, site, picture) as page:
                picture.open(page, site)
                page.screenshot(path=path)
            taken.add(path)
    for path in set(TARGET.glob("*.png")) - taken:
        path.unlink()
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
