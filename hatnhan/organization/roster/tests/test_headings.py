from __future__ import annotations

from unicodedata import normalize

import pytest

from hatnhan.organization.roster.headings import fields_of, role_of
from hatnhan.organization.roster.layout import column_letter

ROLES = {
    "ordinal": ["STT", "TT", "Số TT"],
    "card_number": ["Số thẻ", "Số thẻ đảng viên", "SỐ THẺ ĐẢNG", "Số thẻ ĐV"],
    "full_name": ["Họ và tên", "HỌ TÊN", "Họ và tên khai sinh", "Họ và\ntên", "Họ và tên (chữ in hoa)"],
    "family_part": ["Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ và chữ lót"],
    "given_part": ["Tên"],
    "birth": ["Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "Ngày sinh (dd/mm/yyyy)"],
    "sex": ["Giới tính", "Giới", "Nam/Nữ"],
    "male": ["Nam"],
    "female": ["Nữ"],
    "ethnicity": ["Dân tộc"],
    "hamlet": ["Nơi ở", "Nơi ở hiện nay", "Thôn", "Nơi cư trú", "Địa chỉ", "Chỗ ở hiện nay"],
    "occupation": ["Nghề nghiệp", "Nghề nghiệp hiện nay"],
    "schooling": ["Học vấn", "Văn hóa", "Văn hoá", "Trình độ văn hóa", "Trình độ học vấn"],
    "degree": ["Chuyên môn", "Trình độ chuyên môn", "Chuyên môn nghiệp vụ"],
    "theory": ["Lý luận chính trị", "Lí luận chính trị", "LLCT", "Trình độ LLCT"],
    "phone": ["Điện thoại", "Số điện thoại", "SĐT", "Số ĐT"],
    "email": ["Email", "E-mail", "Thư điện tử"],
    "admitted": [
        "Ngày vào Đảng",
        "Ngày kết nạp",
        "Vào Đảng",
        "Ngày vào Đảng (dự bị)",
        "Ngày tháng năm vào Đảng",
    ],
    "official": ["Chính thức", "Ngày chính thức", "Ngày vào Đảng chính thức", "Ngày công nhận chính thức"],
    "joined_cell": ["Về chi bộ từ ngày", "Ngày về chi bộ", "Sinh hoạt tại chi bộ từ ngày"],
    "cell": ["Chi bộ", "Sinh hoạt tại chi bộ", "Thuộc chi bộ", "Chi bộ sinh hoạt"],
    "position": ["Chức vụ", "Chức vụ Đảng"],
    "exempt": ["Miễn công tác, sinh hoạt", "Miễn sinh hoạt", "Được miễn công tác và sinh hoạt"],
    "note": ["Ghi chú"],
    "refused": ["Tôn giáo", "Thành phần gia đình", "Quan hệ nước ngoài", "Tài sản", "Thành phần xuất thân"],
    "remarks": ["Vấn đề"],
    None: [
        "Quê quán",
        "Năm",
        "Số CCCD",
        "Đảng viên",
        "Danh sách đảng viên",
        "Nguyễn Văn Nam",
        "Nguyên quán",
        "",
    ],
}


@pytest.mark.parametrize(
    ("role", "heading"), [(role, text) for role, texts in ROLES.items() for text in texts]
)
def test_role(role, heading):
    for written in (heading, heading.upper(), heading.lower(), normalize("NFD", heading), f" {heading} "):
        assert role_of(written) == role


@pytest.mark.parametrize(
    ("above", "heading", "role"),
    [
        ("Ngày, tháng, năm sinh", "Nam", "birth_male"),
        ("Năm sinh", "Nữ", "birth_female"),
        ("Giới tính", "Nam", "male"),
        ("Giới tính", "Nữ", "female"),
        ("Ngày vào Đảng", "Dự bị", "admitted"),
        ("Ngày vào Đảng", "Chính thức", "official"),
        ("Trình độ", "Học vấn", "schooling"),
        ("Trình độ", "Chuyên môn", "degree"),
        ("Trình độ", "LLCT", "theory"),
        ("Họ và tên", "Họ đệm", "family_part"),
        ("Họ và tên", "Tên", "given_part"),
        ("Họ và tên", "", "full_name"),
        ("Ngày sinh", "Năm", None),
    ],
)
def test_role_under_another_heading(above, heading, role):
    assert role_of(heading, above) == role


def test_fields_that_roles_give():
    assert fields_of({"male", "female"}) == {"sex"}
    assert fields_of({"birth_male", "birth_female"}) == {"sex", "birth"}
    assert fields_of({"family_part", "given_part"}) == {"full_name"}
    assert fields_of({"family_part"}) == set()


def test_column_letters():
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
