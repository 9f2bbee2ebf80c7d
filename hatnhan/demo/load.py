"""Loading the demonstration: once, whole, through the actions and the import that people use."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import transaction

from hatnhan.accounts.actors import MACHINE
from hatnhan.core import clock
from hatnhan.core.errors import HatNhanError
from hatnhan.demo import accounts, database
from hatnhan.demo.books import Books
from hatnhan.demo.charges import charge_deeds
from hatnhan.demo.guidance import guidance_deeds
from hatnhan.demo.honours import badge_deeds, exemption_deeds, office_deeds, open_deeds
from hatnhan.demo.lives import SEED
from hatnhan.demo.months import monthly_deeds
from hatnhan.demo.oversight import oversight_deeds
from hatnhan.demo.paths import extend_one, paths_after_import, paths_before_import
from hatnhan.demo.places import COMMUNE
from hatnhan.demo.reviews import review_deeds
from hatnhan.demo.tale import Tale, tell_all
from hatnhan.demo.tree import tree_deeds
from hatnhan.demo.weeks import weekly_deeds
from hatnhan.demo.workbook import roster_rows, write_workbook
from hatnhan.organization.models import Unit
from hatnhan.organization.roster.run import import_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def quiet(_share: float, _what: str) -> None:
    """Say nothing of the progress."""


def is_loaded() -> bool:
    """Tell whether the demonstration is there, whole. Raises NotOurs while it is being loaded elsewhere."""
    with database.held(alone=False):
        return database.state() is database.State.LOADED


def load_once(
    progress: Callable[[float, str], None] = quiet, *, afresh: bool = False
) -> list[accounts.Account]:
    """Load the demonstration unless it is loaded, and return its accounts; ``afresh`` drops all that was typed.

    A load that was interrupted left a mark and no data: it starts over. Raises NotOurs for a database that holds
    somebody else's data.
    """
    with database.held(alone=False):
        if not afresh and database.state() is database.State.LOADED:
            database.bring_up_to_date()
            return accounts.remembered()
    with database.held(alone=True):
        database.begin_afresh()
        with transaction.atomic():
            write_story(clock.today(), progress)
            opened = accounts.open_accounts()
            database.note_loaded()
        accounts.remember(opened)
        return opened


def write_story(today: date, progress: Callable[[float, str], None] = quiet, seed: int = SEED) -> Tale:
    """Write the whole story up to a day into empty tables and return it; ``progress`` hears how far it is."""
    tale, books = tell_all(today, seed), Books()
    before = [*tree_deeds(tale), *paths_before_import(tale)]
    after = [
        *paths_after_import(tale),
        *office_deeds(tale),
        *badge_deeds(tale),
        *exemption_deeds(tale),
        *open_deeds(tale),
        extend_one(tale),
        *charge_deeds(tale),
        *weekly_deeds(tale),
        *monthly_deeds(tale),
        *guidance_deeds(tale),
        *oversight_deeds(tale),
        *review_deeds(tale),
    ]
    count = _Counter(len(before) + len(after), progress)
    count.what = "Dựng lịch sử từ 2010"
    books.write(before, count)
    count.what = "Nhập danh sách đảng viên"
    count.tell()
    import_roster(tale)
    books.meet(tale.world.present)
    count.what = "Ghi chức vụ, Huy hiệu, miễn công tác"
    books.write(after, count)
    return tale


def import_roster(tale: Tale) -> None:
    """Bring in the roster of today by the import, from the workbook that the commune's office would send."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach-dang-vien.xlsx"
        write_workbook(path, roster_rows(tale.world.present), tale.today)
        outcome = import_file(
            path, path.name, unit=Unit.objects.get(code=COMMUNE), by=MACHINE, at=clock.at(tale.today)
        )
    if not outcome.written:
        raise HatNhanError(f"Danh sách của bản dùng thử không nhập được: {outcome.plan.counts}")


class _Counter:
    def __init__(self, total: int, progress: Callable[[float, str], None]) -> None:
        self._total, self._done, self._progress = total, 0, progress
        self.what = ""

    def __call__(self) -> None:
        self._done += 1
        if self._done % 50 == 0:
            self.tell()

    def tell(self) -> None:
        """Say how far it is."""
        self._progress(self._done / self._total, self.what)
