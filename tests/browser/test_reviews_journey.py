"""The yearly review under Regulation 366: from a self-review on a phone to the grade, its reasons, and another look.

First a cell: one writes on a phone, one on paper; the cell meets, votes in secret, proposes. Then the commune: staff
look, the committee decides within its caps, and whoever is graded reads why.
"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from hatnhan.core import clock
from tests.browser import visitor
from tests.browser.hands import (
    choose,
    come_first,
    fact,
    follow,
    forgive_refusal,
    glance,
    open_account,
    part_of,
    press,
    read_over_and,
    refused,
    today,
    told,
    whole,
)
from tests.browser.test_secret_ballot import PHRASES, fill_passphrases, open_it

ROOM, YEAR = "Kiểm điểm, xếp loại", clock.today().year
WRITER, SOMEONE = "Nguyễn Thị Hòa", "Lê Thị Bích"
WRITTEN = "Tôi dự đủ các kỳ sinh hoạt, cùng tổ dân vận vận động bà con hiến đất làm đường."
CRITICISM = "Có lúc tôi ngại góp ý thẳng trong họp chi bộ."
RESIDENCE = "Gia đình đồng chí chấp hành tốt quy ước của thôn, tham gia dọn đường làng."
PAPER = f"bản giấy nộp ngày {today()}, chi ủy giữ"
REASON = "Hội nghị thảo luận kỹ, thống nhất theo kết quả bỏ phiếu."
#: Another cell, which has proposed: nothing of the first journey is needed for the second.
SCHOOL = "Chi bộ Trường Mầm non"
#: So many more than may have the best grade.
MORE = 3
BEST, SECOND, THIRD = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ"
AGAIN = "Tôi hoàn thành vượt mức hai việc được giao thêm. Đề nghị xem lại."
KEPT = "Đã xem lại hồ sơ; tỷ lệ xuất sắc của nhóm đã đủ nên giữ nguyên mức."
#: More parts than any form has; how long the forms of a cell may take.
PARTS, DRAWN_MS = 30, 120_000


def room(page, tab):
    part_of(page, ROOM, tab)


# --- the self-review -------------------------------------------------------------------------------------------------
def dock(page, name):
    """Return the button of the bar at the foot that leads on."""
    return page.locator(".rv-dock").get_by_role("button", name=name)


def saving(page, act):
    """Do something that is saved as one types; return the status of the answer."""
    page.locator("#phan.rv-auto").wait_for()
    with page.expect_response(lambda answer: answer.url.endswith("/luu/")) as answer:
        act()
    return answer.value.status


def fill_part(page, words):
    """Write whatever stands empty in a part. Rows that nobody laid in stay empty: nothing has to be added."""
    rows = page.locator("#phan [data-row]").count()
    for box in page.locator("#phan textarea[name^=text-]").all():
        if not rows and not box.input_value():
            box.fill(words)
    within = "#phan [data-row]:has(input[type=hidden]) fieldset" if rows else "#phan fieldset"
    for group in page.locator(within).all():
        if not group.locator("input:checked").count():
            group.locator("label").nth(1).click()
    for box in page.locator("#phan input[data-most]").all():
        if not box.input_value():
            box.fill(box.get_attribute("data-most"))


def write_on(page, words, look=None):
    """Write part by part until the form is read over; ``look`` by the name of a part does more there."""
    looks = look or {}
    for _part in range(PARTS):
        if "/nop/" in page.url:
            return
        here = page.url
        looks.get(page.locator("#phan [name=phan]").input_value(), whole)(page)
        fill_part(page, words)
        dock(page, re.compile("^(Xong, phần tiếp|Xem lại và nộp)")).click()
        page.wait_for_url(lambda url, here=here: url != here)


def type_and_come_back(page):
    """What is typed is kept with no button pressed."""
    box = page.locator("#phan textarea").first
    assert saving(page, lambda: box.fill(WRITTEN)) == 200
    page.locator("[data-status]", has_text="Đã lưu").wait_for()
    page.reload()
    assert page.locator("#phan textarea").first.input_value() == WRITTEN


def lack(page):
    """What is missing is said, with the way to it."""
    page.get_by_text("xem các phần").click()
    page.locator(".rv-step-last").click()
    page.get_by_role("heading", name="Chưa nộp được: còn thiếu").wait_for()
    assert not page.get_by_role("button", name="Nộp bản kiểm điểm").count()
    whole(page)
    page.get_by_role("link", name=re.compile("^Viết tiếp")).first.click()


def criticise(page):
    page.get_by_text("Gợi ý để soi lại").click()
    page.locator("[name=text-1]").fill(CRITICISM)
    page.locator("[name=remedy-1]").fill("Chuẩn bị ý kiến trước khi họp.")
    page.locator("#phan fieldset").first.locator("label").last.click()
    whole(page)


def score_too_much(troubles):
    """Points beyond the most are refused beside their box, and stay typed; then they are mended."""

    def look(page):
        box = page.locator("#phan input[data-most]").first
        assert saving(page, lambda: (box.fill("150"), box.blur())) == 422
        page.locator(".hn-err").wait_for()
        whole(page)
        assert box.input_value() == "150"
        forgive_refusal(troubles)
        assert saving(page, lambda: (box.fill("1,5"), box.blur())) == 200
        page.locator("[data-sums]", has_text="điểm").wait_for()

    return look


def write_oneself(phone, troubles):
    room(phone, "Của tôi")
    phone.get_by_role("main").get_by_role("link", name="Viết tiếp").first.click()
    type_and_come_back(phone)
    lack(phone)
    write_on(phone, WRITTEN, {"tu-phe-binh": criticise, "diem": score_too_much(troubles)})
    whole(phone)
    press(phone, "Nộp bản kiểm điểm")
    told(phone, "Đã nộp bản kiểm điểm")
    phone.get_by_text(CRITICISM).wait_for()
    whole(phone)


# --- from paper ------------------------------------------------------------------------------------------------------
def find_who_writes_on_paper(page):
    """Go down the list of who has not handed in, to the first who has not begun. Return the name."""
    room(page, "Tổng quan")
    page.get_by_role("heading", name=f"Kiểm điểm năm {YEAR}").get_by_role("link").click()
    follow(page, "Ai chưa nộp")
    whole(page)
    people = page.locator("main tbody th a")
    for place in range(people.count()):
        name = people.nth(place).inner_text()
        people.nth(place).click()
        page.get_by_role("heading", name=name, level=1).wait_for()
        if page.get_by_role("link", name="Ghi hộ từ bản giấy").count():
            return name
        page.go_back()
    raise AssertionError("everybody has begun")


def type_from_paper(page, troubles):
    """The cell's secretary types what somebody wrote by hand. Return the name."""
    name = find_who_writes_on_paper(page)
    follow(page, "Ghi hộ từ bản giấy")
    press(page, "Bắt đầu ghi")
    refused(page, troubles, "Bản giấy nộp ngày nào")
    page.get_by_label("Bản giấy nộp ngày nào, ai giữ").fill(PAPER)
    whole(page)
    press(page, "Bắt đầu ghi")
    write_on(page, WRITTEN)
    press(page, "Nộp bản kiểm điểm")
    told(page, "Đã nộp bản kiểm điểm")
    page.get_by_text("Người viết chưa xác nhận.").wait_for()
    glance(page, "Trả lại để sửa")
    return name


