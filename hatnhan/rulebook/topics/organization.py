"""Topics of the tree, its members and their posts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from hatnhan.rulebook.topics.keyed import key_field, require_once
from hatnhan.rulebook.types import Value, told


def _day_of_year(text: str) -> str:
    """Check that "03-02" is a day of any year."""
    day, month = text.split("-")
    date(2001, int(month), int(day))
    return f"{int(day):02}-{int(month):02}"


DayOfYear = Annotated[str, AfterValidator(_day_of_year)]


class Probation(Value):
    """How long a new member is on probation, and by when the cell reviews it."""

    topic: ClassVar[str] = "organization.probation"
    title: ClassVar[str] = "Thời gian dự bị"

    months: int = Field(gt=0, le=36, title="Số tháng dự bị, tính từ ngày kết nạp")
    review_working_days: int = Field(
        gt=0, le=120, title="Số ngày làm việc để chi bộ xét sau khi hết hạn dự bị"
    )


class Transfer(Value):
    """How long a formal transfer of Party activity may take."""

    topic: ClassVar[str] = "organization.transfer"
    title: ClassVar[str] = "Thời hạn chuyển sinh hoạt đảng chính thức"

    remind_working_days: int = Field(gt=0, le=120, title="Nhắc sau số ngày làm việc")
    overdue_working_days: int = Field(gt=0, le=240, title="Quá hạn sau số ngày làm việc")

    @model_validator(mode="after")
    def _remind_first(self) -> Self:
        if self.remind_working_days > self.overdue_working_days:
            raise ValueError("the reminder cannot come after the limit")
        return self


class Badges(Value):
    """Which years of membership earn a badge, and on which days badges are given."""

    topic: ClassVar[str] = "organization.badges"
    title: ClassVar[str] = "Huy hiệu Đảng và các đợt trao"

    years: tuple[Annotated[int, Field(gt=0, le=120)], ...] = Field(min_length=1, title="Các mức tuổi Đảng")
    rounds: tuple[DayOfYear, ...] = Field(
        min_length=1, title="Các đợt trao trong năm (ngày-tháng, ví dụ 03-02)"
    )


class Term(Value):
    """How long a committee's term lasts."""

    topic: ClassVar[str] = "organization.term"
    title: ClassVar[str] = "Nhiệm kỳ"

    committee_months: int = Field(gt=0, le=120, title="Cấp ủy xã: số tháng")
    cell_months: int = Field(gt=0, le=120, title="Chi bộ: số tháng")
    warn_days: int = Field(gt=0, le=730, title="Báo trước khi hết nhiệm kỳ: số ngày")


class CellSize(Value):
    """How many official members a cell needs."""

    topic: ClassVar[str] = "organization.cell_size"
    title: ClassVar[str] = "Số đảng viên để lập chi bộ"

    minimum_official: int = Field(gt=0, le=30, title="Số đảng viên chính thức ít nhất")


class AdmissionAge(Value):
    """At what age a person may be admitted."""

    topic: ClassVar[str] = "organization.admission_age"
    title: ClassVar[str] = "Tuổi vào Đảng"

    youngest: int = Field(gt=0, le=100, title="Từ đủ số tuổi")
    oldest: int = Field(gt=0, le=100, title="Đến số tuổi")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.youngest > self.oldest:
            raise ValueError("the youngest age is above the oldest")
        return self


#: Figures count all cells under this name, and each kind under its own.
_TAKEN = "total"


class CellKind(BaseModel):
    """One kind of cell: where its members live or work; guidance is made concrete for each."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field(made_from="title")
    title: str = Field(min_length=1, max_length=60, title="Loại chi bộ")


class CellKinds(Value):
    """The kinds of cell that units are sorted by."""

    topic: ClassVar[str] = "organization.cell_kinds"
    title: ClassVar[str] = "Các loại chi bộ"

    kinds: tuple[CellKind, ...] = Field(min_length=1, title="Các loại")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        require_once(one.key for one in self.kinds)
        if any(one.key == _TAKEN for one in self.kinds):
            raise told("Có một loại trùng với tên dành cho tổng số. Đặt tên khác.")
        return self
