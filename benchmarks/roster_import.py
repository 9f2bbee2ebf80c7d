"""How fast 20,000 rows of a roster are read, checked and written, beside two other ways of doing it.

    .venv/bin/python benchmarks/roster_import.py [ROWS]

In the same run, on the same machine and database: django-import-export with use_bulk, importing the same fields; and a
bare executemany of rows that are already in memory, which checks nothing and is the floor. Printed are seconds, the
ratios, and the memory a row costs. On SQLite unless DATABASE_URL names another database.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import tracemalloc
from datetime import date
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="hatnhan-bench-"))
os.environ["HATNHAN_MODE"] = "test"
os.environ["HATNHAN_STATE"] = str(FOLDER)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
DAY = date(2026, 1, 1)
#: The aims: times faster than import-export, times slower than a bare executemany.
FASTER, SLOWER = 6, 10
HEADINGS = (
    "STT", "Số thẻ", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Nơi ở", "Nghề nghiệp", "Học vấn", "Chuyên môn",
    "Lý luận", "Điện thoại", "Ngày vào Đảng", "Chính thức", "Chi bộ", "Về chi bộ từ",
)  # fmt: skip


def people(count: int) -> list[tuple[object, ...]]:
    """Return made-up rows under the headings."""
    dice = random.Random(18)  # noqa: S311 - not for secrets
    family = "Nguyễn Trần Lê Phạm Phùng Kim Tạ Đỗ Bùi Dương".split()
    middle = "Văn Thị Hữu Đức Ngọc Minh Quang Thu".split()
    given = "An Bình Cường Dũng Đức Giang Hòa Khánh Lan Minh Nam Phúc Quân Sơn Tâm Uyên Vinh Yến".split()
    rows = []
    for n in range(1, count + 1):
        name = " ".join(dice.choice(part) for part in (family, middle, given))
        born = date(dice.randint(1945, 1990), dice.randint(1, 12), dice.randint(1, 28))
        admitted = date(2012, 5, dice.randint(1, 28))
        phone = f"09{dice.randint(10**7, 10**8 - 1)}"
        cell = f"Thôn Số {dice.randint(1, 18)}"
        rows.append(
            (n, f"{n:08d}", name, born, dice.choice(("Nam", "Nữ")), "Kinh", "Thôn Chùa", "Làm ruộng", "THPT", "Đại học",
             "Sơ cấp", phone, admitted, date(2013, 6, 1), cell, date(2013, 6, 1))
        )  # fmt: skip
    return rows


def workbook(rows: list[tuple[object, ...]]) -> Path:
    """Write the rows to an xlsx and return its path."""
    import xlsxwriter

    path = FOLDER / "danh-sach.xlsx"
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    ) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)
    return path


def clear() -> None:
    """Empty the tables that are filled, so that each way starts alike."""
    from hatnhan.organization.models import Member, Membership

    Membership.objects.all().delete()
    Member.objects.all().delete()


def timed(work) -> float:
    """Return how many seconds some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ours(path: Path, unit):
    """Read, check and write as the product does."""
    from hatnhan.accounts.actors import MACHINE
    from hatnhan.core import clock
    from hatnhan.organization.roster.run import import_file

    outcome = import_file(path, path.name, unit=unit, by=MACHINE, at=clock.at(DAY))
    if not outcome.written:
        sys.exit(f"not written: {outcome.plan.counts}")


def theirs(path: Path, cells: dict[str, object]):
    """Do the same fields with django-import-export, in bulk; its memberships by a second bulk insert."""
    from import_export import fields, resources, widgets
    from import_export.formats.base_formats import XLSX

    from hatnhan.organization.models import Member, Membership

    class Choice(widgets.Widget):
        def __init__(self, **choices):
            super().__init__()
            self.choices = choices

        def clean(self, value, row=None, **kwargs):
            return self.choices[value]

    class Roster(resources.ModelResource):
        card_number = fields.Field("card_number", "Số thẻ")
        full_name = fields.Field("full_name", "Họ và tên")
        born_on = fields.Field("born_on", "Ngày sinh", widgets.DateWidget("%Y-%m-%d"))
        sex = fields.Field("sex", "Giới tính", Choice(Nam="M", Nữ="F"))
        ethnicity = fields.Field("ethnicity", "Dân tộc")
        hamlet = fields.Field("hamlet", "Nơi ở")
        occupation = fields.Field("occupation", "Nghề nghiệp")
        schooling = fields.Field("schooling", "Học vấn", Choice(THPT="upper_secondary"))
        degree = fields.Field("degree", "Chuyên môn", Choice(**{"Đại học": "bachelor"}))
        theory = fields.Field("theory", "Lý luận", Choice(**{"Sơ cấp": "elementary"}))
        phone = fields.Field("phone", "Điện thoại")
        admitted_on = fields.Field("admitted_on", "Ngày vào Đảng", widgets.DateWidget("%Y-%m-%d"))
        official_on = fields.Field("official_on", "Chính thức", widgets.DateWidget("%Y-%m-%d"))

        class Meta:
            model = Member
            use_bulk = True
            batch_size = 1000
            skip_unchanged = True
            report_skipped = False
            use_transactions = True
            import_id_fields = ("card_number",)
            force_init_instance = False

        def before_save_instance(self, instance, row, **kwargs):
            instance.born_year = instance.born_on.year
            instance.derive_keys()

    data = XLSX().create_dataset(path.read_bytes())
    Roster().import_data(data, dry_run=False, raise_errors=True)
    ids = dict(Member.objects.values_list("card_number", "pk"))
    Membership.objects.bulk_create(
        [
            Membership(
                member_id=ids[row["Số thẻ"]],
                unit=cells[row["Chi bộ"]],
                start=row["Về chi bộ từ"].date(),
                start_reason="recorded",
            )
            for row in data.dict
        ],
        batch_size=1000,
    )