def card_of(page, name):
    page.goto("/dang-vien/")
    page.get_by_role("link", name=name, exact=True).click()
    return fact(page, "Số thẻ")


def confirm(phone):
    room(phone, "Của tôi")
    follow(phone, "Đọc và xác nhận")
    phone.get_by_text(PAPER).wait_for()
    whole(phone)
    follow(phone, "Xác nhận đúng bản của tôi")
    whole(phone)
    press(phone, "Xác nhận đúng bản của tôi")
    told(phone, "Đã xác nhận bản kiểm điểm")
    whole(phone)


def test_one_who_writes_on_paper_confirms_what_was_typed(opened, new_page, troubles):
    desk = opened("school_secretary", visitor.WIDE)
    name = type_from_paper(desk, troubles)
    card = card_of(desk, name)
    account = open_account(opened("administrator", visitor.WIDE), name, card)
    phone = new_page(**visitor.PHONE)
    come_first(phone, account)
    confirm(phone)


# --- the meeting -----------------------------------------------------------------------------------------------------
def open_sitting(page):
    room(page, "Tổng quan")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Mở hội nghị")).first.click()
    whole(page)
    return page.url


def hold_too_early(page, troubles):
    """While one has not handed in, the meeting is not written down, unless they were away."""
    follow(page, "Ghi đã họp kiểm điểm")
    page.get_by_label("Đảng viên chính thức được triệu tập").fill("33")
    page.get_by_label("Đảng viên chính thức có mặt").fill("33")
    press(page, "Ghi đã họp kiểm điểm")
    refused(page, troubles, f"Chưa nộp bản kiểm điểm: {WRITER}")
    assert page.get_by_label("Đảng viên chính thức có mặt").input_value() == "33"


