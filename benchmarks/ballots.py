"""600 people vote while others read pages; the server is killed in the middle; every vote is counted once.

    .venv/bin/python benchmarks/ballots.py [VOTERS]

Runs on SQLite, then on a PostgreSQL of its own (`scripts/postgres`); with DATABASE_URL set, on that database alone,
which must be empty. The real server is started by `hatnhan serve`; voters and readers are signed in by rows of
sessions and go through the pages by HTTP: slip, check, vote. After a third of the votes the server is killed with
SIGKILL, looked at, and started again. Prints votes a second beside those of a bare INSERT in the same run.

Ends with 1 when a vote is lost or counted twice, or when 600 take longer than a minute (the outage not counted).
"""

from __future__ import annotations

import contextlib
import http.client
import os
import queue
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.mkdtemp(prefix="hatnhan-bench-"))
SETTINGS = {
    "HATNHAN_MODE": "production",
    "HATNHAN_SECRET_KEY": secrets.token_hex(32),
    "HATNHAN_HTTPS": "false",
    "HATNHAN_PROXIES": "0",
    "HATNHAN_STATE": str(FOLDER),
    "HATNHAN_STATIC": str(FOLDER / "static"),
    "DJANGO_SETTINGS_MODULE": "hatnhan.config.settings",
}
VOTERS, HANDS, READERS = 600, 24, 10
MINUTE = 60.0
#: Each reader opens a page so often, in seconds.
PAUSE = 1.0
PASSPHRASES = ("mật khẩu người thứ nhất", "mật khẩu người thứ hai")
CSRF = "x" * 32


class Server:
    """`hatnhan serve` in a process group of its own, so that nothing of it outlives a kill."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [Path(sys.executable).with_name("hatnhan"), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)  # noqa: S603
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Visitor(self.port, "").get("/song/")[0] == 200:
                    return
            time.sleep(0.1)
        sys.exit("the server does not answer")

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Visitor:
    """One person's browser."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}"}

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, **data: str) -> tuple[int, str]:
        return self._ask("POST", path, urlencode(data | {"csrfmiddlewaretoken": CSRF}))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.connection.request(method, path, body, self.headers | form)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")

    def close(self) -> None:
        self.connection.close()


class Crowd:
    """Hands that take voters from a queue; a voter whose vote was not answered comes again."""

    def __init__(self, server: Server, ballot, voters: list[tuple[int, str, str]]) -> None:
        self.server, self.slip = server, f"/bo-phieu/{ballot.pk}/phieu/"
        self.waiting: queue.SimpleQueue[tuple[int, str, str]] = queue.SimpleQueue()
        for voter in voters:
            self.waiting.put(voter)
        self.done: list[int] = []
        self.slowest = 0.0
        self.read = 0
        self.wrong: list[str] = []
        self.up, self.over = threading.Event(), threading.Event()
        self.up.set()

    def vote(self) -> None:
        while True:
            self.up.wait()
            try:
                voter = self.waiting.get_nowait()
            except queue.Empty:
                return
            start = time.perf_counter()
            try:
                answered = self._cast(voter)
            except (OSError, http.client.HTTPException):
                answered = False
            except AssertionError as error:
                self.wrong.append(str(error))
                return
            if answered:
                self.slowest = max(self.slowest, time.perf_counter() - start)
                self.done.append(voter[0])
            else:
                self.waiting.put(voter)

    def _cast(self, voter: tuple[int, str, str]) -> bool:
        _member, session, choice = voter
        visitor = Visitor(self.server.port, session)
        try:
            status, _where = visitor.get(self.slip)
            if status == 302:  # the vote is in the urn, though the answer was lost
                return True
            assert status == 200, f"slip: {status}"
            status, _where = visitor.post(self.slip, choice=choice)
            assert status == 200, f"reading over: {status}"
            status, _where = visitor.post(self.slip, choice=choice, confirm="1")
            assert status == 302, f"voting: {status}"
            return True
        finally:
            visitor.close()

    def read_pages(self, session: str) -> None:
        pages = ["/", "/dang-vien/", "/bo-phieu/", "/to-chuc/"]
        while not self.over.is_set():
            self.up.wait()
            visitor = Visitor(self.server.port, session)
            with contextlib.suppress(OSError, http.client.HTTPException):
                for page in pages:
                    assert visitor.get(page)[0] == 200, page
                    self.read += 1
                    self.over.wait(PAUSE)
            visitor.close()


