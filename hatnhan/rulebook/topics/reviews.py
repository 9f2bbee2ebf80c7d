"""Topics of the yearly review: the regime, its rubric, conditions, caps, forms, steps. Every row cites its source."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hatnhan.rulebook.topics.keyed import key_field, require_once
from hatnhan.rulebook.types import Value, told

#: What a score is counted to.
_ALL_POINTS = 100
YesNo = Literal["yes", "no"]
_YES_NO: dict[str, Any] = {"labels": {"yes": "có", "no": "không"}}
_MAY_BE_EMPTY: dict[str, Any] = {"may_be_empty": True}

#: Who is reviewed. ``member`` in a rule stands for the three kinds of members together.
SUBJECTS: dict[str, str] = {
    "member": "đảng viên",
    "leader": "đảng viên lãnh đạo, quản lý",
    "non_leader": "đảng viên không giữ chức vụ",
    "outside": "đảng viên ngoài hệ thống chính trị",
    "collective": "tập thể lãnh đạo",
    "cell": "chi bộ",
    "organisation": "đảng bộ cơ sở",
}
Subject = Literal["member", "leader", "non_leader", "outside", "collective", "cell", "organisation"]
_SUBJECT: dict[str, Any] = {"labels": SUBJECTS}

#: What the engine may be told of a case; how each is known stands in the room `reviews`.
FACTS: dict[str, str] = {
    "score": "Tổng điểm",
    "lowest_result": "Mức thấp nhất ở tiêu chí kết quả nhiệm vụ (1 kém – 4 xuất sắc)",
    "lowest_other": "Mức thấp nhất ở các tiêu chí khác (1 kém – 4 xuất sắc)",
    "lowest_core": "Mức thấp nhất ở tiêu chí chính (1 kém – 4 xuất sắc)",
    "official_grade": "Mức xếp loại cán bộ, công chức, viên chức (1 – 4)",
    "tasks_done": "Tỷ lệ việc hoàn thành (%)",
    "tasks_on_time": "Tỷ lệ việc xong đúng hạn, bảo đảm chất lượng (%)",
    "tasks_exceeded": "Tỷ lệ việc vượt mức (%)",
    "tasks_late": "Tỷ lệ việc chậm tiến độ (%)",
    "tasks_not_done": "Tỷ lệ việc không hoàn thành (%)",
    "faults_fixed": "Tỷ lệ khuyết điểm đã chỉ ra được khắc phục (%)",
    "disciplined": "Bị kỷ luật trong năm (0 không, 1 có)",
    "degenerated": "Có kết luận suy thoái (0 không, 1 có)",
    "forbidden": "Vi phạm điều cấm, nêu gương gây ảnh hưởng xấu (0 không, 1 có)",
    "months_sick": "Số tháng nghỉ ốm",
    "unit_tasks_done": "Tỷ lệ việc của nơi phụ trách hoàn thành (%)",
    "unit_tasks_exceeded": "Tỷ lệ việc của nơi phụ trách vượt mức (%)",
    "targets_missed": "Không đạt các chỉ tiêu KT-XH cơ bản (0 không, 1 có)",
    "units_failed": "Tỷ lệ đơn vị phụ trách không hoàn thành nhiệm vụ (%)",
    "low_confidence": "Tỷ lệ phiếu tín nhiệm thấp (%)",
    "corruption": "Nơi phụ trách trực tiếp có tham nhũng, lãng phí bị kỷ luật (0 không, 1 có)",
    "wrongdoing": "Có kết luận sai phạm công tác cán bộ, mất đoàn kết (0 không, 1 có)",
    "member_disciplined": "Thành viên bị kỷ luật vì nhiệm vụ (0 không, 1 có)",
    "unit_disciplined": "Đơn vị trực thuộc, thành viên lãnh đạo bị kỷ luật (0 không, 1 có)",
    "members_good": "Tỷ lệ đảng viên hoàn thành tốt trở lên (%)",
    "members_failed": "Tỷ lệ đảng viên không hoàn thành nhiệm vụ (%)",
    "cells_good": "Tỷ lệ chi bộ hoàn thành tốt trở lên (%)",
    "cells_failed": "Tỷ lệ chi bộ không hoàn thành nhiệm vụ (%)",
    "programme_done": "Chương trình kiểm tra, giám sát đã làm (%)",
}
FactKey = Literal[
    "score", "lowest_result", "lowest_other", "lowest_core", "official_grade", "tasks_done", "tasks_on_time",
    "tasks_exceeded", "tasks_late", "tasks_not_done", "faults_fixed", "disciplined", "degenerated", "forbidden",
    "months_sick", "unit_tasks_done", "unit_tasks_exceeded", "targets_missed", "units_failed", "low_confidence",
    "corruption", "wrongdoing", "member_disciplined", "unit_disciplined", "members_good", "members_failed",
    "cells_good", "cells_failed", "programme_done",
]  # fmt: skip
_FACT: dict[str, Any] = {"labels": FACTS}
OPERATORS: dict[str, str] = {
    "at_least": "từ",
    "above": "trên",
    "at_most": "không quá",
    "below": "dưới",
    "is": "bằng",
}
_OPERATOR: dict[str, Any] = {"labels": OPERATORS}
Operator = Literal["at_least", "above", "at_most", "below", "is"]
Standing = Literal["graded", "not_graded", "left_out"]
_STANDING: dict[str, Any] = {
    "labels": {
        "graded": "kiểm điểm và xếp loại",
        "not_graded": "kiểm điểm, không xếp loại",
        "left_out": "không kiểm điểm, không xếp loại",
    }
}
#: The four grades, best first; each regime names them.
GradeKey = Literal["xs", "t", "ht", "kht"]
GRADES: tuple[GradeKey, ...] = ("xs", "t", "ht", "kht")
_GRADE: dict[str, Any] = {
    "labels": {
        "xs": "mức 1 (xuất sắc)",
        "t": "mức 2 (tốt)",
        "ht": "mức 3 (hoàn thành)",
        "kht": "mức 4 (không hoàn thành)",
    }
}


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Cited(_Row):
    """A row of law: where it stands, and whether it was read there."""

    cite: str = Field(min_length=1, max_length=160, title="Căn cứ", json_schema_extra={"last": True})
    confirmed: YesNo = Field(title="Đã xác nhận", json_schema_extra=_YES_NO | {"last": True})


class Grade(_Row):
    """What a grade is called for members and for organisations."""

    key: GradeKey = Field(title="Mức", json_schema_extra=_GRADE)
    member: str = Field(min_length=1, max_length=120, title="Tên gọi với đảng viên, tập thể")
    organisation: str = Field(min_length=1, max_length=120, title="Tên gọi với tổ chức đảng")


class ReviewRegime(Value):
    """The frame of a year's review: names of grades, frames of score, who is left out, terms."""

    topic: ClassVar[str] = "reviews.regime"
    title: ClassVar[str] = "Kiểm điểm, xếp loại: khung chung"

    name: str = Field(min_length=1, max_length=200, title="Văn bản quy định")
    scored: YesNo = Field(title="Chấm theo thang 100 điểm (không: theo bốn mức)", json_schema_extra=_YES_NO)
    common_points: int = Field(ge=0, le=100, title="Điểm tối đa nhóm tiêu chí chung")
    result_points: int = Field(ge=0, le=100, title="Điểm tối đa nhóm kết quả nhiệm vụ")
    grades: tuple[Grade, ...] = Field(min_length=4, max_length=4, title="Các mức xếp loại")
    exempt: Standing = Field(title="Đảng viên được miễn công tác, sinh hoạt", json_schema_extra=_STANDING)
    suspended: Standing = Field(title="Đảng viên bị đình chỉ sinh hoạt", json_schema_extra=_STANDING)
    new_member_months: int = Field(ge=0, le=24, title="Đảng viên mới kết nạp: dưới (tháng)")
    new_member: Standing = Field(title="Đảng viên mới kết nạp", json_schema_extra=_STANDING)
    new_unit_months: int = Field(ge=0, le=24, title="Tổ chức mới thành lập: dưới (tháng)")
    new_unit: Standing = Field(title="Tổ chức mới thành lập", json_schema_extra=_STANDING)
    draft_days: int = Field(ge=0, le=30, title="Gửi bản kiểm điểm trước hội nghị (ngày làm việc)")
    finish_day: int = Field(ge=1, le=31, title="Xong trước ngày")
    finish_month: int = Field(ge=1, le=12, title="tháng")
    finish_next_year: YesNo = Field(title="của năm sau", json_schema_extra=_YES_NO)
    ask_again_days: int = Field(ge=0, le=365, title="Đề nghị xem lại trong (ngày; 0 là không hạn)")
    failed_follow_months: int = Field(
        ge=0, le=60, title="Giúp đỡ người không hoàn thành nhiệm vụ trong (tháng)"
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if tuple(one.key for one in self.grades) != GRADES:
            raise told("Ghi đủ bốn mức, từ mức 1 đến mức 4.")
        if self.scored == "yes" and self.common_points + self.result_points != _ALL_POINTS:
            raise told("Hai nhóm điểm cộng lại phải bằng 100.")
        return self


class Criterion(_Row):
    """One thing that is scored or rated. ``points`` is the most it may get; 0 where levels are given."""

    key: str = key_field(made_from="title")
    subject: Subject = Field(title="Dùng cho", json_schema_extra=_SUBJECT)
    part: Literal["common", "result"] = Field(
        title="Nhóm", json_schema_extra={"labels": {"common": "tiêu chí chung", "result": "kết quả nhiệm vụ"}}
    )
    title: str = Field(min_length=1, max_length=300, title="Tiêu chí")
    points: Decimal = Field(Decimal(0), ge=0, le=100, max_digits=5, decimal_places=2, title="Điểm tối đa")
    core: YesNo = Field("no", title="Tiêu chí chính", json_schema_extra=_YES_NO)


class ReviewRubric(Value):
    """The criteria by kind of subject; superior committees set the points within the frames."""

    topic: ClassVar[str] = "reviews.rubric"
    title: ClassVar[str] = "Kiểm điểm, xếp loại: tiêu chí và điểm"

    criteria: tuple[Criterion, ...] = Field(min_length=1, title="Các tiêu chí")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(f"{one.subject}:{one.key}" for one in self.criteria)
        for subject, name in SUBJECTS.items():
            points = sum(one.points for one in self.criteria if one.subject == subject)
            if points not in {0, _ALL_POINTS}:
                raise told(f"Điểm các tiêu chí của {name} cộng lại được {points:f}; phải bằng {_ALL_POINTS}.")
        return self

    def of(self, subject: str) -> tuple[Criterion, ...]:
        """Return the criteria of a kind of subject: those of its own, else of all members for a member."""
        own = tuple(one for one in self.criteria if one.subject == subject)
        wider = "member" if subject in {"leader", "non_leader", "outside"} else ""
        return own or tuple(one for one in self.criteria if one.subject == wider)


class _Test(_Cited):
    """A fact against a bound. ``value``: percent 0–100, points, months, levels 1–4, or 0/1 for no and yes."""

    key: str = key_field()
    subject: Subject = Field(title="Với", json_schema_extra=_SUBJECT)
    fact: FactKey = Field(title="Điều xét", json_schema_extra=_FACT)
    op: Operator = Field(title="So", json_schema_extra=_OPERATOR)
    value: Decimal = Field(ge=0, le=1000, max_digits=6, decimal_places=2, title="Ngưỡng")


class Condition(_Test):
    """What a grade needs; a grade is open when all its conditions are met."""

    grade: GradeKey = Field(title="Mức", json_schema_extra=_GRADE)


class Trigger(_Test):
    """What by itself makes the lowest grade, unless the authority lifts it where the law lets it."""

    lifted: YesNo = Field(
        title="Tự phát hiện, khắc phục thì cấp có thẩm quyền xem xét", json_schema_extra=_YES_NO
    )


class Ceiling(_Test):
    """What leaves open no better grade than one."""

    best: GradeKey = Field(title="Không quá mức", json_schema_extra=_GRADE)


class GradeConditions(Value):
    """What opens and closes the grades, row by row."""

    topic: ClassVar[str] = "reviews.conditions"
    title: ClassVar[str] = "Kiểm điểm, xếp loại: điều kiện của từng mức"

    conditions: tuple[Condition, ...] = Field(min_length=1, title="Điều kiện của các mức")
    triggers: tuple[Trigger, ...] = Field(
        title="Căn cứ xếp mức không hoàn thành nhiệm vụ", json_schema_extra=_MAY_BE_EMPTY
    )
    ceilings: tuple[Ceiling, ...] = Field(
        title="Căn cứ không được quá một mức", json_schema_extra=_MAY_BE_EMPTY
    )
    #: What follows where no grade's conditions are met and nothing by itself makes the lowest one.
    otherwise: Literal["decision", "kht"] = Field(
        title="Không đủ điều kiện mức nào thì",
        json_schema_extra={"labels": {"decision": "cấp có thẩm quyền xem xét", "kht": "xếp mức 4"}},
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for rows in (self.conditions, self.triggers, self.ceilings):
            require_once(one.key for one in rows)
        return self


_LEVEL: dict[str, Any] = {"labels": {"any": "bất kỳ", "committee": "đảng ủy", "cell": "chi bộ"}}


class CapGroup(_Row):
    """A group of similar posts, within which a cap is counted; the first row that fits a person is theirs."""

    key: str = key_field(made_from="title")
    title: str = Field(min_length=1, max_length=120, title="Nhóm")
    subject: Subject = Field(title="Gồm", json_schema_extra=_SUBJECT)
    level: Literal["any", "committee", "cell"] = Field(title="Giữ chức vụ ở", json_schema_extra=_LEVEL)


class Cap(_Cited):
    """The most who may get the best grade: a percentage (0–100) of a base. 0: no cap is known."""

    key: str = key_field()
    of: Literal["member", "cell", "collective"] = Field(title="Của", json_schema_extra=_SUBJECT)
    grade: GradeKey = Field(title="Mức", json_schema_extra=_GRADE)
    percent: Decimal = Field(ge=0, le=100, max_digits=5, decimal_places=2, title="Không quá (%)")
    raised: Decimal = Field(
        ge=0, le=100, max_digits=5, decimal_places=2, title="Nơi nổi trội được đến (%; 0 là không)"
    )
    base: Literal["good", "good_or_better", "graded"] = Field(
        title="Tính trên",
        json_schema_extra={
            "labels": {
                "good": "số được xếp mức 2",
                "good_or_better": "số được xếp mức 1 và mức 2",
                "graded": "số được xếp loại",
            }
        },
    )
    per: Literal["organisation", "group"] = Field(
        title="Trong",
        json_schema_extra={
            "labels": {"organisation": "toàn đảng bộ cơ sở", "group": "nhóm vị trí tương đồng"}
        },
    )
    rounding: Literal["floor", "nearest", "up"] = Field(
        title="Lẻ thì",
        json_schema_extra={"labels": {"floor": "bỏ phần lẻ", "nearest": "làm tròn", "up": "lấy thêm một"}},
    )


class ReviewCaps(Value):
    """Caps and the groups they are counted in."""

    topic: ClassVar[str] = "reviews.caps"
    title: ClassVar[str] = "Kiểm điểm, xếp loại: tỷ lệ mức cao nhất"

    caps: tuple[Cap, ...] = Field(title="Tỷ lệ", json_schema_extra=_MAY_BE_EMPTY)
    groups: tuple[CapGroup, ...] = Field(min_length=1, title="Nhóm vị trí tương đồng")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(one.key for one in self.caps)
        require_once(one.key for one in self.groups)
        return self


class ReviewForm(_Row):
    """A form of self-review and whom it is for."""

    key: str = key_field(made_from="number")
    number: str = Field(min_length=1, max_length=40, title="Mẫu số")
    title: str = Field(min_length=1, max_length=200, title="Tên mẫu")
    subject: Subject = Field(title="Dùng cho", json_schema_extra=_SUBJECT)


#: What stands beside a field as evidence from the other rooms.
EVIDENCE: dict[str, str] = {
    "": "không",
    "tasks": "việc được giao",
    "meetings": "dự sinh hoạt",
    "study": "học tập nghị quyết",
    "directive": "đăng ký học tập và làm theo Bác",
    "remedies": "kết luận, khắc phục",
    "weekly": "nhận xét hằng tuần",
    "last_year": "bản kiểm điểm năm trước",
}
_EVIDENCE: dict[str, Any] = {"labels": EVIDENCE}
EvidenceKey = Literal["", "tasks", "meetings", "study", "directive", "remedies", "weekly", "last_year"]


class FormField(_Row):
    """A field of a form. ``form`` is the number of the form ("2B"); ``part`` heads those that follow one another."""

    key: str = key_field()
    form: str = Field(min_length=1, max_length=40, title="Của mẫu số")
    part: str = Field(min_length=1, max_length=200, title="Phần")
    label: str = Field(min_length=1, max_length=300, title="Nội dung")
    hint: str = Field("", max_length=300, title="Gợi ý")
    rated: YesNo = Field("no", title="Tự nhận mức (xuất sắc – kém)", json_schema_extra=_YES_NO)
    required: YesNo = Field("yes", title="Phải ghi", json_schema_extra=_YES_NO)
    evidence: EvidenceKey = Field("", title="Đặt bên cạnh", json_schema_extra=_EVIDENCE)


class ReviewForms(Value):
    """The forms of a regime and their fields."""

    topic: ClassVar[str] = "reviews.forms"
    title: ClassVar[str] = "Kiểm điểm, xếp loại: mẫu bản kiểm điểm"

    forms: tuple[ReviewForm, ...] = Field(min_length=1, title="Các mẫu")
    fields: tuple[FormField, ...] = Field(min_length=1, title="Nội dung các mẫu")
    #: Numbers of the other papers, "" where none was found.
    regrading: str = Field("", max_length=40, title="Mẫu số quyết định xếp loại lại")
    dossier: str = Field("", max_length=40, title="Mẫu số danh mục hồ sơ")
    residence: str = Field("", max_length=40, title="Mẫu số nhận xét nơi cư trú")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(one.key for one in self.forms)
        require_once(f"{one.form}:{one.key}" for one in self.fields)
        numbers = {one.number for one in self.forms}
        if any(one.form not in numbers for one in self.fields):
            raise told("Có nội dung ghi mẫu số không có. Ghi số của một mẫu ở bảng trên.")
        return self

    def of(self, subject: str) -> ReviewForm | None:
        """Return the form for a kind of subject; one for all members where there is no narrower one."""
        own = next((one for one in self.forms if one.subject == subject), None)
        wider = "member" if subject in {"leader", "non_leader", "outside"} else ""
        return own or next((one for one in self.forms if one.subject == wider), None)

    def fields_of(self, form: ReviewForm) -> tuple[FormField, ...]:
        """Return the fields of a form in order."""
        return tuple(one for one in self.fields if one.form == form.number)


STEPS: dict[str, str] = {
    "open": "mở đợt",
    "self_review": "nộp bản kiểm điểm",
    "residence": "xin nhận xét nơi cư trú",
    "sitting": "hội nghị kiểm điểm",
    "propose": "đề nghị mức xếp loại",
    "appraise": "thẩm định",
    "decide": "quyết định",
    "notify": "thông báo",
    "report": "báo cáo cấp trên",
}
_STEP: dict[str, Any] = {"labels": STEPS}
StepKey = Literal[
    "open", "self_review", "residence", "sitting", "propose", "appraise", "decide", "notify", "report"
]


class ReviewStep(_Row):
    """One step of the year's review with its last day (inclusive)."""

    key: StepKey = Field(title="Bước", json_schema_extra=_STEP)
    title: str = Field(min_length=1, max_length=200, title="Nội dung")
    of: Literal["cell", "committee"] = Field(
        title="Ở", json_schema_extra={"labels": {"cell": "chi bộ", "committee": "đảng ủy"}}
    )
    day: int = Field(ge=1, le=31, title="Trước hết ngày")
    month: int = Field(ge=1, le=12, title="Tháng")
    next_year: YesNo = Field("no", title="Năm sau", json_schema_extra=_YES_NO)


_DECIDERS: dict[str, Any] = {
    "labels": {
        "cell": "chi bộ",
        "committee": "đảng ủy",
        "standing": "ban thường vụ đảng ủy",
        "superior": "ban thường vụ cấp ủy cấp trên",
    }
}


class Decider(_Cited):
    """Who proposes and who decides the grade of a kind of subject, by decentralisation.

    ``level`` narrows a row to the committee or to cells: a cell's own committee is not decided on where the
    committee's is.
    """

    key: str = key_field()
    subject: Subject = Field(title="Của", json_schema_extra=_SUBJECT)
    level: Literal["any", "committee", "cell"] = Field("any", title="Ở", json_schema_extra=_LEVEL)
    proposes: Literal["cell", "committee", "standing", "superior"] = Field(
        title="Đề nghị", json_schema_extra=_DECIDERS
    )
    decides: Literal["cell", "committee", "standing", "superior"] = Field(
        title="Quyết định", json_schema_extra=_DECIDERS
    )


class ReviewSteps(Value):
    """The order of the year's review, its days, who decides what."""

    topic: ClassVar[str] = "reviews.steps"
    title: ClassVar[str] = "Kiểm điểm, xếp loại: các bước và thẩm quyền"

    steps: tuple[ReviewStep, ...] = Field(min_length=1, title="Các bước")
    deciders: tuple[Decider, ...] = Field(min_length=1, title="Thẩm quyền")
    ballot: Literal["secret", "raised_card"] = Field(
        title="Biểu quyết mức xếp loại",
        json_schema_extra={"labels": {"secret": "phiếu kín", "raised_card": "giơ thẻ đảng viên"}},
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        require_once(f"{one.key}:{one.of}" for one in self.steps)
        require_once(one.key for one in self.deciders)
        return self

    def decider_of(self, subject: str, level: str = "any") -> Decider | None:
        """Return who proposes and decides for a kind of subject; of all members where there is no narrower row.

        ``level``: where a collective stands or a member leads ("committee", "cell"; "any" for neither). A row for that
        level comes before one for any level, a row for the very kind before one for all members.
        """
        wider = "member" if subject in {"leader", "non_leader", "outside"} else ""
        fitting = (
            one
            for kind in (subject, wider)
            for place in (level, "any")
            for one in self.deciders
            if one.subject == kind and one.level == place
        )
        return next(fitting, None)
