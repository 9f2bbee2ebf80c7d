"""Topics of meetings: the rhythm of a cell, the agenda of its month, the score of a meeting."""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from hatnhan.rulebook.types import Value, told


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

    part: Literal["opening", "main", "self_criticism", "closing"] = Field(
        title="Phần",
        json_schema_extra={
            "labels": {
                "opening": "Mở đầu",
                "main": "Nội dung chính",
                "self_criticism": "Tự phê bình và phê bình",
                "closing": "Kết thúc",
            }
        },
    )
    title: str = Field(min_length=1, max_length=300, title="Nội dung")
    minutes: int = Field(ge=0, le=600, title="Số phút")


class MonthlyAgenda(Value):
    """The items that a cell's monthly meeting begins with."""

    topic: ClassVar[str] = "meetings.monthly_agenda"
    title: ClassVar[str] = "Chương trình sinh hoạt chi bộ hằng tháng"

    steps: tuple[Step, ...] = Field(min_length=1, title="Các nội dung")


_REACH = re.compile(r"(?P<kind>từ|trên|thiếu)\s+(?P<at>\d{1,3})\s*(?:%|phút)?\s*:\s*(?P<points>\d{1,3})")
_KINDS: Final = {"từ": "from", "trên": "above", "thiếu": "short"}
_WRITTEN: Final = {
    "from": "từ {at}%: {points}",
    "above": "trên {at}%: {points}",
    "short": "thiếu {at} phút: {points}",
}
#: Below so much of a share there is nothing, so a step that begins there is always reached.
_ALWAYS: Final = ("from", 0)


class Reach(BaseModel):
    """So many points once so much is reached; of all that are reached the greatest counts.

    ``kind`` "from" is a share of at least ``at`` percent, "above" one of more than that; "short" means that at most
    ``at`` minutes are missing from the least length.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["from", "above", "short"] = "from"
    at: int = Field(ge=0, le=600)
    points: int = Field(ge=0, le=100)

    def __str__(self) -> str:
        return _WRITTEN[self.kind].format(at=self.at, points=self.points)


def read_scale(text: str) -> list[dict[str, object]]:
    """Read a scale as people write it: "từ 90%: 4; trên 50%: 3; thiếu 15 phút: 2". Raises PydanticCustomError."""
    found: list[dict[str, object]] = []
    for part in (one.strip() for one in text.split(";") if one.strip()):
        match = _REACH.fullmatch(unicodedata.normalize("NFC", part).lower())
        if match is None:
            raise told("Không hiểu “{part}”. Ghi như: từ 90%: 4; trên 50%: 3; thiếu 15 phút: 2.", part=part)
        found.append({"kind": _KINDS[match["kind"]], "at": match["at"], "points": match["points"]})
    return found


class Criterion(BaseModel):
    """One criterion of the score. ``most`` is its greatest score; ``computed`` names what the software can work out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z_0-9]{1,40}$", title="Khóa", json_schema_extra={"hidden": True})
    title: str = Field(min_length=1, max_length=200, title="Nội dung")
    most: int = Field(gt=0, le=100, title="Điểm tối đa")
    computed: Literal["", "length", "attendance", "streak", "papers", "speakers", "resolution", "minutes"] = (
        Field(
            "",
            title="Phần mềm tính theo",
            json_schema_extra={
                "labels": {
                    "": "Không, chi bộ tự chấm",
                    "length": "Thời gian họp so với tối thiểu",
                    "attendance": "Tỷ lệ có mặt",
                    "streak": "Không ai vắng liền nhiều buổi",
                    "papers": "Tỷ lệ tài liệu gửi đúng hạn",
                    "speakers": "Tỷ lệ phát biểu trong số có mặt",
                    "resolution": "Tỷ lệ việc của nghị quyết tháng trước đã xong",
                    "minutes": "Biên bản, nghị quyết xong đúng hạn",
                }
            },
        )
    )
    #: How what is computed becomes points; may be given as text (`read_scale`).
    steps: tuple[Reach, ...] = Field(
        (),
        title="Thang điểm khi phần mềm tính",
        json_schema_extra={
            "hint": "Như: từ 90%: 4; trên 50%: 3; thiếu 15 phút: 2. Đạt nhiều mức thì lấy mức cao nhất."
        },
    )

    @field_validator("steps", mode="before")
    @classmethod
    def _as_written(cls, given: object) -> object:
        return read_scale(given) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _scale_fits(self) -> Self:
        if bool(self.computed) != bool(self.steps):
            raise told("Mục phần mềm tính thì phải có thang điểm; mục tự chấm thì để trống thang điểm.")
        if any(one.points > self.most for one in self.steps):
            raise told("Thang điểm có mức cao hơn điểm tối đa {most}.", most=self.most)
        if self.computed != "length" and any(one.kind == "short" for one in self.steps):
            raise told("“Thiếu … phút” chỉ dùng cho thời gian họp. Các mục khác ghi theo %.")
        if self.steps and not any((one.kind, one.at) == _ALWAYS for one in self.steps):
            raise told("Thang điểm chưa có mức thấp nhất. Thêm “từ 0%: …”.")
        return self


class MeetingScore(Value):
    """The score of a cell's meeting out of 100 points, and its bands."""

    topic: ClassVar[str] = "meetings.score"
    title: ClassVar[str] = "Chấm điểm chất lượng sinh hoạt chi bộ"

    criteria: tuple[Criterion, ...] = Field(min_length=1, title="Các mục chấm")
    good_from: int = Field(gt=0, le=100, title="Tốt: từ số điểm")
    fair_from: int = Field(gt=0, le=100, title="Khá: từ số điểm")
    average_from: int = Field(gt=0, le=100, title="Trung bình: từ số điểm")
    absences_in_a_row: int = Field(3, gt=0, le=12, title="Vắng liền nhiều buổi: quá số buổi")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(one.most for one in self.criteria)
        if total != 100:  # noqa: PLR2004 - the sheet is of 100 points
            raise told("Các mục cộng lại được {total} điểm. Sửa điểm tối đa để cộng đủ 100.", total=total)
        if len({one.key for one in self.criteria}) != len(self.criteria):
            raise told("Có hai mục chấm cùng khóa. Bỏ một mục rồi thêm lại.")
        if not self.good_from > self.fair_from > self.average_from:
            raise told("Các mức phải giảm dần: Tốt cao hơn Khá, Khá cao hơn Trung bình.")
        return self