def comment(page, sitting):
    """Write what is said of her where she lives, mend it, and look at what else could be done."""
    page.goto(sitting)
    follow(page, "Nhận xét nơi cư trú")
    whole(page)
    follow(page, f"Ghi nhận xét {WRITER}")
    page.get_by_label("Của", exact=True).fill("Chi ủy Chi bộ thôn Đồng Sen")
    page.get_by_label("Nội dung", exact=True).fill(RESIDENCE[:20])
    whole(page)
    press(page, "Ghi")
    told(page, "Đã ghi")
    glance(page, "Bỏ Nhận xét nơi cư trú")
    page.get_by_role("link", name=re.compile("^Sửa ")).first.click()
    page.get_by_label("Nội dung", exact=True).fill(RESIDENCE)
    whole(page)
    press(page, "Lưu")
    told(page, "Đã sửa")


def answer_it(phone):
    room(phone, "Của tôi")
    follow(phone, "Cả hồ sơ kiểm điểm năm này")
    follow(phone, "Nhận xét, gợi ý, ý kiến")
    phone.get_by_text(RESIDENCE).wait_for()
    whole(phone)
    follow(phone, "Giải trình")
    phone.get_by_label("Giải trình, tiếp thu").fill("Tôi cảm ơn, sẽ cố gắng hơn.")
    whole(phone)
    press(phone, "Gửi giải trình")
    told(phone, "Đã gửi giải trình")


def hold(page, sitting):
    """The meeting was held; one was away, and is reviewed on the same evening."""
    page.goto(sitting)
    follow(page, "Ghi đã họp kiểm điểm")
    page.get_by_label("Đảng viên chính thức được triệu tập").fill("33")
    page.get_by_label("Đảng viên chính thức có mặt").fill("32")
    page.get_by_label(f"{SOMEONE} vắng vì").fill("Đi viện, có báo")
    page.get_by_label("Họp sớm hơn hạn gửi bản kiểm điểm vì").fill("Chi bộ thống nhất họp sớm.")
    whole(page)
    press(page, "Ghi đã họp kiểm điểm")
    told(page, "Đã ghi hội nghị")
    whole(page)
    glance(page, "Rút hội nghị ghi nhầm")
    follow(page, SOMEONE)
    whole(page)
    follow(page, "Ghi đã kiểm điểm sau")
    whole(page)
    press(page, "Ghi đã kiểm điểm")
    told(page, "Đã ghi kiểm điểm")
    page.goto(sitting)


