"""Every page there is, walked by links: whole at three widths, clean under axe, led by the keyboard.

The walk starts at home and follows what each page leads to. Two addresses lead to the same page when they have the
same name and open the same part of it (`muc`); a start may bring a label, for a page that looks different for what
it shows (a cell, a person on probation). An address that no walk comes by fails, unless ELSEWHERE says where it is.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import URLResolver, get_resolver, resolve

from hatnhan.core import clock
from tests.browser import visitor

WIDE, PHONE, NARROWEST, HEIGHT = 1280, 390, 320, 900
#: Addresses that hand over a file.
FILES = {
    "assignments:home-export",
    "assignments:unit-export",
    "ballots:minutes",
    "guidance:file",
    "guidance:follow-up-paper",
    "guidance:following-export",
    "guidance:plan-paper",
    "guidance:registration-paper",
    "guidance:study-paper",
    "guidance:variant-paper",
    "meetings:item-paper",
    "meetings:check-in-image",
    "meetings:paper",
    "organization:import-marked",
    "organization:member-data",
    "organization:members-export",
    "organization:roster-export",
    "oversight:decision-paper",
    "oversight:drawn-paper",
    "oversight:index-paper",
    "oversight:minutes-paper",
    "oversight:own-paper",
    "oversight:paper-file",
    "oversight:programme-paper",
    "oversight:reply-paper",
    "reviews:cycle-paper",
    "reviews:decision-paper",
    "reviews:entry-paper",
    "reviews:regrading-paper",
    "reviews:set-file",
    "reviews:sitting-paper",
    "reviews:why-paper",
    "site:calendar-feed",
    "site:deadlines-export",
    "mfa_download_recovery_codes",
}
#: Addresses that take a form and answer with no page of their own.
FORMS = {
    "guidance:core-shift",
    "meetings:item-shift",
    "meetings:review-judge",
    "accounts:end-sessions",
    "accounts:issue-password",
    "organization:import-answer",
    "organization:import-approve",
    "organization:import-drop",
    "reviews:review-save",
    "reviews:review-start",
    "set_language",
    "site:calendar-renew",
    "site:theme",
}
#: Pages that no walk looks at, and why: who looks at them, or what the demonstration has none of.
ELSEWHERE = {
    "site:health": "một chữ cho máy canh",
    "organization:import-preview": "test_roster_journey.py",
    "rulebook:overlay-end": "dữ liệu minh họa chưa có quy định riêng",
    "assignments:task-return": "việc chờ kiểm tra: test_tasks_and_charges.py",
    "assignments:task-verify": "test_tasks_and_charges.py",
    "ballots:cancel": "cuộc bỏ phiếu chưa kiểm: test_secret_ballot.py",
    "ballots:close": "test_secret_ballot.py",
    "ballots:open": "test_secret_ballot.py",
    "ballots:vote": "test_secret_ballot.py",
    "guidance:approve": "kế hoạch soạn đủ các bản: test_guidance_journey.py",
    "guidance:core-set": "kế hoạch chưa có cốt lõi: test_guidance_journey.py",
    "guidance:own-point-remove": "nội dung chi bộ vừa thêm: test_guidance_journey.py",
    "guidance:plan": "văn bản chưa có kế hoạch: test_guidance_journey.py",
    "meetings:check-in": "mã trên màn hình cuộc họp, quét bằng điện thoại: test_monthly_meeting_phone.py",
    "meetings:lock": "test_friday_review.py",
    "meetings:open": "cuộc họp đã mời, chưa khai mạc: test_monthly_meeting_phone.py",
    "meetings:withdraw": "biên bản đã duyệt, chưa khóa: test_friday_review.py",
    "meetings:paper-remove": "chương trình chưa họp: test_monthly_meeting_phone.py",
    "meetings:paper-upload": "test_monthly_meeting_phone.py",
    "meetings:resolution-adopt": "dự thảo khi đang họp: test_monthly_meeting_phone.py",
    "meetings:score-give": "test_monthly_meeting_phone.py",
    "meetings:self-criticism-write": "buổi đang họp: test_monthly_meeting_phone.py",
    "meetings:vote-remove": "test_monthly_meeting_phone.py",
    "meetings:review-reply": "test_friday_review.py",
    "meetings:review-row": "chỉ hiện khi lưu không được: hatnhan/meetings/tests/test_reviews_pages.py",
    **dict.fromkeys(
        (
            "oversight:item-edit",
            "oversight:item-new",
            "oversight:item-remove",
            "oversight:programme-aim",
            "oversight:programme-approve",
            "oversight:programme-drop",
        ),
        "chương trình đang soạn: test_oversight_journey.py",
    ),
    **dict.fromkeys(
        ("oversight:answer-again", "oversight:conclude", "oversight:deliver", "oversight:paper-unfile"),
        "cuộc vừa đến bước ấy: test_oversight_journey.py",
    ),
    **dict.fromkeys(
        (
            "oversight:case-acts",
            "oversight:case-decide",
            "oversight:case-result",
            "oversight:case-resume",
            "oversight:complaint-accept",
            "oversight:complaint-refuse",
            "oversight:complaint-settle",
            "oversight:complaint-withdraw",
            "oversight:decision-hand-over",
            "oversight:my-case",
            "oversight:restoration-done",
            "oversight:self-review",
            "oversight:self-review-refused",
        ),
        "vụ việc, khiếu nại vừa đến bước ấy: test_oversight_journey.py",
    ),
    "oversight:case-propose": "chi bộ biểu quyết cách chức, khai trừ: hatnhan/oversight/tests/test_discipline_pages.py",
    "oversight:decision-announce": "quyết định của cấp ủy, vừa ra: hatnhan/oversight/tests/test_decision_pages.py",
    "oversight:decision-end": "quyết định vừa hết hạn: hatnhan/oversight/tests/test_decision_pages.py",
    **dict.fromkeys(
        ("oversight:denunciation-told", "oversight:denunciation-conclude", "oversight:point-result"),
        "đơn đã thụ lý, chưa kết luận: hatnhan/oversight/tests/test_denunciation_pages.py",
    ),
    "oversight:kin-withdraw": "người thân vừa khai: test_oversight_journey.py",
    "oversight:watch-drop": "phân công chưa có ghi nhận: test_oversight_journey.py",
    **dict.fromkeys(
        (
            "reviews:again-keep",
            "reviews:again-withdraw",
            "reviews:decision-add",
            "reviews:decision-drop",
            "reviews:decision-lines",
            "reviews:decision-new",
            "reviews:decision-publish",
            "reviews:decision-sign",
            "reviews:place-later",
            "reviews:remark-answer",
            "reviews:set",
            "reviews:sitting-agree-all",
            "reviews:sitting-take",
            "reviews:sitting-unhold",
            "reviews:sitting-vote",
        ),
        "đợt kiểm điểm vừa đến bước ấy: test_reviews_journey.py",
    ),
    "reviews:cycle-drop": "đợt vừa mở nhầm, chưa ai nộp: hatnhan/reviews/tests/test_cycle_pages.py",
    "reviews:cycle-open": "đợt năm nay đã mở: hatnhan/reviews/tests/test_cycle_pages.py",
    "reviews:fact-withdraw": "điều xét vừa ghi: hatnhan/reviews/tests/test_facts.py",
    "reviews:trigger-lift": "người bị kỷ luật trong năm: hatnhan/reviews/tests/test_facts.py",
    "accounts:activate": "tài khoản minh họa không ai bị ngừng",
    "accounts:remove-second-factor": "tài khoản minh họa không ai có yếu tố thứ hai",
    "account_logout": "nút ở trang Tài khoản của tôi, không qua trang này",
    "account_login": "test_front_door.py",
    "account_inactive": "tài khoản minh họa không ai bị ngừng",
    "mfa_authenticate": "test_passkeys.py",
    "mfa_reauthenticate": "test_passkeys.py",
    "mfa_login_webauthn": "test_passkeys.py",
    "mfa_reauthenticate_webauthn": "test_passkeys.py",
    "mfa_list_webauthn": "test_passkeys.py",
    "mfa_edit_webauthn": "test_passkeys.py",
    "mfa_remove_webauthn": "test_passkeys.py",
    "mfa_deactivate_totp": "chưa ai bật ứng dụng xác thực",
    "mfa_view_recovery_codes": "chưa ai có mã dự phòng",
    "mfa_generate_recovery_codes": "chưa ai có mã dự phòng",
}
#: The review that is open, the last meeting of a village cell, a part of a meeting.
REVIEW, CELL = "a:has-text('Mở phiếu nhận xét')", "/hop/?don_vi=dong-sen"
LAST = "section[aria-labelledby=gan-day] .hn-todo a"
TAB = ".hn-tabs a:has-text('{}')"
MEETING_ROOMS = ("assignments:", "ballots:", "guidance:", "meetings:", "oversight:", "reviews:")
#: The coming year under the Directive: nobody has registered for it.
YEAR, NEXT = "/trien-khai/hoc-tap-bac/", f"?nam={clock.today().year + 1}"
#: Checks that run, by how far they are; and those that are laid away.
RUNNING, CLOSED = "/kiem-tra/cuoc/?trang_thai=dang-lam", "/kiem-tra/cuoc/?trang_thai=xong"
STAGE = "main tr:has-text('{}') th a"
#: Of the yearly review: the list of this year and of the year before, narrowed; the meeting of whoever is listed.
THIS, BEFORE = (f"/kiem-diem/{clock.today().year - ago}/danh-sach/?loai=member&" for ago in (0, 1))
FIRST, MEETING = "main tbody th a", "main a[href^='/kiem-diem/hoi-nghi/']"
#: What only the subject of a check opens; what, beside the overview, only the chair of the inspection committee does.
SUBJECTS = tuple(
    f"oversight:{name}" for name in ("my-", "self-report", "dissent", "ask-again", "note-answer")
)
CHAIRS = tuple(f"oversight:{name}" for name in ("home", "case", "comp", "de", "paper", "step", "unnamed"))
#: Who walks, at which widths, which pages (how their names begin), and where to start beside home: a label, the
#: address, the links to follow from there. Who walks twice has a word behind the role.
#: After the secretary the others look only at what is otherwise for them.
WALKERS = {
    "secretary": (
        (WIDE, PHONE, NARROWEST),
        "",
        (
            ("chi bộ", "/to-chuc/dong-sen/"),
            ("dự bị", "/dang-vien/?trang_thai=du_bi", "th a"),
            ("miễn", "/dang-vien/?trang_thai=mien", "th a"),
            ("sinh hoạt tạm thời", "/dang-vien/?q=Lê+Thị+Minh+Liên", "th a"),
            ("tìm", "/tim/?q=duc"),
            ("không thấy", "/dang-vien/?q=không+ai"),
            ("điểm danh khi họp", "/hop/", REVIEW, TAB.format("Điểm danh")),
            ("nội dung khi họp", "/hop/", REVIEW, TAB.format("Nội dung")),
            ("một nội dung khi họp", "/hop/", REVIEW, TAB.format("Nội dung"), ".live-agenda a"),
            (
                "chờ duyệt",
                "/hop/danh-sach/?don_vi=cau-gao&trang_thai=cho-bien-ban",
                "main th a",
                TAB.format("Biên bản"),
            ),
            ("đã khóa", CELL, LAST, TAB.format("Biên bản")),
            ("nghị quyết", CELL, LAST, TAB.format("Nghị quyết")),
            ("tự phê bình", CELL, LAST, TAB.format("Tự phê bình")),
            ("chấm điểm", CELL, LAST, TAB.format("Chấm điểm")),
            ("sau số liệu", "/hop/so-lieu/"),
            ("chi bộ sau số liệu", "/hop/so-lieu/chi-bo/"),
            ("khắc phục sau số liệu", "/hop/so-lieu/khac-phuc/"),
            ("đang triển khai", "/trien-khai/ke-hoach/?trang_thai=dang-trien-khai", "main th a"),
            ("đã kết thúc", "/trien-khai/ke-hoach/?trang_thai=da-ket-thuc", "main th a"),
            ("đã học", "/trien-khai/hoc-tap/?trang_thai=da-hoc", "main th a"),
            (
                "có lý do không học",
                "/trien-khai/van-ban/?q=207-QĐ/TW",
                "main th a",
                "main a:has-text('Ai đã học')",
                "main th a[href*='phu-cuong']",
            ),
            ("đã đánh dấu phục vụ", f"{YEAR}viec/", "main td a:has-text('Sửa')"),
            ("năm tới", f"{YEAR}{NEXT}"),
            ("chi bộ, năm tới", f"{YEAR}chi-bo/dong-sen/{NEXT}"),
            *(
                ("sau số liệu", f"/trien-khai/so-lieu/{part}/")
                for part in ("hoc-tap", "sinh-hoat", "viec", "bao-cao", "hoc-tap-bac", "van-ban")
            ),
            *(
                (stage.lower(), RUNNING, STAGE.format(stage))
                for stage in ("Đang chuẩn bị", "Đang tiến hành", "Đang kết thúc")
            ),
            (
                "sửa được",
                RUNNING,
                STAGE.format("Đang kết thúc"),
                "main a[href^='/kiem-tra/cuoc/bien-ban/']",
            ),
            ("theo chương trình", "/kiem-tra/cuoc/", "main a[href*='moi/?muc=']"),
            ("năm 2017", "/kiem-tra/chuong-trinh/?nam=2017", "main th a"),
            *(
                ("sau số liệu", f"/kiem-tra/so-lieu/{part}/")
                for part in ("chuong-trinh", "cuoc", "khac-phuc")
            ),
            ("đã nộp", f"{THIS}chi_bo=cau-gao&dien=graded", FIRST, "main a:has-text('Bản kiểm điểm')"),
            ("chưa nộp", f"{THIS}chi_bo=tan-tien&dien=graded&trang_thai=due", FIRST),
            ("chưa có quyết định", f"{THIS}chi_bo=cau-gao&dien=graded", FIRST, "main a:has-text('Vì sao')"),
            (
                "có nhận xét",
                f"{THIS}chi_bo=truong-thpt&dien=graded",
                FIRST,
                MEETING,
                "main a:has-text('Nhận xét nơi cư trú')",
                "main td a:has-text('Xem')",
            ),
            ("đã họp", f"{THIS}chi_bo=thon-dinh&dien=graded", FIRST, MEETING),
            ("một mục đã họp", f"{THIS}chi_bo=thon-dinh&dien=graded", FIRST, MEETING, FIRST),
            ("đã đề nghị", f"{THIS}chi_bo=truong-mam-non", FIRST, MEETING),
            ("đã quyết định", f"{BEFORE}chi_bo=go-gang&muc=t", FIRST),
            ("đã đề nghị xem lại", f"{BEFORE}chi_bo=cau-gao&muc=ht", FIRST),
            ("đã ký", f"{BEFORE.partition('danh-sach')[0]}quyet-dinh/", FIRST),
            *(("sau số liệu", f"/kiem-diem/so-lieu/{part}/") for part in ("dang-vien", "to-chuc")),
            ("không có", "/dang-vien/?trang=99&xep=tuoi_dang&cot=so_the&cot=dien_thoai&cot=noi_o"),
        ),
    ),
    "village_secretary": (
        (PHONE, NARROWEST),
        ("site:home", "site:more", "organization:", "figures:board", *MEETING_ROOMS),
        (
            ("đã khóa", "/hop/", LAST, TAB.format("Biên bản")),
            ("chấm điểm", "/hop/", LAST, TAB.format("Chấm điểm")),
            ("đối tượng, đã kết luận", CLOSED, "main a[href$='doi-tuong/']"),
        ),
    ),
    # What is the subject's own, at a desk as well.
    "village_secretary at a desk": (
        (WIDE,),
        SUBJECTS,
        (
            ("đối tượng", RUNNING, "main a[href$='doi-tuong/']"),
            ("đối tượng, đã kết luận", CLOSED, "main a[href$='doi-tuong/']"),
            ("ghi nhận", "/kiem-tra/ghi-nhan-ve-toi/"),
        ),
    ),
    "member": ((PHONE, NARROWEST), ("site:home", "site:more", "organization:", *MEETING_ROOMS), ()),
    "inspection_chair": (
        (WIDE, PHONE, NARROWEST),
        (*CHAIRS, "reviews:review"),
        (
            ("ghi hộ", "/kiem-diem/cua-toi/", "main a:has-text('Đọc và xác nhận')"),
            ("đang xem xét", "/kiem-tra/ky-luat/?trang_thai=dang-xet", "main th a"),
            ("đã quyết định", "/kiem-tra/ky-luat/?trang_thai=da-quyet-dinh", "main th a"),
        ),
    ),
    "administrator": (
        (WIDE, NARROWEST),
        ("site:home", "accounts:"),
        (("chưa gắn", "/tai-khoan/", "tr:has-text('bientap') a"),),
    ),
}
ABOUT = """() => ({
  h1: document.querySelectorAll("h1").length,
  title: document.title,
  links: [...document.links].map(link => link.href.split("#")[0]),
})"""
FOCUSED = "document.activeElement.getAttribute('href')"


def named(address):
    """Return the name by which an address is known, with the part of the page it opens; "" if it is not for us."""
    there = urlsplit(address)
    query = parse_qs(there.query)
    name = resolve(there.path).view_name
    passed_by = name in FILES or name in ELSEWHERE or "dang" in query
    # A part of a page is called by a word; what has a number is one of many that look alike.
    parts = (part for part in query.get("muc", []) if not part.isdecimal())
    return "" if passed_by else " ".join([name, *parts])


class Walk:
    """One account's way through the pages: `seen` addresses by name, and what was wrong (`faults`)."""

    def __init__(self, page, origin, widths, rooms):
        self.page, self.origin, self.widths, self.rooms = page, origin, widths, rooms
        self.seen, self.faults = {}, []
        visitor.listen(page, self.faults)

    def go(self, start, label=""):
        waiting = [(start, label)]
        while waiting:
            address, label = waiting.pop(0)
            name = " ".join(filter(None, [named(address), label]))
            if name and name.startswith(self.rooms) and name not in self.seen:
                self.seen[name] = address
                waiting += [(link, "") for link in self.look(name, address)]

    def look(self, name, address):
        """Hold one page against the rules; return the addresses it leads to."""
        answer = self.page.goto(address)
        about = self.page.evaluate(ABOUT)
        self.page.keyboard.press("Tab")
        first = self.page.evaluate(FOCUSED)
        found = [
            *([] if answer.status == 200 else [f"{answer.status}"]),
            *([] if about["h1"] == 1 else [f"{about['h1']} h1"]),
            *([] if about["title"].endswith(" – Hạt Nhân") else [about["title"]]),
            *([] if first == "#noi-dung" else [f"the first stop of the keyboard is {first}"]),
            *(fault for width in self.widths for fault in self.at(width)),
        ]
        self.widths = self.widths[::-1]
        self.faults += [f"{name} ({address}): {fault}" for fault in found]
        return [link for link in about["links"] if link.startswith(f"{self.origin}/")]

    def at(self, width):
        """Yield what is wrong at a width; the narrowest differs from a phone only by having less room.

        Who looks at both widths leaves the colours on phones, which take axe longest, to those who have only a phone.
        """
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        reach = self.page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            yield f"scrolls sideways at {width}: {reach}"
        if width != NARROWEST:
            without = ("color-contrast",) if width == PHONE and WIDE in self.widths else ()
            yield from (f"{width}: {one}" for one in visitor.violations(self.page, without=without))


@pytest.fixture(scope="module")
def walks(browser, site):
    """Send everyone on their way, once for all tests here."""
    made = {}
    for role, (widths, rooms, starts) in WALKERS.items():
        context = visitor.visitor(browser, site.url, viewport={"width": widths[0], "height": HEIGHT})
        walk = made[role] = Walk(context.new_page(), site.url, widths, rooms)
        visitor.sign_in(walk.page, site.accounts[role.partition(" ")[0]])
        walk.go(f"{site.url}/")
        for label, address, *links in starts:
            walk.page.goto(address)
            for link in links:
                walk.page.goto(walk.page.locator(link).first.evaluate("a => a.href"))
            walk.go(walk.page.url.partition("#")[0], label)
        context.close()
    return made


@pytest.mark.parametrize("role", WALKERS)
def test_every_page_is_whole(walks, role):
    assert walks[role].faults == []


def url_names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern.url_patterns, inner)
        else:
            yield prefix + pattern.name


def test_every_address_was_walked(walks):
    walked = {name.partition(" ")[0] for walk in walks.values() for name in walk.seen}
    known = set(url_names(get_resolver().url_patterns))
    assert known - walked - FILES - FORMS == set(ELSEWHERE)
