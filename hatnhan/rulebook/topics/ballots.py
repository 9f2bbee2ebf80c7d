"""Topics of voting: which share passes, counted on whom, and how many must be there."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from hatnhan.rulebook.types import Value


class Majority(Value):
    """A share of votes that passes. ``base`` is what it is a share of."""

    numerator: int = Field(gt=0, le=100, title="Tỷ lệ thông qua: tử số")
    denominator: int = Field(gt=0, le=100, title="Tỷ lệ thông qua: mẫu số")
    more_than: bool = Field(title="Phải quá tỷ lệ ấy (không chọn: bằng tỷ lệ là đủ)")
    base: Literal["entitled", "present"] = Field(title="Tính trên")
    quorum_numerator: int = Field(gt=0, le=100, title="Số người có mặt để bỏ phiếu: tử số")
    quorum_denominator: int = Field(gt=0, le=100, title="Số người có mặt để bỏ phiếu: mẫu số")

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if self.numerator > self.denominator or self.quorum_numerator > self.quorum_denominator:
            raise ValueError("a share is at most the whole")
        return self


class ResolutionMajority(Majority):
    """For resolutions and common matters."""

    topic: ClassVar[str] = "ballots.resolution"
    title: ClassVar[str] = "Tỷ lệ thông qua nghị quyết"


class AdmissionMajority(Majority):
    """For admitting a member and confirming one as official."""

    topic: ClassVar[str] = "ballots.admission"
    title: ClassVar[str] = "Tỷ lệ kết nạp, công nhận chính thức"


class GradingMajority(Majority):
    """For the yearly classification."""

    topic: ClassVar[str] = "ballots.grading"
    title: ClassVar[str] = "Tỷ lệ xếp loại"


class DisciplineMajority(Majority):
    """For reprimand and warning in a cell."""

    topic: ClassVar[str] = "ballots.discipline"
    title: ClassVar[str] = "Tỷ lệ khiển trách, cảnh cáo"


class ExpulsionMajority(Majority):
    """For proposing expulsion or striking off."""

    topic: ClassVar[str] = "ballots.expulsion"
    title: ClassVar[str] = "Tỷ lệ đề nghị khai trừ, xóa tên"


class ElectionMajority(Majority):
    """For electing a committee or its posts."""

    topic: ClassVar[str] = "ballots.election"
    title: ClassVar[str] = "Tỷ lệ trúng cử"