def agree(page, sitting, troubles):
    """The meeting gives one fewer points than she gave herself; for all others it is as each says."""
    follow(page, WRITER)
    page.get_by_text(RESIDENCE).wait_for()
    follow(page, "Ghi ý kiến thống nhất")
    box = page.locator("[name^=score_]").first
    box.fill("150")
    press(page, "Ghi ý kiến thống nhất")
    page.locator(".hn-field-error").first.wait_for()
    assert box.input_value() == "150"
    forgive_refusal(troubles)
    box.fill("1")
    whole(page)
    press(page, "Ghi ý kiến thống nhất")
    told(page, f"Đã ghi ý kiến thống nhất: {WRITER}")
    page.goto(sitting)
    follow(page, "Thống nhất như tự đánh giá")
    whole(page)
    press(page, "Thống nhất như tự đánh giá")
    told(page, "Đã ghi ý kiến thống nhất")


def vote(page, sitting):
    """All vote on paper, secretly; everybody and everything is given the second grade."""
    follow(page, "Biểu quyết")
    whole(page)
    glance(page, "Giơ thẻ, hoặc đã kiểm phiếu giấy")
    page.get_by_label("Người kiểm phiếu thứ nhất").select_option(index=2)
    page.get_by_label("Người kiểm phiếu thứ hai").select_option(index=3)
    press(page, "Lập phiếu kín")
    told(page, "Đã lập phiếu")
    slips = open_it(page)
    follow(page, "Kiểm phiếu")
    page.get_by_label("Phiếu giấy phát ra", exact=True).fill(str(slips))
    page.get_by_label("Phiếu giấy thu về", exact=True).fill(str(slips))
    for box in page.get_by_label(re.compile(f": {SECOND}$")).all():
        box.fill(str(slips))
    press(page, "Kiểm phiếu")
    fill_passphrases(page, *PHRASES)
    press(page, "Kiểm phiếu")
    told(page, "Đã kiểm phiếu xong")
    page.goto(sitting)
    follow(page, "Lấy kết quả phiếu")
    whole(page)
    follow(page, "Lấy kết quả phiếu")
    whole(page)
    press(page, "Lấy kết quả phiếu")
    told(page, "Đã lấy kết quả phiếu")
    whole(page)


def propose(page, troubles):
    """Another grade than the one voted for needs a reason; the caps stand beside."""
    follow(page, "Đề nghị mức xếp loại")
    page.get_by_role("heading", name="Tỷ lệ xuất sắc, toàn đợt").wait_for()
    row = page.get_by_role("group", name=WRITER)
    row.get_by_role("radio", name=BEST).check()
    page.get_by_label("Số báo cáo đề nghị").fill("12-BC/CB")
    press(page, "Gửi đề nghị")
    refused(page, troubles, "lý do")
    assert row.get_by_role("radio", name=BEST).is_checked()
    for reason in page.locator("[name^=because_]").all():
        reason.evaluate("box => { box.closest('details').open = true }")
        reason.fill(REASON)
    whole(page)
    read_over_and(page, "Gửi đề nghị")
    told(page, "Đã gửi đề nghị")
    page.get_by_text("12-BC/CB").wait_for()
    glance(page, "Rút đề nghị")
    whole(page)


def test_a_cell_reviews_its_year(opened, troubles):
    phone, desk = opened("member", visitor.PHONE), opened("village_secretary", visitor.WIDE)
    sitting = open_sitting(desk)
    hold_too_early(desk, troubles)
    comment(desk, sitting)
    answer_it(phone)
    write_oneself(phone, troubles)
    hold(desk, sitting)
    agree(desk, sitting, troubles)
    vote(desk, sitting)
    propose(desk, troubles)


