"""Topics of meetings: the rhythm of a cell, the agenda of its month, the score of a meeting."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hatnhan.rulebook.types import Value


class CellMeeting(Value):
    """What a cell's meeting must keep to."""

    topic: ClassVar[str] = "meetings.cell"
    title: ClassVar[str] = "Sinh hoạt chi bộ"

    usual_day: int = Field(ge=1, le=28, title="Ngày sinh hoạt trong tháng")
    least_minutes: int = Field(gt=0, le=600, title="Thời gian tối thiểu (phút)")
    least_minutes_with_theme: int = Field(
        gt=0, le=600, title="Thời gian tối thiểu khi kết hợp chuyên đề (phút)"
    )
    attendance_percent: int = Field(gt=0, le=100, title="Tỷ lệ có mặt cần đạt (%)")
    papers_days_before: int = Field(ge=0, le=30, title="Gửi tài liệu trước buổi họp (ngày)")
    minutes_days_after: int = Field(ge=0, le=60, title="Hoàn thành biên bản, nghị quyết sau buổi họp (ngày)")
    themes_each_quarter: int = Field(ge=0, le=12, title="Số buổi sinh hoạt chuyên đề mỗi quý")
    absences_in_a_row: int = Field(gt=0, le=12, title="Nhắc khi vắng không lý do liền số buổi")


class Step(BaseModel):
    """One item of the agenda's template; ``part`` is that of `AgendaItem.Part`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Literal["opening", "main", "self_criticism", "closing"]
    title: str = Field(min_length=1, max_length=300)
    minutes: int = Field(ge=0, le=600)


class MonthlyAgenda(Value):
    """The items that a cell's monthly meeting begins with."""

    topic: ClassVar[str] = "meetings.monthly_agenda"
    title: ClassVar[str] = "Chương trình sinh hoạt chi bộ hằng tháng"

    steps: tuple[Step, ...] = Field(min_length=1, title="Các nội dung")


class Criterion(BaseModel):
    """One criterion of the score. ``most`` is its greatest score; ``computed`` names what the software can work out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z_]{1,40}$")
    title: str = Field(min_length=1, max_length=200)
    most: int = Field(gt=0, le=100)
    computed: Literal["", "length", "attendance", "papers", "speakers", "resolution", "minutes"] = ""
    #: Steps for what is computed: from this share (0-100, inclusive) so many points; the highest reached counts.
    steps: tuple[tuple[int, int], ...] = ()


class MeetingScore(Value):
    """The score of a cell's meeting out of 100 points, and its bands."""

    topic: ClassVar[str] = "meetings.score"
    title: ClassVar[str] = "Chấm điểm chất lượng sinh hoạt chi bộ"

    criteria: tuple[Criterion, ...] = Field(min_length=1, title="Các mục chấm")
    good_from: int = Field(gt=0, le=100, title="Tốt: từ số điểm")
    fair_from: int = Field(gt=0, le=100, title="Khá: từ số điểm")
    average_from: int = Field(gt=0, le=100, title="Trung bình: từ số điểm")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(one.most for one in self.criteria) != 100:  # noqa: PLR2004 - the sheet is of 100 points
            raise ValueError("the criteria do not add up to 100")
        if not self.good_from > self.fair_from > self.average_from:
            raise ValueError("the bands are not in order")
        return self