def people(count: int):
    """Fill a cell with people who are signed in; return the cell and them, each with a session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from hatnhan.accounts.models import User
    from hatnhan.core import clock
    from hatnhan.organization.models import Member, Membership
    from hatnhan.organization.tests import make

    commune = make.unit("tam-hong", "commune", None, "Đảng bộ xã Tam Hồng")
    cell = make.unit("thon-chua", "cell", commune, "Chi bộ thôn Chùa")
    names = [f"cu-tri-{number}" for number in range(count + READERS)]
    User.objects.bulk_create(User(username=name, display_name=name, password="!") for name in names)  # noqa: S106
    users = list(User.objects.order_by("pk"))
    members = [make.member(None, f"Nguyễn Văn Thứ{number}", user=user) for number, user in enumerate(users)]
    Membership.objects.bulk_create(
        Membership(member=member, unit=cell, start=make.LONG_AGO, start_reason="recorded")
        for member in members
    )
    store, sessions, later = SessionStore(), [], clock.now() + timedelta(hours=12)
    for user in users:
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        sessions.append(
            Session(session_key=secrets.token_hex(16), session_data=store.encode(data), expire_date=later)
        )
    return cell, list(Member.objects.order_by("pk")), sessions


def opened(cell, members):
    from hatnhan.accounts.actors import MACHINE
    from hatnhan.ballots.actions.drafting import OptionData, draft_ballot
    from hatnhan.ballots.actions.opening import open_ballot
    from hatnhan.core import clock

    ballot = draft_ballot(
        by=MACHINE, at=clock.now(), unit=cell, body="members", title="Chọn phương án", purpose="resolution", kind="one",
        on=clock.today(), tellers=(members[0], members[1]), options=[OptionData(f"Phương án {one}") for one in "ABC"],
    )  # fmt: skip
    present = [member.pk for member in members]
    open_ballot(by=MACHINE, at=clock.now(), ballot=ballot, present=present, passphrases=PASSPHRASES)
    return ballot


def counted(ballot) -> tuple[int, list[int], float]:
    """Close a ballot; return how many voted, the votes by option, and the seconds it took."""
    from hatnhan.accounts.actors import MACHINE
    from hatnhan.ballots.actions.counting import PaperCount, close_ballot
    from hatnhan.ballots.selectors.results import result_of
    from hatnhan.core import clock

    start = time.perf_counter()
    close_ballot(by=MACHINE, at=clock.now(), ballot=ballot, passphrases=PASSPHRASES, paper=PaperCount())
    seconds = time.perf_counter() - start
    result = result_of(ballot)
    return result.on_screen, [line.votes for line in result.lines], seconds


def bare(count: int) -> float:
    """Insert rows as long as a sealed vote, each in a transaction of its own; return how many a second."""
    from django.db import connection, transaction

    kind = "bytea" if connection.vendor == "postgresql" else "blob"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_bare (who integer, vote {kind})")
        start = time.perf_counter()
        for number in range(count):
            with transaction.atomic():
                cursor.execute("INSERT INTO bench_bare VALUES (%s, %s)", [number, secrets.token_bytes(560)])
        seconds = time.perf_counter() - start
        cursor.execute("DROP TABLE bench_bare")
    return count / seconds


def by_action(cell, members) -> float:
    """Cast all votes by the action alone, one after another; return how many a second."""
    from hatnhan.ballots.actions.voting import cast_for

    ballot = opened(cell, members)
    start = time.perf_counter()
    for number, member in enumerate(members):
        cast_for(member_id=member.pk, ballot=ballot, choice=[1 + number % 3])
    seconds = time.perf_counter() - start
    assert counted(ballot)[0] == len(members)
    return len(members) / seconds


def stands(ballot, answered: list[int]) -> int:
    """See after the kill that what was answered is kept and votes are turnout; return the turnout."""
    from hatnhan.ballots.models import RollEntry, Urn
    from hatnhan.ballots.sealing import SEALED_SIZE

    voted = set(RollEntry.objects.filter(ballot=ballot, voted=True).values_list("member_id", flat=True))
    urn = Urn.objects.get(pk=ballot.pk)
    assert set(answered) <= voted, "an answered vote was lost"
    assert len(voted) == urn.votes == len(bytes(urn.contents)) / SEALED_SIZE, "votes are not turnout"
    return len(voted)


def cut(crowd: Crowd, ballot) -> float:
    """Kill the server under everyone's hands, look at what stands, start it again; return the seconds it was away."""
    from django.db import connections

    crowd.up.clear()
    crowd.server.kill()
    start, said = time.perf_counter(), list(crowd.done)
    turnout = stands(ballot, said)
    connections.close_all()
    crowd.server.start()
    crowd.up.set()
    away = time.perf_counter() - start
    print(
        f"  killed after {len(said)} answered votes: {turnout} in the urn, none lost; back after {away:.1f} s"
    )
    return away


