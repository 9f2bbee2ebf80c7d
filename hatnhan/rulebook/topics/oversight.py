"""Topics of oversight: procedures with their steps and papers, topics, discipline, limitation, complaints."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hatnhan.rulebook.topics.keyed import key_field, require_once
from hatnhan.rulebook.types import Value, told

#: Yes and no as a row of a table asks for them.
YesNo = Literal["yes", "no"]
_YES_NO: dict[str, Any] = {"labels": {"yes": "có", "no": "không"}}
_STAGES: dict[str, Any] = {"prepare": "chuẩn bị", "conduct": "tiến hành", "conclude": "kết thúc"}
_NEEDS: dict[str, Any] = {
    "": "",
    "team": "đã lập đoàn",
    "launch": "đã công bố, triển khai",
    "self_report": "đối tượng đã báo cáo",
    "report": "đoàn đã báo cáo",
    "hearing": "đã nghe đối tượng",
    "conclusion": "đã kết luận",
    "delivery": "đã giao kết luận",
    "self_review": "đã tự kiểm điểm",
    "votes": "đã bỏ phiếu",
    "decision": "đã có quyết định",
    "handed_over": "đã trao quyết định",
}
Need = Literal[
    "", "team", "launch", "self_report", "report", "hearing", "conclusion", "delivery", "self_review", "votes",
    "decision", "handed_over",
]  # fmt: skip
_DRAWN: dict[str, Any] = {
    "": "",
    "decision": "quyết định",
    "plan": "kế hoạch",
    "outline": "đề cương báo cáo",
    "self_report": "báo cáo của đối tượng",
    "minutes": "biên bản",
    "report": "báo cáo của đoàn",
    "hearing": "biên bản nghe đối tượng",
    "notice": "thông báo kết luận",
    "delivery": "biên bản giao",
    "self_review": "bản tự kiểm điểm",
    "tally": "biên bản kiểm phiếu",
    "discipline": "quyết định kỷ luật",
    "index": "mục lục hồ sơ",
}
Drawn = Literal[
    "", "decision", "plan", "outline", "self_report", "minutes", "report", "hearing", "notice", "delivery",
    "self_review", "tally", "discipline", "index",
]  # fmt: skip


class StepOfProcedure(BaseModel):
    """One step: its stage, its last day counted from the decision, what must have happened before it is done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field(made_from="title")
    stage: Literal["prepare", "conduct", "conclude"] = Field(
        title="Giai đoạn", json_schema_extra={"labels": _STAGES}
    )
    title: str = Field(min_length=1, max_length=200, title="Bước")
    days: int = Field(ge=0, le=730, title="Xong trong số ngày từ ngày quyết định")
    working: YesNo = Field(title="Tính ngày làm việc", json_schema_extra=_YES_NO)
    needs: Need = Field("", title="Chỉ xong khi", json_schema_extra={"labels": _NEEDS})


