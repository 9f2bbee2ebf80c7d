"""Lists at 600 and at 60,000 members: queries and seconds of every page on which people stand in rows.

    .venv/bin/python benchmarks/lists.py [MEMBERS]

Ends with 1 when a page asks the database more often at the larger size. On SQLite unless DATABASE_URL names another
database, which must be empty.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="hatnhan-bench-"))
os.environ["HATNHAN_MODE"] = "test"
os.environ["HATNHAN_STATE"] = str(FOLDER)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'bench.sqlite3'}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
FEW = 600


def look(client, pages: list[str]) -> dict[str, tuple[int, float]]:
    """Return for each page how many queries it asks and how many seconds it takes, the second time it is opened."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for page in pages:
        client.get(page)
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        assert answer.status_code == 200, page
        found[page] = len(asked), time.perf_counter() - start
    return found


def main() -> None:
    """Fill, look, fill up, look again, and print both."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from hatnhan.organization.models import Post
    from hatnhan.organization.tests import make
    from hatnhan.organization.tests.crowd import PAGES, fill

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    commune = make.unit("tam-hong", "commune")
    cells = [
        make.unit("thon-chua", "cell", commune),
        *(make.unit(f"thon-{n}", "cell", commune) for n in range(17)),
    ]
    secretary = make.member(cells[0], "Phùng Minh Thông")
    make.post(secretary, commune, Post.SECRETARY)
    client = Client()
    client.force_login(make.account("bithu", secretary), backend="django.contrib.auth.backends.ModelBackend")
    fill(cells, FEW)
    before = look(client, PAGES)
    fill(cells, many - FEW, FEW)
    after = look(client, PAGES)
    print(f"{'':44} {FEW:>8} members {many:>12} members")
    for page in PAGES:
        (few, quick), (more, slow) = before[page], after[page]
        mark = "" if few == more else "  MORE QUERIES"
        print(f"{page:44} {few:3} queries {quick:6.2f} s {more:3} queries {slow:6.2f} s{mark}")
    sys.exit(any(before[page][0] != after[page][0] for page in PAGES))


if __name__ == "__main__":
    main()
