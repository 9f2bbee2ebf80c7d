"""Take the pictures that the guides and the README show, from the demonstration's data, into docs/pictures.

Each is what fits the screen, 1280 or 390 wide, in 256 colours: a page reads well, the repository stays small.
With names (`screenshots.py home given`) only those are taken; the parts of the cell's next meeting go together.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from small_png import shrink

from hatnhan.core.clock import HERE
from tests.browser import visitor
from tests.browser.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.server import Site

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {1280: visitor.WIDE, 390: visitor.PHONE}
CELL = "/to-chuc/dong-sen/"
CHAIR, RECORDER = "Đỗ Văn Hải, Bí thư chi bộ", "Lê Thị Bích, Chi ủy viên"
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


def _review(page: Page, _site: Site) -> None:
    page.goto("/hop/")
    page.get_by_role("link", name="Mở phiếu nhận xét").first.click()
    page.get_by_role("heading", name="Việc khắc phục của tuần trước").wait_for()


def _rows(page: Page, site: Site) -> None:
    _review(page, site)
    page.locator("#phieu").evaluate("sheet => sheet.scrollIntoView()")


def _last_held(part: str) -> Callable[[Page, Site], None]:
    """Return what opens a part of the cell's last meeting."""

    def go(page: Page, _site: Site) -> None:
        page.goto("/hop/")
        address = (
            page.locator("section", has_text="Các buổi gần đây").locator("li a").first.get_attribute("href")
        )
        page.goto(f"{address}{part}/")

    return go


def _closed_ballot(page: Page, _site: Site) -> None:
    page.goto("/bo-phieu/")
    page.locator("table").get_by_role("link").last.click()
    page.get_by_role("heading", name="Theo lựa chọn").wait_for()


# The cell's next meeting, held today: each picture goes on from where the one before it stopped.


