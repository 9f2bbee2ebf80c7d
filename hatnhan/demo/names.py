"""Invented names in the proportions of the Red River delta: family names by place, the rest by when one was born."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FAMILY = (
    ("Nguyễn", 30), ("Phùng", 13), ("Trần", 9), ("Lê", 7), ("Kim", 6), ("Tạ", 6), ("Đỗ", 5), ("Dương", 4), ("Lưu", 3),
    ("Hoàng", 3), ("Phạm", 3), ("Bùi", 2), ("Vũ", 2), ("Đào", 2), ("Ngô", 2), ("Đặng", 1), ("Chu", 1), ("Hà", 1),
)  # fmt: skip

#: By sex and cohort (born before 1955, before 1976, later): middle names, then given names.
_MIDDLE = {
    "M": (
        "Văn Văn Văn Văn Đình Đình Xuân Hữu Quang Duy",
        "Văn Văn Văn Đình Xuân Hữu Quang Mạnh Ngọc Minh Quốc Đức",
        "Văn Văn Minh Quang Anh Đức Mạnh Ngọc Quốc Tuấn Hữu Thế Hoàng",
    ),
    "F": (
        "Thị Thị Thị Thị Thị Thị",
        "Thị Thị Thị Thị Thị Thị,Ngọc Thị,Kim Thị,Thanh",
        "Thị Thị Thị,Thu Thị,Minh Thị,Thanh Thị,Hồng Thị,Ngọc Thu Ngọc Thị,Bích",
    ),
}
_GIVEN = {
    "M": (
        """Ân Bảo Bính Bường Cảnh Chắt Chiến Cường Dần Đãi Đại Đảng Đạt Định Giáp Hải Hào Hiển Hòa Hợi Khang
        Khải Khoát Kỷ Lạc Lâm Lộc Luyện Mão Mùi Năm Ngọ Nhâm Nho Phúc Quế Quý Sửu Tấn Thạch Thân Thìn Thụ
        Tình Toản Tỵ Vinh Xuân""",
        """An Ánh Bình Chiến Chung Cường Dũng Dương Đông Đức Giang Hà Hải Hạnh Hiền Hiếu Hòa Hoan Hùng Hưng
        Khánh Kiên Lập Long Lợi Lương Mạnh Minh Nam Nghĩa Phong Phương Quân Quyết Sơn Tâm Tân Thái Thành
        Thắng Thịnh Thông Thủy Tiến Toàn Trường Tuấn Tùng Vượng""",
        """Anh Bắc Công Cường Duy Dũng Đạt Đức Giang Hiếu Hoàng Huy Hùng Hưng Khánh Kiên Lâm Linh Long Minh Nam
        Nghĩa Phong Phúc Quân Quang Quyền Sơn Tài Thắng Thành Thiện Tiến Toàn Trung Tuấn Tú Tùng Việt Vũ""",
    ),
    "F": (
        """Bé Bền Canh Chanh Cúc Dậu Đào Gái Hạt Huệ Khoai Lan Liễu Lụa Lựu Mận Mơ Mùi Nga Ngát Nhài Nhàn Nụ
        Quế Sen Sợi Tâm Tẹo Thảo Thơm Tý Vân Vui Xuyến Yên""",
        """Ánh Bình Chi Chung Dung Hà Hải Hạnh Hằng Hiền Hoa Hòa Hồng Huệ Hương Lan Liên Loan Lợi Lý Mai Mến
        Minh Nga Ngân Nguyệt Nhàn Oanh Phương Phượng Quyên Tâm Thảo Thanh Thoa Thơm Thu Thủy Tuyết Vân Xuân
        Yến""",
        """Anh Bích Chi Diệp Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Huế Huyền Hương Lan Liên Linh Loan Ly Mai
        My Nga Ngân Ngọc Nhung Oanh Phương Quỳnh Thảo Thanh Thu Thúy Thùy Trang Tuyết Uyên Vân Yến""",
    ),
}


def invent(rng: Random, *, sex: str, born_year: int) -> str:
    """Return a full name for a person of a sex ("M" or "F") and a year of birth."""
    cohort = 0 if born_year < 1955 else 1 if born_year < 1976 else 2  # noqa: PLR2004 - three generations
    family = rng.choices([name for name, _share in _FAMILY], [share for _name, share in _FAMILY])[0]
    middle = rng.choice(_MIDDLE[sex][cohort].split()).replace(",", " ")
    return f"{family} {middle} {rng.choice(_GIVEN[sex][cohort].split())}"