def bare(rows: list[tuple[object, ...]], cells: dict[str, object]):
    """Insert finished rows with executemany: no file, no check, no record."""
    from django.db import connection, transaction

    from hatnhan.organization.models import Member

    finished = []
    for pk, row in enumerate(rows, start=1):
        member = Member(full_name=row[2])
        member.derive_keys()
        finished.append(
            (pk, row[1], row[2], member.sort_key, member.given_key, member.search_key, row[3].year, row[3].isoformat(),
             "M", "Kinh", row[6], row[7], "upper_secondary", "bachelor", "elementary", row[11], "", row[12].isoformat(),
             row[13].isoformat())
        )  # fmt: skip
    memberships = [
        (pk, cells[row[14]].pk, "official", row[15].isoformat(), "recorded")
        for pk, row in enumerate(rows, start=1)
    ]
    members_sql = (
        "INSERT INTO organization_member (id, card_number, full_name, sort_key, given_key, search_key, born_year, "
        "born_on, sex, ethnicity, hamlet, occupation, schooling, degree, theory, phone, email, admitted_on, "
        "official_on) VALUES "
        f"({', '.join(['%s'] * 19)})"
    )
    memberships_sql = (
        "INSERT INTO organization_membership (member_id, unit_id, kind, start, start_reason, end_reason, decision_no) "
        "VALUES (%s, %s, %s, %s, %s, '', '')"
    )

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(members_sql, finished)
            cursor.executemany(memberships_sql, memberships)

    return timed(insert)


def main() -> None:
    """Run the three ways and print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'bench.sqlite3'}")
    import django

    django.setup()
    from django.core.management import call_command

    from hatnhan.organization.tests import make

    call_command("migrate", verbosity=0)
    commune = make.unit("xa", "commune")
    cells = {
        f"Thôn Số {n}": make.unit(f"thon-{n}", "cell", commune, f"Chi bộ thôn Số {n}") for n in range(1, 19)
    }
    rows = people(count)
    path = workbook(rows)
    seconds: dict[str, list[float]] = {"ours": [], "import-export": [], "executemany": []}
    for _round in range(3):
        seconds["ours"].append(timed(lambda: ours(path, commune)))
        clear()
        seconds["executemany"].append(bare(rows, cells))
        clear()
    seconds["import-export"].append(timed(lambda: theirs(path, cells)))
    clear()
    best = {way: min(runs) for way, runs in seconds.items()}
    for way, runs in seconds.items():
        print(f"{way:>14}: {best[way]:7.2f} s  (runs: {', '.join(f'{run:.2f}' for run in runs)})")
    print(
        f"{count} rows: {best['import-export'] / best['ours']:.1f} times faster than import-export with use_bulk; "
        f"{best['ours'] / best['executemany']:.1f} times a bare executemany"
    )
    memory(commune)
    if best["import-export"] / best["ours"] < FASTER or best["ours"] / best["executemany"] > SLOWER:
        sys.exit(
            f"aim missed: {FASTER} times faster than import-export, within {SLOWER} times of executemany"
        )


def memory(unit) -> None:
    """Print the peak of Python memory a row, at two sizes: it should not grow."""
    for count in (2_000, 10_000):
        path = workbook(people(count))
        tracemalloc.start()
        ours(path, unit)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        clear()
        print(f"peak memory at {count} rows: {peak / count / 1024:.1f} kB a row")


if __name__ == "__main__":
    main()
