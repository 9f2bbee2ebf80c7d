"""How facts, values and bounds are said: short, in whole words, so that a secretary can read them aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import decimal
from hatnhan.reviews.models import Rating
from hatnhan.reviews.rules.facts import UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from django_stubs_ext import StrOrPromise

    from hatnhan.reviews.rules.engine import Checked

#: What a fact is called in a row.
LABEL: Mapping[str, StrOrPromise] = {
    "score": _("Tổng điểm"),
    "lowest_result": _("Mức thấp nhất về kết quả nhiệm vụ"),
    "lowest_other": _("Mức thấp nhất ở các tiêu chí khác"),
    "lowest_core": _("Mức thấp nhất ở tiêu chí chính"),
    "official_grade": _("Xếp loại cán bộ, công chức, viên chức"),
    "tasks_done": _("Việc hoàn thành"),
    "tasks_on_time": _("Việc xong đúng hạn, đạt chất lượng"),
    "tasks_exceeded": _("Việc vượt mức"),
    "tasks_late": _("Việc chậm tiến độ"),
    "tasks_not_done": _("Việc không hoàn thành"),
    "faults_fixed": _("Khuyết điểm đã chỉ ra được khắc phục"),
    "disciplined": _("Bị kỷ luật trong năm"),
    "degenerated": _("Có kết luận suy thoái"),
    "forbidden": _("Vi phạm điều cấm, nêu gương gây ảnh hưởng xấu"),
    "months_sick": _("Thời gian nghỉ ốm"),
    "unit_tasks_done": _("Việc của nơi phụ trách hoàn thành"),
    "unit_tasks_exceeded": _("Việc của nơi phụ trách vượt mức"),
    "targets_missed": _("Không đạt các chỉ tiêu KT-XH cơ bản"),
    "units_failed": _("Đơn vị phụ trách không hoàn thành nhiệm vụ"),
    "low_confidence": _("Phiếu tín nhiệm thấp"),
    "corruption": _("Nơi phụ trách có tham nhũng, lãng phí bị kỷ luật"),
    "wrongdoing": _("Có kết luận sai phạm công tác cán bộ, mất đoàn kết"),
    "member_disciplined": _("Thành viên bị kỷ luật"),
    "unit_disciplined": _("Đơn vị trực thuộc, thành viên lãnh đạo bị kỷ luật"),
    "members_good": _("Đảng viên hoàn thành tốt trở lên"),
    "members_failed": _("Đảng viên không hoàn thành nhiệm vụ"),
    "cells_good": _("Chi bộ hoàn thành tốt trở lên"),
    "cells_failed": _("Chi bộ không hoàn thành nhiệm vụ"),
    "programme_done": _("Chương trình kiểm tra, giám sát đã làm"),
}
_YES_NO: Mapping[bool, StrOrPromise] = {True: _("có"), False: _("không")}
#: What is counted, after "3/14".
_COUNTED: Mapping[str, StrOrPromise] = {
    "tasks": _("việc"),
    "unit_tasks": _("việc"),
    "units": _("đơn vị"),
    "faults": _("khuyết điểm"),
    "members": _("đảng viên"),
    "cells": _("chi bộ"),
    "programme": _("cuộc"),
}


def label(fact: str) -> str:
    """Return what a fact is called in a row."""
    return str(LABEL[fact])


def lower(text: str) -> str:
    """Return a label inside a sentence."""
    return text[:1].lower() + text[1:]


def plain(value: Decimal) -> str:
    """Return a number with as many decimals as it has, two at most: "87,5"."""
    text = decimal(value, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


def share(value: Decimal) -> str:
    """Return a percentage with one decimal at most: "21,4%"; never rounded up onto a whole it does not reach."""
    one = decimal(value, 1)
    exact = decimal(value, 2)
    text = exact if one.endswith(",0") and not exact.endswith(",00") else one
    return (text.rstrip("0").rstrip(",") if "," in text else text) + "%"


def counted(fact: str) -> str:
    """Return what a share of a fact is counted in: "việc"."""
    return next((str(words) for start, words in _COUNTED.items() if fact.startswith(start)), "")


def value(check: Checked) -> str:
    """Return the value of a fact: "88", "3/14 = 21,4%", "Tốt", "không", "chưa rõ"."""
    if check.value is None:
        return _now("không có") if check.state == "not_applicable" else _now("chưa rõ")
    if check.unit == "%":
        whole = f"{check.numerator}/{check.denominator}" if check.denominator else ""
        return f"{whole} = {share(check.value)}" if whole else share(check.value)
    return amount(check, check.value)


def amount(check: Checked, amount_: Decimal) -> str:
    """Return a value or bound of a fact in its own unit."""
    return number(check.fact, amount_)


def number(fact: str, amount_: Decimal) -> str:
    """Return a number of a fact in its own unit: "21,4%", "Tốt", "có", "4 tháng"."""
    unit = UNIT[fact]
    if unit == "%":
        return share(amount_)
    if unit == "mức":
        return str(Rating(int(amount_)).label) if int(amount_) in Rating.values else plain(amount_)
    if unit == "có/không":
        return str(_YES_NO[bool(amount_)])
    return _now("%(n)s tháng") % {"n": plain(amount_)} if unit == "tháng" else plain(amount_)


_FULL = 100


def bound(checks: Sequence[Checked]) -> str:
    """Return what is needed, for the rows on one fact together: "từ 90", "70 đến dưới 90", "100%", "không"."""
    if len(checks) == 2:  # noqa: PLR2004 - a band has two sides
        low = next((one for one in checks if one.op in {"at_least", "above"}), None)
        high = next((one for one in checks if one.op in {"below", "at_most"}), None)
        if low and high:
            words = _now("%(low)s đến dưới %(high)s") if high.op == "below" else _now("%(low)s đến %(high)s")
            return words % {"low": amount(low, low.bound), "high": amount(high, high.bound)}
    return "; ".join(_bound(one) for one in checks)


def _bound(check: Checked) -> str:
    text = amount(check, check.bound)
    whole = check.unit == "%" and check.op == "at_least" and check.bound == _FULL
    nothing = check.op == "at_most" and check.bound == 0
    if check.unit == "có/không" or check.op == "is" or whole or nothing:
        return text
    if check.unit == "mức" and check.op == "at_least":
        return _now("từ %(level)s trở lên") % {"level": text}
    words = {
        "at_least": _now("từ %(n)s"),
        "above": _now("trên %(n)s"),
        "at_most": _now("không quá %(n)s"),
        "below": _now("dưới %(n)s"),
    }
    return words[check.op] % {"n": text}


def short_of(check: Checked) -> str:
    """Return why a condition is not met, as part of a sentence; after ";" comes what is needed."""
    name = lower(label(check.fact))
    if check.value is None:
        return _now("chưa biết %(what)s") % {"what": name}
    if check.fact == "score":
        return _score(check, check.value)
    if check.unit == "có/không":
        return name if check.value else _now("không %(what)s") % {"what": name}
    if check.unit == "%" and check.op in {"at_least", "above"}:
        words = _now("%(what)s mới %(value)s; cần %(bound)s")
        least = {"what": name, "value": _aloud(check), "bound": _needed(check)}
        return words % least
    words = _now("%(what)s là %(value)s; cần %(bound)s")
    return words % {"what": name, "value": _aloud(check), "bound": bound((check,))}


def _needed(check: Checked) -> str:
    if check.bound == _FULL:
        return _now("đủ 100%")
    return _now("ít nhất %(n)s") % {"n": share(check.bound)}


def _score(check: Checked, points: Decimal) -> str:
    if check.op in {"at_least", "above"}:
        return _now("thiếu %(n)s điểm") % {"n": plain(check.bound - points)}
    return _now("tổng điểm %(points)s, mức này chỉ dưới %(bound)s") % {
        "points": plain(points),
        "bound": plain(check.bound),
    }


def _aloud(check: Checked) -> str:
    """Return a value as it is said: "3/14 việc, bằng 21,4%"."""
    if check.unit == "%" and check.denominator and check.value is not None:
        told = {
            "n": check.numerator,
            "of": check.denominator,
            "what": counted(check.fact),
            "share": share(check.value),
        }
        whole = check.numerator in {0, check.denominator}
        words = _now("%(n)s/%(of)s %(what)s") if whole else _now("%(n)s/%(of)s %(what)s, bằng %(share)s")
        return words % told
    return value(check)


def holds(check: Checked) -> str:
    """Return what is so, as part of a sentence: "làm xong 14/14 việc"; "" for nothing to say."""
    if check.fact == "score" and check.value is not None:
        return _now("đạt %(points)s trên 100 điểm") % {"points": plain(check.value)}
    if check.state == "not_applicable" or (check.unit == "có/không" and not check.value):
        return ""
    if check.fact == "tasks_on_time" and check.value == _FULL:
        return _now("đúng hạn, bảo đảm chất lượng")
    phrase = {"tasks_done": _now("làm xong %(tasks)s"), "tasks_exceeded": _now("vượt mức %(tasks)s")}.get(
        check.fact
    )
    if phrase is not None:
        return phrase % {"tasks": _aloud(check)}
    name = lower(label(check.fact))
    return name if check.unit == "có/không" else f"{name} {_aloud(check)}"


def level(number: int) -> str:
    """Return a level of a criterion in words."""
    return str(Rating(number).label)


def trigger(fact: str, op: str, at: Decimal) -> str:
    """Return what a row that makes the lowest grade looks at: "tổng điểm dưới 50", "bị kỷ luật trong năm"."""
    name, unit = lower(label(fact)), UNIT[fact]
    if unit == "có/không":
        return name
    said = {"%": share, "mức": _level}.get(unit, plain)(at)
    words = {
        "at_least": _now("từ %(n)s"),
        "above": _now("trên %(n)s"),
        "at_most": _now("từ %(n)s trở xuống"),
        "below": _now("dưới %(n)s"),
        "is": _now("là %(n)s"),
    }
    return f"{name} {words[op] % {'n': said}}"


def _level(number: Decimal) -> str:
    return level(int(number))
