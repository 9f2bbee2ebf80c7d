"""Many people at once, for lists at sizes that no action could fill in the time of a test."""

from __future__ import annotations

from datetime import date, timedelta

from hatnhan.core.bulk import insert_rows, take_ids
from hatnhan.organization.models import Exemption, Member, Membership, Position, Probation
from hatnhan.organization.models.member import name_keys

FAMILIES = "Nguyễn Trần Lê Phạm Phùng Kim Tạ Đỗ Bùi Dương".split()
GIVEN = "An Bình Cường Dũng Đức Dục Đực Giang Hòa Khánh Lan Minh Nam Phúc Quân Sơn Tâm Uyên Vinh Yến".split()
NAMES = [f"{family} Văn {given}" for family in FAMILIES for given in GIVEN]
#: Every page on which people, or numbers of people, stand in rows.
PAGES = [
    "/",
    "/to-chuc/",
    "/to-chuc/tam-hong/",
    "/to-chuc/thon-chua/",
    "/dang-vien/",
    "/dang-vien/?q=duc",
    "/dang-vien/?q=nguyen+van&loai=village&xep=tuoi_dang&trang=7",
    "/dang-vien/?trang_thai=du_bi&cot=dien_thoai",
    "/tim/?q=duc",
    "/viec-den-han/",
    "/so-lieu/",
    "/so-lieu/organization.members.total/",
    "/huy-hieu/",
    "/chuyen-sinh-hoat/",
]


def fill(cells, how_many, first=0):
    """Put people into cells, straight into the tables; every tenth is on probation, exempt, or holds a post."""
    ids = take_ids(Member, how_many)
    keys = {name: name_keys(name) for name in NAMES}
    people = [
        (pk, f"{10_000_000 + first + n}", NAMES[n % len(NAMES)], *keys[NAMES[n % len(NAMES)]], 1950 + n % 50,
         "FM"[n % 2], date(1975, 1, 1) + timedelta(days=n * 37 % 15_000), None if n % 10 == 3 else date(2018, 1, 1))
        for n, pk in enumerate(ids)
    ]  # fmt: skip
    texts = ("ethnicity", "hamlet", "occupation", "schooling", "degree", "theory", "phone", "email")
    columns = ("id", "card_number", "full_name", "sort_key", "given_key", "search_key", "born_year", "sex",
               "admitted_on", "official_on")  # fmt: skip
    insert_rows(Member, columns + texts, (person + ("",) * len(texts) for person in people))
    since = date(2018, 2, 1)
    insert_rows(
        Membership,
        ("member_id", "unit_id", "kind", "start", "start_reason", "end_reason", "decision_no"),
        ((pk, cells[n % len(cells)].pk, "official", since, "recorded", "", "") for n, pk in enumerate(ids)),
    )
    insert_rows(
        Probation,
        ("member_id", "start", "due", "outcome", "decision_no"),
        ((pk, since, date(2026, 12, 1), "", "") for pk in ids[3::10]),
    )
    insert_rows(Exemption, ("member_id", "start", "decision_no"), ((pk, since, "") for pk in ids[4::10]))
    insert_rows(
        Position,
        ("member_id", "unit_id", "post", "start", "end_reason", "decision_no"),
        (
            (ids[n], cells[n % len(cells)].pk, "committee_member", since, "", "")
            for n in range(5, how_many, 10)
        ),
    )