# --- the commune -----------------------------------------------------------------------------------------------------
def lift_some(page, troubles):
    """Staff find some of them better than their cell does: without a word why it is refused. Return their names."""
    room(page, "Thẩm định")
    choose(page, "Nơi đề nghị", SCHOOL)
    press(page, "Mở")
    rows = page.locator(".rv-sheet tbody tr").filter(has=page.locator("select"))
    people = [row for row in rows.all() if row.get_by_role("link").first.inner_text() != SCHOOL]
    lifted = [row for row in people if row.locator("td").nth(1).inner_text().startswith(SECOND)][:MORE]
    names = [row.get_by_role("link").first.inner_text() for row in lifted]
    for row in lifted:
        row.locator("select").select_option(label=BEST)
    press(page, "Ghi thẩm định")
    refused(page, troubles, "mức khác với mức được đề nghị")
    page.locator(".rv-sheet details").evaluate_all("all => all.forEach(one => { one.open = true })")
    for row in rows.all():
        proposed = row.locator("td").nth(1).inner_text().split("\n")[0].strip()
        if row.locator("select").input_value() == "":
            row.locator("select").select_option(label=proposed)
        row.locator("input").fill(REASON)
    whole(page)
    press(page, "Ghi thẩm định")
    told(page, "Đã ghi thẩm định")
    whole(page)
    return names


def sign(page, number):
    follow(page, "Ghi đã ký")
    page.get_by_label("Số quyết định").fill(number)
    whole(page)
    read_over_and(page, "Ghi đã ký")
    told(page, "Đã ghi quyết định")
    whole(page)


def decide(page, names, troubles):
    """More of the best grade than may be: who is in the group is named, and nothing is signed until one chooses."""
    room(page, "Quyết định")
    follow(page, "Soạn quyết định")
    whole(page)
    press(page, "Soạn quyết định")
    told(page, "Đã soạn")
    note = page.locator(".hn-note-gold", has_text="Chưa ký được")
    for name in names:
        expect(note.first).to_contain_text(name)
    whole(page)
    glance(page, "Bỏ bản soạn")
    draft = page.url
    page.goto(f"{draft}ky/")
    page.get_by_label("Số quyết định").fill("21-QĐ/ĐU")
    press(page, "Ghi đã ký")
    refused(page, troubles, names[0])
    page.goto(draft)
    follow(page, "Sửa các dòng")
    for line in page.locator("fieldset.rv-line").all():
        if line.locator("legend").inner_text() in names:
            line.get_by_label("Mức").select_option(label=SECOND)
        line.get_by_label("Lý do quyết định khác").fill(REASON)
        line.get_by_label("Số văn bản cho phép").fill("15-KL/ĐU")
    whole(page)
    press(page, "Ghi các dòng")
    told(page, "Đã ghi các dòng")
    sign(page, "21-QĐ/ĐU")
    follow(page, "Ghi công khai")
    whole(page)
    press(page, "Ghi công khai")
    told(page, "Đã ghi ngày công khai")
    papers(page)


def papers(page):
    """See that every paper that a page offers is drawn."""
    links = page.locator("section.hn-papers a[href]")
    assert links.count()
    for link in links.all():
        body = page.request.get(link.get_attribute("href")).body()
        assert body.startswith((b"%PDF", b"PK"))


def notify(page):
    follow(page, "Ghi thông báo")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Trao cho ai, thế nào").fill("Trao tại cuộc họp chi bộ, từng người ký nhận")
    whole(page)
    press(page, "Ghi đã thông báo")
    told(page, "Đã ghi thông báo")


# --- the one who is graded -------------------------------------------------------------------------------------------
def read_why(phone):
    room(phone, "Của tôi")
    follow(phone, "Cả hồ sơ kiểm điểm năm này")
    whole(phone)
    mine = phone.url
    follow(phone, "Vì sao mức này")
    phone.get_by_role("heading", name="Không đồng ý?").wait_for()
    expect(phone.locator(".hn-grade")).to_contain_text(SECOND)
    whole(phone)
    page = phone.get_by_role("link", name="In để đọc trước hội nghị").get_attribute("href")
    assert phone.request.get(page).body().startswith(b"%PDF")
    return mine