class PaperOfStep(BaseModel):
    """One paper that a step must leave in the file. ``step`` is the number of the step, from 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field(made_from="title")
    step: int = Field(gt=0, le=60, title="Của bước số")
    title: str = Field(min_length=1, max_length=200, title="Tài liệu")
    #: Which of the room's papers the software draws up for it.
    drawn: Drawn = Field("", title="Phần mềm soạn", json_schema_extra={"labels": _DRAWN})


class Procedure(Value):
    """One procedure: how long it may take, how far it may look back, its steps, the papers of its file."""

    most_days: int = Field(gt=0, le=730, title="Làm xong trong (ngày, kể từ ngày quyết định)")
    extension_days: int = Field(ge=0, le=365, title="Gia hạn thêm không quá (ngày)")
    look_back_months: int = Field(
        ge=0, le=240, title="Mốc thời gian xem xét không quá (tháng; 0 là không giới hạn)"
    )
    most_team: int = Field(gt=0, le=50, title="Đoàn không quá (người)")
    steps: tuple[StepOfProcedure, ...] = Field(min_length=3, title="Các bước")
    papers: tuple[PaperOfStep, ...] = Field(min_length=1, title="Tài liệu hồ sơ phải có")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(one.key for one in self.steps)
        require_once(one.key for one in self.papers)
        order = {name: place for place, name in enumerate(_STAGES)}
        stages = [order[one.stage] for one in self.steps]
        if stages != sorted(stages):
            raise told("Các bước phải theo thứ tự: chuẩn bị, tiến hành, kết thúc.")
        if any(one.step > len(self.steps) for one in self.papers):
            raise told("Có tài liệu ghi số bước không có. Ghi số thứ tự của một bước ở bảng trên.")
        return self


class ComplianceProcedure(Procedure):
    """A planned check of how rules are complied with."""

    topic: ClassVar[str] = "oversight.compliance"
    title: ClassVar[str] = "Quy trình kiểm tra việc chấp hành"


class ThematicProcedure(Procedure):
    """A thematic supervision."""

    topic: ClassVar[str] = "oversight.thematic"
    title: ClassVar[str] = "Quy trình giám sát chuyên đề"


class SignsProcedure(Procedure):
    """A check when there are signs of violation."""

    topic: ClassVar[str] = "oversight.signs"
    title: ClassVar[str] = "Quy trình kiểm tra khi có dấu hiệu vi phạm"


class DenunciationProcedure(Procedure):
    """The handling of a denunciation."""

    topic: ClassVar[str] = "oversight.denunciation"
    title: ClassVar[str] = "Quy trình giải quyết tố cáo"


class DisciplineProcedure(Procedure):
    """The consideration of a discipline case."""

    topic: ClassVar[str] = "oversight.discipline"
    title: ClassVar[str] = "Quy trình xem xét, thi hành kỷ luật"


class OversightTopic(BaseModel):
    """A field of work that is looked at. ``notes`` says whether regular supervision may note on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field(made_from="title")
    title: str = Field(min_length=1, max_length=120, title="Lĩnh vực")
    notes: YesNo = Field(title="Dùng cho ghi nhận giám sát thường xuyên", json_schema_extra=_YES_NO)


class OversightTopics(Value):
    """The fields of work and duty that are looked at; nothing of private belief is among them."""

    topic: ClassVar[str] = "oversight.topics"
    title: ClassVar[str] = "Lĩnh vực kiểm tra, giám sát"

    topics: tuple[OversightTopic, ...] = Field(min_length=1, title="Các lĩnh vực")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        require_once(one.key for one in self.topics)
        return self


class OversightTerms(Value):
    """Days and years that the programme, notes and remedies go by."""

    topic: ClassVar[str] = "oversight.terms"
    title: ClassVar[str] = "Thời hạn trong kiểm tra, giám sát"

    approve_day: int = Field(gt=0, le=31, title="Ban hành chương trình năm: ngày")
    approve_month: int = Field(gt=0, le=12, title="Ban hành chương trình năm: tháng (của năm ấy)")
    gap_years: int = Field(gt=0, le=10, title="Nhắc khi chi bộ chưa được kiểm tra, giám sát (năm)")
    note_days: int = Field(
        gt=0, le=365, title="Ghi nhận không trả lời, không xác nhận thì hết hiệu lực sau (ngày)"
    )
    remedy_days: int = Field(gt=0, le=730, title="Gợi ý hạn khắc phục sau kết luận (ngày)")
    answer_days: int = Field(gt=0, le=90, title="Báo người tố cáo về việc thụ lý trong (ngày làm việc)")
    restore_days: int = Field(gt=0, le=365, title="Xin lỗi, phục hồi danh dự trong (ngày)")


_MAJORITIES: dict[str, Any] = {"discipline": "như khiển trách", "expulsion": "như khai trừ"}
Power = Literal["decides", "proposes", "none"]
_POWERS: dict[str, Any] = {"decides": "quyết định", "proposes": "đề nghị cấp trên", "none": "không"}