def _submit(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def _roll(page: Page, _site: Site) -> None:
    """Prepare the meeting that stands ahead, open it, and mark the first of those who came."""
    page.goto("/hop/")
    page.get_by_role("link", name="Lập chương trình").first.click()
    _submit(page, "Đưa vào chương trình")
    page.get_by_role("link", name="Chọn việc nổi cộm").click()
    page.get_by_role("checkbox").first.check()
    _submit(page, "Đưa vào chương trình")
    page.get_by_role("link", name="Đổi ngày họp").click()
    soon = datetime.fromtimestamp(time.time() + 120, HERE)
    page.get_by_label("Ngày họp").fill(f"{soon:%d/%m/%Y}")
    page.get_by_label("Giờ họp").fill(f"{soon:%H} giờ {soon:%M}")
    page.get_by_label("Lý do").fill("Chi ủy thống nhất họp sớm")
    _submit(page, "Đổi ngày họp")
    page.wait_for_url("**/hop/*/")
    page.goto(f"{page.url}khai-mac/")
    page.get_by_label("Chủ trì").select_option(label=CHAIR)
    page.get_by_label("Thư ký").select_option(label=RECORDER)
    _submit(page, "Khai mạc")
    for name in ("Đỗ Văn Hải", "Phạm Thị Lan", "Lê Thị Bích"):
        page.locator("li", has_text=name).first.get_by_role("radio", name="Có mặt").check()
    page.get_by_text("3/35 có mặt").first.wait_for()
    page.get_by_label("Tìm tên").evaluate("field => field.scrollIntoView({block: 'start'})")
    page.evaluate("scrollBy(0, -140)")


def _item(page: Page, _site: Site) -> None:
    """Mark all others as present, and write what was said on the matter that presses."""
    page.goto("/hop/")
    page.get_by_role("link", name="Điểm danh", exact=True).first.click()
    page.get_by_role("button", name="Ghi “Có mặt” cho người còn lại").click()
    page.get_by_text("35/35 có mặt").first.wait_for()
    page.get_by_role("link", name="Nội dung", exact=True).first.click()
    page.locator(".live-agenda a").nth(1).click()
    page.get_by_label("Ai phát biểu").first.select_option(label="Lê Thị Bích")
    page.get_by_label("Nói gì").first.fill("Đoạn sạt dài 85 m, đã đóng cọc tre giữ bờ. Mỗi xóm góp công.")
    page.get_by_label("Kết luận của cuộc họp").fill("Sửa xong trước vụ đông; mỗi xóm cử 10 người.")
    page.get_by_label("Đã bàn xong").check()
    page.get_by_text("Đã lưu").first.wait_for()
    page.get_by_label("Nói gì").first.evaluate("field => field.scrollIntoView()")
    page.evaluate("scrollBy(0, -150)")


def _vote(page: Page, _site: Site) -> None:
    """Put the matter to a secret ballot, open it, and take a slip."""
    page.goto("/hop/")
    page.get_by_role("link", name="Điểm danh", exact=True).first.click()
    page.get_by_role("link", name="Nội dung", exact=True).first.click()
    page.locator(".live-agenda a").nth(1).click()
    page.get_by_role("link", name="Bỏ phiếu kín").click()
    page.get_by_label("Nội dung bỏ phiếu").fill("Thông qua mức góp công sửa mương xóm Giữa")
    page.get_by_label("Để quyết định").select_option(label="Thông qua nghị quyết, việc chung")
    page.get_by_label("Người kiểm phiếu thứ nhất").select_option(index=3)
    page.get_by_label("Người kiểm phiếu thứ hai").select_option(index=5)
    _submit(page, "Soạn phiếu kín")
    page.get_by_role("link", name="Mở bỏ phiếu").click()
    for field in page.locator("input[type=password]").all():
        field.fill(f"mật khẩu {(field.get_attribute('name') or '').removesuffix('_again')}")
    _submit(page, "Mở bỏ phiếu")
    page.get_by_role("link", name="Bỏ phiếu", exact=True).last.click()
    page.get_by_label("Không chọn gì (phiếu trắng)").wait_for()


# One document's way to the cells, and the year under the Directive.

ROLLED_OUT = "03-CTr/ĐU"


def _side_by_side(page: Page, _site: Site) -> None:
    page.goto("/trien-khai/ke-hoach/")
    page.get_by_role("link", name=ROLLED_OUT).first.click()
    page.get_by_role("heading", name="Cốt lõi và các bản cụ thể hóa").evaluate(
        "heading => heading.scrollIntoView()"
    )


def _following(page: Page, _site: Site) -> None:
    page.goto("/trien-khai/")
    page.locator("table").get_by_role("link", name=ROLLED_OUT).first.click()
    page.get_by_role("link", name="Tải bảng này").wait_for()


def _given(page: Page, _site: Site) -> None:
    page.goto("/trien-khai/ke-hoach/")
    page.get_by_role("link", name=ROLLED_OUT).first.click()
    page.get_by_role("link", name="Chi bộ thôn Đồng Sen", exact=True).last.click()
    page.get_by_role("heading", name="Nội dung cấp ủy giao").evaluate("heading => heading.scrollIntoView()")
    page.evaluate("scrollBy(0, -30)")


def _registration(page: Page, _site: Site) -> None:
    page.goto("/trien-khai/hoc-tap-bac/")
    page.get_by_role("link", name="Đọc bản đăng ký").first.click()
    page.get_by_role("heading", name="Bản đăng ký của tôi").wait_for()


# The inspection committee's year, and a cell's part in a check.


def _programme(page: Page, _site: Site) -> None:
    page.goto("/kiem-tra/")
    page.get_by_role("link", name="Cấp ủy", exact=True).click()
    page.get_by_role("heading", name="I. Kiểm tra").wait_for()


def _check(page: Page, _site: Site) -> None:
    page.goto("/kiem-tra/")
    page.locator("tr", has_text="Làm việc, thẩm tra, xác minh").get_by_role("link").first.click()
    page.get_by_role("heading", name="Các bước và hồ sơ").wait_for()
    page.evaluate("scrollBy(0, 120)")


def _self_report(page: Page, _site: Site) -> None:
    page.goto("/kiem-tra/")
    page.get_by_role("link", name="Viết báo cáo").first.click()
    page.get_by_role("link", name="Viết báo cáo tự kiểm tra").wait_for()


# The yearly review: this year's half-way, last year's decided.

THIS_YEAR = datetime.fromtimestamp(time.time(), HERE).year


def _last_year(part: str) -> Callable[[Page, Site], None]:
    """Return what opens a part of last year's review."""

    def go(page: Page, _site: Site) -> None:
        page.goto(f"/kiem-diem/{THIS_YEAR - 1}/{part}")

    return go


def _cycle(page: Page, _site: Site) -> None:
    page.goto("/kiem-diem/")
    page.get_by_role("link", name=f"Kiểm điểm năm {THIS_YEAR}", exact=True).click()
    page.get_by_role("heading", name="Các mốc").wait_for()


def _writing(page: Page, _site: Site) -> None:
    """Open the first part of the own review, with what the other rooms know of the year."""
    page.goto("/kiem-diem/cua-toi/")
    page.get_by_role("link", name="Viết").first.click()
    if (begin := page.get_by_role("button", name="Bắt đầu viết")).count():
        begin.click()
    page.locator("form[data-review-form]").wait_for()
    page.locator(".rv-part").evaluate("part => part.scrollIntoView()")


def _sitting(page: Page, _site: Site) -> None:
    page.goto("/kiem-diem/")
    page.get_by_role("link", name="Mở hội nghị").first.click()
    page.get_by_role("heading", name="Danh sách kiểm điểm").wait_for()


def _propose(page: Page, _site: Site) -> None:
    """Open what a cell that has met and voted proposes."""
    page.goto(f"/kiem-diem/{THIS_YEAR}/danh-sach/?chi_bo=thon-dinh&dien=graded")
    page.locator("table").get_by_role("link").nth(1).click()
    page.get_by_role("link", name="Kiểm điểm tại").first.click()
    page.get_by_role("link", name="Đề nghị mức xếp loại").click()
    page.get_by_role("heading", name="Tỷ lệ xuất sắc").evaluate("heading => heading.scrollIntoView()")


def _why_of_head(page: Page, site: Site) -> None:
    """Ask of the cell secretary's grade of last year."""
    _last_year(f"danh-sach/?q={site.accounts['village_secretary'].name}")(page, site)
    page.locator("table").get_by_role("link").first.click()
    page.get_by_role("link", name="Vì sao mức này").click()
    page.get_by_role("heading", name="Quy định dùng").wait_for()


def _why_of_own(page: Page, _site: Site) -> None:
    page.goto("/kiem-diem/cua-toi/")
    page.get_by_role("link", name="Vì sao?").first.click()
    page.get_by_role("heading", name="Vì sao?").first.wait_for()


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
    Picture("charges", 1280, "secretary", _at("/nhiem-vu/phu-trach/")),
    Picture("review", 1280, "secretary", _review),
    Picture("review-rows", 1280, "secretary", _rows),
    Picture("minutes", 1280, "village_secretary", _last_held("bien-ban")),
    Picture("score", 1280, "village_secretary", _last_held("cham-diem")),
    Picture("ballot", 1280, "village_secretary", _closed_ballot),
    Picture("roll-out", 1280, "secretary", _side_by_side),
    Picture("following", 1280, "secretary", _following),
    Picture("given", 390, "village_secretary", _given),
    Picture("registration", 390, "member", _registration),
    Picture("programme", 1280, "inspection_chair", _programme),
    Picture("check", 1280, "inspection_chair", _check),
    Picture("self-report", 390, "village_secretary", _self_report),
    Picture("reviews-home", 1280, "secretary", _at("/kiem-diem/")),
    Picture("reviews-cycle", 1280, "secretary", _cycle),
    Picture("reviews-writing", 390, "member", _writing),
    Picture("reviews-sitting", 1280, "village_secretary", _sitting),
    Picture("reviews-propose", 1280, "secretary", _propose),
    Picture("reviews-caps", 1280, "secretary", _last_year("ty-le/")),
    Picture("reviews-why", 1280, "secretary", _why_of_head),
    Picture("reviews-why", 390, "member", _why_of_own),
    Picture("reviews-results", 1280, "secretary", _last_year("ket-qua/")),
    Picture("meetings", 390, "village_secretary", _at("/hop/")),
    Picture("roll", 390, "village_secretary", _roll),
    Picture("item", 390, "village_secretary", _item),
    Picture("vote", 390, "village_secretary", _vote),
)


@contextmanager
def _page(browser: Browser, site: Site, picture: Picture) -> Iterator[Page]:
    with visitor.visitor(browser, site.url, **SIZES[picture.width]) as context:
        page = context.new_page()
        if picture.role:
            visitor.sign_in(page, site.accounts[picture.role])
        yield page


def main(names: list[str]) -> int:
    """Serve a fresh demonstration; take the pictures named, or else all, and put away those no longer taken."""
    TARGET.mkdir(parents=True, exist_ok=True)
    taken = set()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), worker="screenshots") as site,
        sync_playwright() as playwright,
        visitor.launch(playwright) as browser,
    ):
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            path = TARGET / f"{picture.name}-{picture.width}.png"
            with _page(browser, site, picture) as page:
                picture.open(page, site)
                page.screenshot(path=path)
            shrink(path)
            taken.add(path)
    for path in set() if names else set(TARGET.glob("*.png")) - taken:
        path.unlink()
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