def through_pages(cell, members, sessions) -> None:
    """Let all vote through the pages, kill the server on the way, count, and print."""
    ballot = opened(cell, members)
    voters = [
        (member.pk, session.session_key, str(1 + number % 3))
        for number, (member, session) in enumerate(zip(members, sessions, strict=True))
    ][:-READERS]
    server = Server()
    server.start()
    crowd = Crowd(server, ballot, voters)
    hands = [threading.Thread(target=crowd.vote) for _hand in range(HANDS)]
    readers = [
        threading.Thread(target=crowd.read_pages, args=[one.session_key]) for one in sessions[-READERS:]
    ]
    try:
        start = time.perf_counter()
        for thread in [*hands, *readers]:
            thread.start()
        while len(crowd.done) < len(voters) // 3:
            time.sleep(0.005)
            assert not crowd.wrong, crowd.wrong
        away = cut(crowd, ballot)
        for thread in hands:
            thread.join()
        seconds = time.perf_counter() - start - away
    finally:
        crowd.over.set()
        crowd.up.set()
        for thread in readers:
            thread.join()
        server.kill()
    compare(ballot, crowd, voters, seconds)


def compare(ballot, crowd: Crowd, voters: list[tuple[int, str, str]], seconds: float) -> None:
    """Count, hold the count against what was cast, print, and judge the time."""
    on_screen, lines, closing = counted(ballot)
    assert not crowd.wrong, crowd.wrong
    cast = [sum(choice == str(option) for _pk, _session, choice in voters) for option in (1, 2, 3)]
    assert on_screen == len(voters), f"{on_screen} counted of {len(voters)}"
    assert lines == cast, f"{lines} counted, {cast} cast"
    print(
        f"  {len(voters)} people voted through the pages in {seconds:.1f} s ({len(voters) / seconds:.0f} votes/s, "
        f"slowest {crowd.slowest:.1f} s) beside {crowd.read} pages read; counted in {closing:.1f} s, each once"
    )
    if seconds > MINUTE * len(voters) / VOTERS:
        sys.exit("aim missed: 600 votes within a minute")


def here(count: int) -> None:
    """Run on the database of the environment."""
    import django

    django.setup()
    from django.contrib.sessions.models import Session
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    cell, members, sessions = people(count)
    Session.objects.bulk_create(sessions)
    print(f"{connection.vendor}:")
    insert, action = bare(count), by_action(cell, members)
    print(
        f"  one after another: {action:.0f} votes/s by the action, {insert:.0f} bare INSERTs/s ({insert / action:.1f}×)"
    )
    through_pages(cell, members, sessions)


def main() -> None:
    """Run on the database named, or on both engines one after the other."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else VOTERS
    os.environ.update(SETTINGS)
    if "DATABASE_URL" in os.environ:
        here(count)
        return
    this = [sys.executable, __file__, str(count)]
    sqlite = os.environ | {"DATABASE_URL": f"sqlite:///{FOLDER / 'bench.sqlite3'}"}
    ends = [
        subprocess.run(this, env=sqlite, check=False).returncode,  # noqa: S603 - this very program
        subprocess.run([ROOT / "scripts" / "postgres", *this], check=False).returncode,  # noqa: S603
    ]
    sys.exit(any(ends))


if __name__ == "__main__":
    main()