def ask_again(phone, mine, troubles):
    phone.goto(mine)
    follow(phone, "Đề nghị xem lại")
    press(phone, "Gửi đề nghị")
    refused(phone, troubles, "Đề nghị và lý do")
    phone.get_by_label("Đề nghị và lý do").fill(AGAIN)
    whole(phone)
    press(phone, "Gửi đề nghị")
    told(phone, "Đã gửi đề nghị")
    glance(phone, "Rút đề nghị")
    whole(phone)
    return phone.url


def answer(page, name):
    room(page, "Quyết định")
    page.get_by_role("listitem").filter(has_text=f"Trả lời đề nghị xem lại của {name}").get_by_role(
        "link"
    ).click()
    page.get_by_text(AGAIN).wait_for()
    whole(page)
    follow(page, "Giữ nguyên")
    page.get_by_label("Trả lời", exact=True).fill(KEPT)
    whole(page)
    read_over_and(page, "Trả lời giữ nguyên")
    told(page, "Đã trả lời")
    whole(page)


def regrade(page, name, troubles):
    """Something was overlooked: the grade is given anew, and the old one stays to be read."""
    follow(page, name)
    glance(page, "Xếp loại lại")
    follow(page, "Xếp loại lại")
    page.locator("[name=ground]").first.check()
    page.get_by_role("radio", name=THIRD, exact=True).check()
    page.get_by_label("Lý do", exact=True).fill(REASON)
    page.get_by_label("Số quyết định").fill("22-QĐ/ĐU")
    page.get_by_label("Lý do quyết định khác").fill(REASON)
    page.get_by_label("Số văn bản cho phép").fill("15-KL/ĐU")
    press(page, "Xếp loại lại")
    refused(page, troubles, "Người ký")
    page.get_by_label("Người ký").fill("Phùng Minh Thông")
    whole(page)
    read_over_and(page, "Xếp loại lại")
    told(page, "Đã xếp loại lại")
    page.get_by_text(re.compile(f"{SECOND} thành {THIRD}")).wait_for()
    whole(page)
    papers(page)


def draw_a_set(page):
    """All forms of a cell in one file: drawn in the background, while the page says how far it is."""
    room(page, "Tổng quan")
    page.get_by_role("heading", name=f"Kiểm điểm năm {YEAR}").get_by_role("link").click()
    follow(page, "Lấy cả bộ bản kiểm điểm trong một tệp")
    page.get_by_label("Của nơi nào").select_option(label=SCHOOL)
    whole(page)
    press(page, "Soạn bộ này")
    page.get_by_text(re.compile("Đang soạn|Đã soạn xong")).first.wait_for()
    whole(page)
    page.get_by_text("Đã soạn xong").wait_for(timeout=DRAWN_MS)
    whole(page)
    file = page.get_by_role("link", name="Tải tệp PDF").get_attribute("href")
    assert page.request.get(file).body().startswith(b"%PDF")
    room(page, "Kết quả")
    papers(page)


def test_the_commune_decides_and_one_asks_again(opened, new_page, troubles):
    desk = opened("secretary", visitor.WIDE)
    names = lift_some(desk, troubles)
    decide(desk, names, troubles)
    notify(desk)
    name = names[0]
    account = open_account(opened("administrator", visitor.WIDE), name, card_of(desk, name))
    phone = new_page(**visitor.PHONE)
    come_first(phone, account)
    mine = read_why(phone)
    asked = ask_again(phone, mine, troubles)
    desk.goto("/kiem-diem/")
    answer(desk, name)
    phone.goto(asked)
    phone.get_by_text(KEPT).wait_for()
    regrade(desk, name, troubles)
    phone.goto(mine)
    phone.get_by_text("Xếp loại lại").first.wait_for()
    whole(phone)
    draw_a_set(desk)
