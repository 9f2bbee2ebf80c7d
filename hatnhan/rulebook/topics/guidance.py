"""Topics of guidance: kinds of documents, steps of a roll-out, the quiz, the Directive a year stands under."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hatnhan.rulebook.topics.keyed import key_field, require_once
from hatnhan.rulebook.types import Value, told


class DocumentKind(BaseModel):
    """One kind of document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field()
    title: str = Field(min_length=1, max_length=60, title="Loại văn bản")
    sign: str = Field("", max_length=10, title="Ký hiệu")


class DocumentKinds(Value):
    """The kinds of documents that a register knows."""

    topic: ClassVar[str] = "guidance.document_kinds"
    title: ClassVar[str] = "Loại văn bản trong sổ"

    kinds: tuple[DocumentKind, ...] = Field(min_length=1, title="Các loại")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        require_once(one.key for one in self.kinds)
        return self


class RollOutSteps(Value):
    """By when each step of a roll-out is due when the plan does not say otherwise, and what comes after it."""

    topic: ClassVar[str] = "guidance.roll_out"
    title: ClassVar[str] = "Các bước triển khai văn bản"

    approve_days: int = Field(gt=0, le=365, title="Duyệt kế hoạch sau khi nhận văn bản (ngày)")
    held_days: int = Field(gt=0, le=365, title="Chi bộ sinh hoạt xong sau khi nhận văn bản (ngày)")
    study_days: int = Field(gt=0, le=365, title="Học tập xong sau khi nhận văn bản (ngày)")
    done_days: int = Field(gt=0, le=1095, title="Thực hiện xong sau khi nhận văn bản (ngày)")
    first_report_months: int = Field(gt=0, le=36, title="Báo cáo lần một sau khi duyệt (tháng)")
    second_report_months: int = Field(gt=0, le=36, title="Báo cáo lần hai sau khi duyệt (tháng)")


class Quiz(Value):
    """The short quiz on a document."""

    topic: ClassVar[str] = "guidance.quiz"
    title: ClassVar[str] = "Bài trắc nghiệm sau học tập"

    questions: int = Field(gt=0, le=50, title="Số câu mỗi lần làm")
    pass_percent: int = Field(gt=0, le=100, title="Đạt từ (% số câu đúng)")
    most_attempts: int = Field(ge=0, le=50, title="Số lần được làm (0 là không giới hạn)")


class RegistrationField(BaseModel):
    """One field of the registration's form, in the member's own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field()
    title: str = Field(min_length=1, max_length=200, title="Mục")
    hint: str = Field("", max_length=300, title="Lời nhắc dưới mục")
    required: bool = Field(default=True, title="Bắt buộc ghi")


class Directive(Value):
    """Under which Directive a year stands (the value in force on 31 December), and the form of its registration.

    Days are written "31/1": day and month of the year.
    """

    topic: ClassVar[str] = "guidance.directive"
    title: ClassVar[str] = "Học tập và làm theo Bác: chỉ thị áp dụng"

    number: str = Field(min_length=1, max_length=40, title="Số, ký hiệu chỉ thị")
    issued: str = Field(pattern=r"^\d{1,2}/\d{1,2}/\d{4}$", title="Ngày ban hành")
    name: str = Field(min_length=1, max_length=200, title="Tên gọi")
    register_day: int = Field(gt=0, le=31, title="Đăng ký xong: ngày")
    register_month: int = Field(gt=0, le=12, title="Đăng ký xong: tháng")
    midyear_day: int = Field(gt=0, le=31, title="Ghi kết quả giữa năm: ngày")
    midyear_month: int = Field(gt=0, le=12, title="Ghi kết quả giữa năm: tháng")
    assess_day: int = Field(gt=0, le=31, title="Tự đánh giá: ngày")
    assess_month: int = Field(gt=0, le=12, title="Tự đánh giá: tháng")
    fields: tuple[RegistrationField, ...] = Field(min_length=1, title="Các mục của bản đăng ký")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(one.key for one in self.fields)
        days = [
            (self.register_month, self.register_day),
            (self.midyear_month, self.midyear_day),
            (self.assess_month, self.assess_day),
        ]
        if days != sorted(days) or len(set(days)) != len(days):
            raise told("Ba mốc phải theo thứ tự trong năm: đăng ký, giữa năm, tự đánh giá.")
        return self
