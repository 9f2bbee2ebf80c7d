"""Search over 10,000 documents: ours as the page uses it, beside the database's own bare full-text query.

    .venv/bin/python benchmarks/search.py [DOCUMENTS]

Both run in turn in the same process, on the same rows and the same index; a line a question, with the ratio of the
medians. The bare query asks for the ids of the best twenty and nothing else. Ours counts all, keeps to what the person
may see, puts numbers and exact marks first, fetches the documents and cuts out the words around. Ends with 1 when ours
is more than WORST times slower over all questions together. On SQLite unless DATABASE_URL names another database,
which must be empty: `scripts/postgres .venv/bin/python benchmarks/search.py`.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="hatnhan-bench-"))
os.environ["HATNHAN_MODE"] = "test"
os.environ["HATNHAN_STATE"] = str(FOLDER)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'bench.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
WORDS_EACH = 700
ROUNDS = 9
WORST = 3.0
#: Common and rare words, phrases, marks, numbers, what is not there.
QUESTIONS = (
    "nghị quyết",
    "nong thon moi",
    "nông thôn mới",
    "học tập và làm theo Bác",
    "chuyển đổi số",
    "đảng viên",
    "hang",
    "0417-KH/ĐU",
    "05-CT/TW",
    "kiểm tra giám sát chi bộ thôn Chùa",
    "zzzz",
)
PHRASES = """nghị quyết;chỉ thị;chi bộ;đảng viên;nông thôn mới;học tập và làm theo Bác;chuyển đổi số;cải cách hành chính
sinh hoạt chi bộ;kiểm tra giám sát;vệ sinh môi trường;nước sạch;đường giao thông;trường học;y tế cơ sở;an ninh trật tự
phát triển kinh tế;giảm nghèo bền vững;xây dựng đời sống văn hóa;khuyến học;đoàn kết toàn dân;phòng chống thiên tai
trồng trọt;chăn nuôi;làng nghề;hợp tác xã;ngân sách xã;thu chi;tiếp công dân;giải quyết kiến nghị;thôn Chùa;thôn Đoài
Chỉ thị 05-CT/TW;đạo đức;tư tưởng;phong cách;nêu gương;tự phê bình;hằng tháng;hàng quý;hạng mục;hang động"""


def fill(unit, many: int) -> None:
    """Register many documents, each of several hundred words, past the actions: only the index is looked at."""
    from hatnhan.core import clock
    from hatnhan.guidance.models import Document, DocumentText
    from hatnhan.guidance.search_keys import key, number_key

    dice = random.Random(20181105)  # noqa: S311 - the same papers every time
    phrases = [part.strip() for line in PHRASES.splitlines() for part in line.split(";")]
    syllables = sorted({word for phrase in phrases for word in phrase.split()})
    # A long tail, as in life: most words of a paper stand in few others.
    rare = [dice.choice("bcdghklmnt") + dice.choice(syllables) for _word in range(3000)]
    for first in range(0, many, 500):
        documents, texts = [], []
        for number in range(first, min(first + 500, many)):
            issued = date(2010, 1, 1) + timedelta(days=number % 3000)
            name, subject = f"{number:04}-KH/ĐU", f"Kế hoạch {dice.choice(phrases)} {dice.choice(phrases)}"
            documents.append(
                Document(
                    unit=unit, kind="plan", issuer="Ban Chấp hành", number=name, issued_on=issued,
                    subject=subject, registered_at=clock.now(),
                )
            )  # fmt: skip
            length, words = 0, []
            while length < WORDS_EACH:
                piece = dice.choice(phrases) if dice.random() < 0.25 else dice.choice(rare)
                words.append(piece)
                length += piece.count(" ") + 1
            texts.append(" ".join(words))
        made = Document.objects.bulk_create(documents)
        DocumentText.objects.bulk_create(
            DocumentText(
                document=one, text=text, typed=True, number_key=number_key(one.number),
                head_key=key(f"{one.number} {one.issuer} {one.subject}"), search_key=key(text),
            )
            for one, text in zip(made, texts, strict=True)
        )  # fmt: skip


def bare(typed: str) -> list[int]:
    """Return the ids of the best twenty as the database's own full-text search finds and ranks them."""
    from django.db import connection

    from hatnhan.core.vietnamese import fold

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT document_id FROM guidance_documenttext, plainto_tsquery('simple', %s) asked "
                "WHERE search_vector @@ asked ORDER BY ts_rank(search_vector, asked) DESC LIMIT 20",
                [fold(typed)],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM guidance_search WHERE guidance_search MATCH %s ORDER BY rank LIMIT 20",
                [" ".join(f'"{word}"' for word in fold(typed).split())],
            )
        return [row[0] for row in cursor.fetchall()]


def seconds(task, *given) -> float:
    """Return how long a task takes."""
    start = time.perf_counter()
    task(*given)
    return time.perf_counter() - start


def compare(ours) -> float:
    """Ask each question both ways in turn, print a line each, and return the ratio of all together."""
    from django.db import connection

    print(f"{connection.vendor:<38}{'found':>8}{'bare, ms':>10}{'ours, ms':>10}{'ratio':>8}")
    together = [0.0, 0.0]
    for typed in QUESTIONS:
        found, _hits = ours(typed)
        times = [(seconds(bare, typed), seconds(ours, typed)) for _round in range(ROUNDS)]
        low, high = (1000 * statistics.median(column) for column in zip(*times, strict=True))
        together = [together[0] + low, together[1] + high]
        print(f"{typed:<38}{found:>8}{low:>10.1f}{high:>10.1f}{high / low:>8.2f}")
    ratio = together[1] / together[0]
    print(f"{'all together':<46}{together[0]:>10.1f}{together[1]:>10.1f}{ratio:>8.2f}")
    return ratio


def main() -> None:
    """Fill, compare, and end with 1 when ours is too slow."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from hatnhan.core import clock
    from hatnhan.guidance.selectors.register import documents_for
    from hatnhan.guidance.selectors.search import search
    from hatnhan.organization.models import Post
    from hatnhan.organization.tests import make

    call_command("migrate", verbosity=0)
    commune = make.unit("tam-hong", "commune")
    secretary = make.member(make.unit("thon-chua", "cell", commune), "Phùng Minh Thông")
    make.post(secretary, commune, Post.SECRETARY)
    user = make.account("bithu", secretary)
    print(f"{many} documents of {WORDS_EACH} words: filled in {seconds(fill, commune, many):.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def ours(typed: str):
        page = search(user, typed, among=documents_for(user, commune, on=clock.today()))
        return page.paginator.count, list(page)

    sys.exit(compare(ours) > WORST)


if __name__ == "__main__":
    main()