class DisciplineForm(BaseModel):
    """One form of discipline: against whom, how severe, which majority, who imposes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field()
    title: str = Field(min_length=1, max_length=40, title="Hình thức")
    severity: int = Field(gt=0, le=10, title="Mức nặng (1 là nhẹ nhất)")
    official: YesNo = Field(title="Với đảng viên chính thức", json_schema_extra=_YES_NO)
    probationary: YesNo = Field(title="Với đảng viên dự bị", json_schema_extra=_YES_NO)
    organisation: YesNo = Field(title="Với tổ chức đảng", json_schema_extra=_YES_NO)
    majority: Literal["discipline", "expulsion"] = Field(
        title="Tỷ lệ phiếu",
        json_schema_extra={"labels": _MAJORITIES},
    )
    cell: Power = Field(title="Chi bộ", json_schema_extra={"labels": _POWERS})
    committee: Power = Field(title="Cấp ủy cơ sở, ban thường vụ", json_schema_extra={"labels": _POWERS})
    #: What a committee can do with this form where the subject sits in it (Charter 36).
    own: Literal["decides", "proposes"] = Field(
        title="Cấp ủy với cấp ủy viên cùng cấp", json_schema_extra={"labels": _POWERS}
    )
    #: In force from the announcement of the vote where a cell decides; from the signature elsewhere.
    effect_months: int = Field(ge=0, le=120, title="Hết hiệu lực sau (tháng; 0 là không hết)")
    no_post_months: int = Field(ge=0, le=120, title="Không giữ chức vụ tương đương, cao hơn trong (tháng)")


class Discipline(Value):
    """Forms of discipline, the time to write and hand over the decision, and when a case is not considered yet."""

    topic: ClassVar[str] = "oversight.discipline_forms"
    title: ClassVar[str] = "Hình thức và thẩm quyền kỷ luật"

    forms: tuple[DisciplineForm, ...] = Field(min_length=1, title="Các hình thức")
    write_days: int = Field(gt=0, le=90, title="Ra quyết định bằng văn bản trong (ngày)")
    inspection_decides: bool = Field(default=False, title="Ủy ban Kiểm tra xã được quyết định kỷ luật")
    nursing_months: int = Field(ge=0, le=60, title="Nuôi con nhỏ dưới (tháng): chưa xem xét")
    count_excused: bool = Field(
        default=True,
        title="Tính vào tổng số đảng viên chính thức cả người được miễn, người tạm sinh hoạt nơi khác",
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(one.key for one in self.forms)
        for against in ("official", "probationary", "organisation"):
            degrees = [one.severity for one in self.forms if getattr(one, against) == "yes"]
            if len(set(degrees)) != len(degrees):
                raise told("Hai hình thức với cùng đối tượng không được cùng mức nặng.")
        return self


class LimitOfForm(BaseModel):
    """For how long after the act a form can be imposed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: str = key_field(made_from="title")
    title: str = Field(min_length=1, max_length=40, title="Hình thức")
    months: int = Field(ge=0, le=600, title="Thời hiệu (tháng; 0 là không có thời hiệu)")


class HeadWithoutLimit(BaseModel):
    """A head of violations that never lapses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field(made_from="title")
    title: str = Field(min_length=1, max_length=200, title="Nhóm vi phạm")


class Limitation(Value):
    """The limitation period of discipline. A new violation within it starts the old one's clock anew."""

    topic: ClassVar[str] = "oversight.limitation"
    title: ClassVar[str] = "Thời hiệu kỷ luật"

    limits: tuple[LimitOfForm, ...] = Field(min_length=1, title="Theo hình thức")
    without: tuple[HeadWithoutLimit, ...] = Field(title="Không áp dụng thời hiệu với")
    restarts: bool = Field(title="Vi phạm mới trong thời hiệu thì tính lại từ vi phạm mới")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        require_once(one.form for one in self.limits)
        require_once(one.key for one in self.without)
        return self


TermUnit = Literal["months", "days", "working_days"]
_UNITS: dict[str, Any] = {"months": "tháng", "days": "ngày", "working_days": "ngày làm việc"}


class GroundOfRefusal(BaseModel):
    """A ground on which a complaint is not admitted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = key_field(made_from="title")
    title: str = Field(min_length=1, max_length=200, title="Căn cứ")


class Complaints(Value):
    """By when one may complain of discipline, how long the handling may take, and what is not admitted."""

    topic: ClassVar[str] = "oversight.complaints"
    title: ClassVar[str] = "Khiếu nại kỷ luật"

    amount: int = Field(gt=0, le=365, title="Khiếu nại trong thời gian")
    unit: TermUnit = Field(title="Tính bằng", json_schema_extra={"labels": _UNITS})
    over_holidays: bool = Field(title="Ngày cuối là ngày nghỉ thì lùi sang ngày làm việc kế tiếp")
    handle_amount: int = Field(gt=0, le=365, title="Giải quyết trong thời gian")
    handle_unit: TermUnit = Field(
        title="Thời gian giải quyết tính bằng", json_schema_extra={"labels": _UNITS}
    )
    refusals: tuple[GroundOfRefusal, ...] = Field(min_length=1, title="Căn cứ không thụ lý")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        require_once(one.key for one in self.refusals)
        return self
