"""People whom the story needs by name: who sign in, who lead, and whom a search must find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hatnhan.core.periods import add_months
from hatnhan.demo.people import Person, Stay
from hatnhan.demo.places import OPENING


@dataclass(frozen=True, slots=True)
class Part:
    """One of the cast; ``moves`` are later cells with the day of moving there."""

    full_name: str
    sex: str
    born_on: date
    admitted_on: date
    cell: str
    occupation: str = "Làm ruộng"
    degree: str = ""
    theory: str = "elementary"
    card: int = 0
    home: str = ""
    moves: tuple[tuple[str, date], ...] = ()


SECRETARY = "Phùng Minh Thông"
STANDING_DEPUTY = "Tạ Thị Hiền"
DEPUTY = "Kim Văn Chiến"
INSPECTION_CHAIR = "Lê Đình Hợi"
VICE_CHAIRWOMAN = "Kim Thị Nhài"
VILLAGE_SECRETARY = "Đỗ Văn Hải"
SCHOOL_SECRETARY = "Trần Thị Minh Nguyệt"
MEMBER = "Nguyễn Thị Hòa"
RETIRED_TEACHER = "Lê Thị Bích"

_OFFICE = "Cán bộ xã"

PARTS = (
    Part(SECRETARY, "M", date(1972, 4, 18), date(1998, 5, 19), "thon-chua", _OFFICE, "bachelor", "advanced"),
    Part(STANDING_DEPUTY, "F", date(1977, 9, 2), date(2003, 2, 3), "thon-dinh", _OFFICE, "bachelor", "advanced"),
    Part(DEPUTY, "M", date(1978, 12, 6), date(2004, 9, 2), "vuon-che", _OFFICE, "bachelor", "advanced"),
    Part(INSPECTION_CHAIR, "M", date(1974, 3, 27), date(2001, 11, 7), "go-gang", _OFFICE, "bachelor", "intermediate"),
    Part(VICE_CHAIRWOMAN, "F", date(1982, 7, 15), date(2007, 5, 19), "cau-gao", _OFFICE, "bachelor", "intermediate"),
    Part(VILLAGE_SECRETARY, "M", date(1969, 10, 10), date(1995, 12, 22), "dong-sen", "Cán bộ thôn", "intermediate"),
    Part(SCHOOL_SECRETARY, "F", date(1980, 8, 15), date(2006, 11, 20), "truong-thcs", "Hiệu trưởng", "master"),
    Part(MEMBER, "F", date(1985, 6, 1), date(2009, 3, 26), "dong-sen", "Chăn nuôi"),
    Part(
        RETIRED_TEACHER, "F", date(1962, 8, 12), date(1988, 1, 6), "truong-tieu-hoc", "Hưu trí", "college",
        "intermediate", 412, "dong-sen", (("dong-sen", date(2017, 5, 15)),),
    ),
    Part("Nguyễn Ngọc Đại", "M", date(1949, 3, 14), date(1978, 11, 7), "phu-cuong", card=97),
    Part("Tạ Quang Bảo", "M", date(1957, 11, 23), date(1982, 5, 19), "ben-da"),
    Part("Trần Quốc Dũng", "M", date(1953, 5, 7), date(1977, 8, 19), "tan-tien"),
    # Three given names that look alike without their marks.
    Part("Nguyễn Văn Đức", "M", date(1965, 1, 9), date(1990, 2, 3), "cau-gao"),
    Part("Phùng Minh Đức", "M", date(1988, 9, 5), date(2014, 5, 19), "truong-thpt", "Giáo viên", "bachelor"),
    Part("Lê Xuân Đức", "M", date(1979, 2, 22), date(2005, 9, 2), "ao-sen", "Thợ mộc"),
    Part("Trần Văn Dục", "M", date(1952, 8, 3), date(1976, 12, 22), "thon-chua"),
    Part("Tạ Đình Dục", "M", date(1960, 4, 30), date(1986, 9, 2), "trai-moi"),
    Part("Phạm Văn Đực", "M", date(1951, 6, 20), date(1974, 12, 22), "ben-da"),
    Part("Nguyễn Đình Đực", "M", date(1956, 10, 1), date(1980, 2, 3), "go-gang"),
)  # fmt: skip


def play(part: Part) -> Person:
    """Return the person, with all stays from the opening of the books, or from admission."""
    starts = [(part.cell, max(part.admitted_on, OPENING)), *part.moves]
    ends = [day for _cell, day in part.moves]
    stays = [
        Stay(cell, start, "recorded" if start == OPENING else "admitted" if not place else "transferred")
        for place, (cell, start) in enumerate(starts)
    ]
    for stay, end in zip(stays, ends, strict=False):
        stay.end, stay.why = end, "transferred"
    return Person(
        full_name=part.full_name,
        sex=part.sex,
        born_year=part.born_on.year,
        born_on=part.born_on,
        admitted_on=part.admitted_on,
        official_on=add_months(part.admitted_on, 12),
        home=part.home or part.cell,
        occupation=part.occupation,
        degree=part.degree,
        theory=part.theory,
        card=part.card,
        bound=True,
        stays=stays,
    )
