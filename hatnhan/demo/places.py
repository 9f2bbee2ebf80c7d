"""The commune: its cells as they are today, and the days on which the tree changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: The first day of the books: what was before is not kept.
OPENING = date(2010, 1, 1)
COMMUNE = "tam-hong"
#: On this day the two-tier administration began: districts ended, the province became part of a larger one.
TWO_TIERS = date(2025, 7, 1)
SPLIT = date(2013, 5, 10)
RENAMED = date(2014, 3, 3)
HEALTH_ALONE = date(2012, 4, 2)

#: The hamlet of Lũng was one cell until SPLIT.
UNSPLIT, SPLIT_OFF = "lung-thuong", "lung-ha"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its code, its name today, kind, how many members it has of 587, and what it was called in 2010."""

    code: str
    name: str
    kind: str
    size: int
    first_name: str = ""

    @property
    def hamlet(self) -> str:
        """Where members of a village cell live."""
        return "Thôn" + self.name.removeprefix("Chi bộ thôn")


def _village(code: str, name: str, size: int, first_name: str = "") -> Place:
    return Place(code, f"Chi bộ thôn {name}", "village", size, first_name)


CELLS = (
    _village("cau-gao", "Cầu Gạo", 41),
    _village("dong-sen", "Đồng Sen", 37),
    _village("go-gang", "Gò Găng", 44),
    _village("ao-sen", "Ao Sen", 33),
    _village("ben-da", "Bến Đá", 36),
    _village(UNSPLIT, "Lũng Thượng", 38, "Chi bộ thôn Lũng"),
    _village(SPLIT_OFF, "Lũng Hạ", 31),
    _village("thon-chua", "Chùa", 40),
    _village("thon-dinh", "Đình", 35),
    _village("vuon-che", "Vườn Chè", 30),
    _village("trai-moi", "Trại Mới", 34, "Chi bộ thôn Trại"),
    _village("phu-cuong", "Phú Cường", 37),
    _village("tan-tien", "Tân Tiến", 26),
    Place("truong-thpt", "Chi bộ Trường THPT", "school", 46),
    Place("truong-thcs", "Chi bộ Trường THCS", "school", 29),
    Place("truong-tieu-hoc", "Chi bộ Trường Tiểu học", "school", 22),
    Place("truong-mam-non", "Chi bộ Trường Mầm non", "school", 16),
    Place("tram-y-te", "Chi bộ Trạm Y tế", "health", 12, "Chi bộ Cơ quan – Y tế"),
)
BY_CODE = {place.code: place for place in CELLS}
VILLAGES = tuple(place for place in CELLS if place.kind == "village")
