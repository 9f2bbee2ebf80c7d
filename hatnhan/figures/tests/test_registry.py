"""Figures handed up by rooms."""

import pytest

from hatnhan.core.errors import Missing
from hatnhan.core.periods import Period
from hatnhan.figures import registry, selectors
from hatnhan.figures.types import Measure

YEAR = Period.parse("2017")


class Somewhere:
    pk, code, is_cell = 1, "dau-do", False


def test_a_prefix_has_one_family(families):
    with pytest.raises(ValueError, match=r"thu\.so"):
        registry.family("thu.so", title="Lần nữa")(lambda _scope, _period: [])


@pytest.mark.parametrize(
    ("prefix", "count"),
    [("", 15), ("thu", 15), ("thu.so.noi", 12), ("thu.so.noi.3", 1), ("thu.so.dau", 1), ("khac", 0)],
)
def test_figures_are_asked_for_by_prefix(families, prefix, count):
    assert len(list(registry.compute(Somewhere(), YEAR, prefix=prefix))) == count


def test_one_figure_by_its_key(families):
    assert registry.figure("thu.so.dau", Somewhere(), YEAR).measure.value == 587
    assert registry.figure("thu.so.noi.1", Somewhere(), YEAR).measure.label == "Nơi 1"


@pytest.mark.parametrize("key", ["thu.so", "thu.so.khong_co", "thu.so.noi.99", "khac.so", ""])
def test_a_figure_nobody_vouches_for_is_missing(families, key):
    with pytest.raises(Missing):
        registry.figure(key, Somewhere(), YEAR)


def test_a_key_belongs_to_the_nearest_family(families):
    assert registry.family_of("thu.so.noi.1").prefix == "thu.so.noi"
    assert registry.family_of("thu.so.dau").prefix == "thu.so"


def test_headlines_stop_as_soon_as_they_are_found(monkeypatch):
    monkeypatch.setattr(registry, "_families", {})
    computed = []

    @registry.family("thu", title="Thử", headlines=("thu.hai", "thu.mot"))
    def family(_scope, _period):
        for name in ("mot", "hai", "ba"):
            computed.append(name)
            yield Measure(f"thu.{name}", name, "người", 1, "Đếm.")

    found = registry.headlines(Somewhere(), YEAR)
    assert [figure.measure.key for figure in found] == ["thu.hai", "thu.mot"]
    assert computed == ["mot", "hai"]


def test_programs_get_numbers(families):
    share = registry.figure("thu.so.ty_le", Somewhere(), YEAR).as_dict()
    assert share == {
        "key": "thu.so.ty_le",
        "label": "Tỷ lệ",
        "unit": "%",
        "value": 2.67,
        "numerator": 94,
        "denominator": 3521,
        "scope": "dau-do",
        "period": "2017",
        "status": "final",
    }


def test_a_cell_hears_nothing_of_what_only_committees_have(monkeypatch):
    monkeypatch.setattr(registry, "_families", {})

    @registry.family("thu", title="Thử", headlines=("thu.mot",), of_committees=True)
    def family(_scope, _period):
        yield Measure("thu.mot", "Một", "người", 1, "Đếm.")

    class Cell(Somewhere):
        is_cell = True

    assert len(registry.headlines(Somewhere(), YEAR)) == 1
    assert registry.headlines(Cell(), YEAR) == []
    assert list(registry.compute(Cell(), YEAR)) == []
    assert len(selectors.board(Somewhere(), YEAR)) == 1
    assert selectors.board(Cell(), YEAR) == []
    assert registry.figure("thu.mot", Cell(), YEAR).measure.value == 1


def test_headlines_that_add_up_are_taken_for_the_year_of_the_day(monkeypatch):
    monkeypatch.setattr(registry, "_families", {})

    @registry.family("thu", title="Thử", headlines=("thu.cong", "thu.dung"), over_the_year=("thu.cong",))
    def compute(scope, period):
        yield Measure("thu.dung", "Đứng", "người", 1, "Đếm.")
        yield Measure("thu.cong", "Cộng", "buổi", 2, "Đếm.")

    found = registry.headlines(Somewhere(), Period.parse("2018-10-29"))
    assert [(one.measure.key, one.period.key) for one in found] == [
        ("thu.cong", "2018"),
        ("thu.dung", "2018-10-29"),
    ]
