"""Forms of the yearly review as PDF: this program's engine beside LibreOffice on the same forms as DOCX, in one run.

    .venv/bin/python benchmarks/review_forms.py [FORMS [CONVERTED]]

Draws FORMS self-reviews (587 unless said) as a person gets them, as one bound file, and one by one. LibreOffice turns
CONVERTED of them (40 unless said) from DOCX into PDF: all in one call, its quickest way, and a few in a call each, as a
server would that makes a file when it is asked for. Without LibreOffice on the machine it says so, and prints no ratio.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="hatnhan-bench-"))
os.environ["HATNHAN_MODE"] = "test"
os.environ["HATNHAN_STATE"] = str(FOLDER)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'bench.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
AIM = 50
ALONE = 5


def fill(how_many: int):
    """Return a cycle in which so many members have handed in."""
    from hatnhan.organization.tests import make as places
    from hatnhan.reviews.models import Answer, Criticism, Entry, Score, SelfReview, WorkLine
    from hatnhan.reviews.selectors import texts
    from hatnhan.reviews.tests import make

    commune = places.unit("tam-hong", "commune", name="Đảng bộ xã Tam Hồng")
    cells = [places.unit(f"thon-{n}", "cell", commune, f"Chi bộ thôn {n}") for n in range(1, 18)]
    for place, cell in enumerate(cells):
        places.members(cell, how_many // 17 + (place < how_many % 17))
    cycle = make.cycle(commune)
    rows = list(Entry.objects.filter(cycle=cycle, of="member").select_related("member", "unit"))
    at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    told = {"form": "2C", "started_at": at, "saved_at": at, "submitted_at": at}
    SelfReview.objects.bulk_create([SelfReview(entry=one, **told) for one in rows])
    words = (
        "Trong năm đã chấp hành nghị quyết, quy định của Đảng; dự đủ buổi sinh hoạt; làm xong việc được giao. "
        * 2
    )
    answers, others = [], []
    for review in SelfReview.objects.select_related("entry__unit"):
        entry = review.entry
        entry.cycle = cycle
        answers += [Answer(review=review, field=one.key, text=words) for one in texts.fields_of(entry)]
        others.append(Criticism(review=review, place=1, text=words, remedy=words, mended="partly"))
        work = {"product": "12 buổi, 140 hộ", "said": "on_time"}
        others += [WorkLine(entry=entry, place=n, title="Vận động thu gom rác", **work) for n in range(4)]
        scores = texts.criteria_of(entry)
        others += [Score(entry=entry, criterion=one.key, stage="self", points=one.points) for one in scores]
    Answer.objects.bulk_create(answers)
    for kind in (Criticism, WorkLine, Score):
        kind.objects.bulk_create([one for one in others if isinstance(one, kind)])
    return cycle


def timed(deed):
    """Return what a deed returns and how many seconds it took."""
    start = time.perf_counter()
    made = deed()
    return made, time.perf_counter() - start


def told(what: str, seconds: float, how_many: int, more: str = "") -> float:
    """Print a line, and return the milliseconds a form."""
    each = 1000 * seconds / how_many
    print(f"{what:<58}{how_many:>5} forms {seconds:8.2f} s {each:9.1f} ms a form {more}", flush=True)
    return each


def ours(cycle, how_many: int):
    """Draw the set, then each form alone; return the papers and the milliseconds of both."""
    from hatnhan.documents import pdf
    from hatnhan.reviews.documents.common import Heads
    from hatnhan.reviews.documents.review_form import form_paper
    from hatnhan.reviews.selectors import papers, sets
    from hatnhan.reviews.selectors.entries import name_of
    from hatnhan.reviews.selectors.filled import in_portions

    heads, kept = Heads(), []

    def drawn():
        for one in in_portions(sets.rows_of(cycle, cycle.unit, papers.FORM), cycle):
            kept.append(form_paper(one, heads))
            yield name_of(one.entry), kept[-1]

    book, seconds = timed(lambda: pdf.bind(drawn(), title="Bộ bản kiểm điểm"))
    assert len(kept) == how_many, (len(kept), how_many)
    bound = told(
        "Hạt Nhân: read, drawn up, bound into one file", seconds, how_many, f"{len(book) / 2**20:.1f} MB"
    )
    _files, seconds = timed(lambda: [pdf.render(one) for one in kept])
    alone = told("Hạt Nhân: one file a form", seconds, how_many)
    return kept, bound, alone


def theirs(office: str, kept, how_many: int) -> tuple[float, float]:
    """Turn the same forms from DOCX into PDF; return the milliseconds a form in one call, and in a call each."""
    from hatnhan.documents import docx

    source, target = FOLDER / "docx", FOLDER / "pdf"
    source.mkdir()
    files = []
    for place, one in enumerate(kept[:how_many]):
        files.append(source / f"{place:04}.docx")
        files[-1].write_bytes(docx.render(one))
    profile = f"-env:UserInstallation=file://{FOLDER / 'profile'}"
    call = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(target)]

    def convert(rows) -> None:
        subprocess.run(  # noqa: S603 - what it is given are files of its own
            [*call, *map(str, rows)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    convert(files[:1])  # its first start makes a profile: not counted
    _none, seconds = timed(lambda: convert(files))
    assert len(list(target.glob("*.pdf"))) == len(files)
    together = told("LibreOffice: all in one call", seconds, len(files))
    few = files[:ALONE]
    _none, seconds = timed(lambda: [convert([one]) for one in few])
    return together, told("LibreOffice: a call each", seconds, len(few))


def main() -> None:
    """Fill, draw, convert, and print the ratios."""
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 587
    converted = min(int(sys.argv[2]) if len(sys.argv) > 2 else 40, how_many)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    kept, bound, alone = ours(fill(how_many), how_many)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not on this machine: nothing to compare with, no ratio.")
        return
    together, each = theirs(office, kept, converted)
    print(f"Ratio a form, one file asked for at a time: {each / alone:.1f} (aim {AIM})")
    print(f"Ratio a form, many at once: {together / bound:.1f}")


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
