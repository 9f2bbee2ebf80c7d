"""Work and figures that only tests know: the shell is made of the registries, whoever fills them."""

from datetime import date, timedelta

import pytest

from hatnhan.core import clock
from hatnhan.deadlines import registry as deadlines
from hatnhan.deadlines.types import Deadline
from hatnhan.figures import registry as figures
from hatnhan.figures.types import Measure

TODAY = date(2018, 10, 29)


@pytest.fixture(autouse=True)
def monday():
    with clock.fixed(TODAY):
        yield


class Work(list[Deadline]):
    def add(self, unit, title, *, days, source="thu.mot", about=None):
        one = Deadline(
            key=f"{source}:{len(self)}",
            due=TODAY + timedelta(days=days),
            title=title,
            detail="Chi tiết của việc",
            unit_id=unit.pk,
            unit_name=unit.name,
            url="/noi-lam/",
            action="Làm việc ấy",
            about_id=about.pk if about else None,
        )
        self.append(one)
        return one


@pytest.fixture
def due(monkeypatch):
    """The only work there is: two kinds, first empty."""
    work = Work()
    monkeypatch.setattr(deadlines, "_sources", {})
    monkeypatch.setattr(deadlines, "_personal", {})
    monkeypatch.setattr(deadlines, "_titles", {})

    def register(key, title):
        @deadlines.source(key, title=title)
        def find(unit_ids, *, on, until):
            return [one for one in work if one.source == key and one.unit_id in unit_ids and one.due <= until]

    register("thu.mot", "Hết hạn dự bị")
    register("thu.hai", "Chuyển sinh hoạt")
    return work


@pytest.fixture
def counted(monkeypatch):
    """The only figures there are: one that stands first, one that does not."""
    monkeypatch.setattr(figures, "_families", {})

    @figures.family("thu.so", title="Số thử", headlines=("thu.so.dau",))
    def family(scope, period):
        how = "Đếm trên đầu ngón tay."
        yield Measure("thu.so.dau", "Số đứng đầu", "người", 587, how)
        yield Measure("thu.so.sau", "Số đứng sau", "người", 12, how)
