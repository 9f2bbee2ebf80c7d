"""Figures that only tests know."""

from datetime import date
from decimal import Decimal

import pytest

from hatnhan.core import clock
from hatnhan.figures import registry
from hatnhan.figures.types import Measure, RowsLink


@pytest.fixture(autouse=True)
def october():
    with clock.fixed(date(2018, 10, 29)):
        yield


@pytest.fixture
def families(monkeypatch):
    """Two families, one inside the other; the value of the first tells the year it was taken for."""
    monkeypatch.setattr(registry, "_families", {})
    asked = []

    @registry.family("thu.so", title="Số thử", headlines=("thu.so.dau",))
    def outer(scope, period):
        asked.append(period.key)
        year = period.last_day.year
        rows = RowsLink("organization:members", {"gioi": "F"})
        yield Measure("thu.so.dau", "Số đứng đầu", "người", year - 1430, "Đếm từng người.", rows=rows)
        yield Measure("thu.so.ty_le", "Tỷ lệ", "%", Decimal("2.67"), "Chia rồi nhân 100.", 94, 3521)
        yield Measure("thu.so.khong", "Không đo", "người", None, "Kỳ này chưa có.")

    @registry.family("thu.so.noi", title="Từng nơi")
    def inner(scope, period):
        for number in range(12):
            yield Measure(f"thu.so.noi.{number}", f"Nơi {number}", "người", number, "Đếm.", group="Theo nơi")

    return asked
