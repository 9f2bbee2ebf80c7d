"""Many hands at one urn, and a hand cut off in the middle; run by `test_races.py`. Prints what came of it as JSON.

``voting BALLOT`` is the part that gets killed: it casts one vote after another and says each that is in the urn.
"""

# ruff: noqa: PLC0415 - Django is ready only inside `main`

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter

import django

TRIES, VOTERS = 50, 24
#: So many votes the killed program must have said before it is killed.
SAID = 6


def main():
    """Set up, let them race, tell."""
    django.setup()
    if sys.argv[1:2] == ["voting"]:
        vote_on(int(sys.argv[2]))
        return
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from hatnhan.organization.tests import make as org

    commune = org.unit("tam-hong", "commune", None, "Đảng bộ xã Tam Hồng")
    village = org.unit("thon-chua", "cell", commune, "Chi bộ thôn Chùa")
    people = org.members(village, VOTERS)
    told = {
        "one": one_voter(village, people),
        "all": everyone(village, people),
        "closing": while_closing(village, people),
        "killed": killed(village, people),
        "erased": erased(village, people),
    }
    json.dump(told, sys.stdout)


def opened(village, people):
    """Return an open ballot on whose roll all people are."""
    from hatnhan.ballots.tests import make

    return make.opened(make.draft(village, people[:2]), people)


def state_of(ballot):
    """Return the turnout, the votes and the sealed bytes, as they stand in the database."""
    from hatnhan.ballots.models import RollEntry, Urn
    from hatnhan.ballots.sealing import SEALED_SIZE

    urn = Urn.objects.get(pk=ballot.pk)
    turnout = RollEntry.objects.filter(ballot=ballot, voted=True).count()
    return [turnout, urn.votes, len(bytes(urn.contents)) / SEALED_SIZE]


def vote(ballot, person, choice=(1,)):
    """Cast a vote and say so."""
    from hatnhan.ballots.actions.voting import cast_for

    cast_for(member_id=person.pk, ballot=ballot, choice=choice)
    return "done"


def one_voter(village, people):
    """Vote with one person's name and fifty hands."""
    from hatnhan.organization.tests.races import at_once

    ballot = opened(village, people)
    answers = at_once(*[lambda: vote(ballot, people[0])] * TRIES)
    return [Counter(answers), state_of(ballot)]


def everyone(village, people):
    """Vote all at once, every third against; count."""
    from hatnhan.ballots.selectors.results import result_of
    from hatnhan.ballots.tests import make
    from hatnhan.organization.tests.races import at_once

    ballot = opened(village, people)
    choices = [(2,) if number % 3 == 0 else (1,) for number in range(len(people))]
    votes = [
        lambda one=one, choice=choice: vote(ballot, one, choice)
        for one, choice in zip(people, choices, strict=True)
    ]
    answers = at_once(*votes)
    state = state_of(ballot)
    make.close(ballot)
    return [Counter(answers), state, [line.votes for line in result_of(ballot).lines]]


def while_closing(village, people):
    """Vote all at once while two tellers press the button; return the answers and the count."""
    from hatnhan.ballots.selectors.results import result_of
    from hatnhan.ballots.tests import make
    from hatnhan.organization.tests.races import at_once

    ballot = opened(village, people)
    works = [lambda one=one: vote(ballot, one) for one in people]
    closes = [lambda: make.close(type(ballot).objects.get(pk=ballot.pk)) and "closed"] * 2
    answers = at_once(*works, *closes)
    return [Counter(answers), result_of(ballot).on_screen]


def killed(village, people):
    """Kill a program while it casts votes; return how many it said, what stands, and what the count is at last."""
    from django.db import connections

    from hatnhan.ballots.models import RollEntry
    from hatnhan.ballots.selectors.results import result_of
    from hatnhan.ballots.tests import make

    ballot = opened(village, people)
    connections.close_all()
    command = [sys.executable, "-m", "hatnhan.ballots.tests.races", "voting", str(ballot.pk)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as child:  # noqa: S603 - this very program
        said = [int(child.stdout.readline()) for _number in range(SAID)]
        child.send_signal(signal.SIGKILL)
        said += [int(line) for line in child.stdout.read().split()]
    state = state_of(ballot)
    voted = set(RollEntry.objects.filter(ballot=ballot, voted=True).values_list("member_id", flat=True))
    for person in people:
        if person.pk not in voted:
            vote(ballot, person)
    made = make.close(ballot)
    return {
        "code": child.returncode,
        "said": len(said),
        "kept": set(said) <= voted,
        "state": state,
        "count": [made.on_screen, result_of(ballot).lines[0].votes],
    }


def erased(village, people):
    """Look for sealed votes and the locked key in the database's own files, before the count and after."""
    from hatnhan.ballots.actions.erasing import sweep
    from hatnhan.ballots.models import Urn
    from hatnhan.ballots.sealing import SEALED_SIZE
    from hatnhan.ballots.tests import make

    ballot = opened(village, people)
    for person in people:
        vote(ballot, person)
    contents = bytes(Urn.objects.get(pk=ballot.pk).contents)
    # A page of a file may end within a vote: a piece of each is looked for, from its middle. It may end within that
    # too, but then not within both of its halves.
    pieces = [contents[start + 200 : start + 232] for start in range(0, len(contents), SEALED_SIZE)]
    pieces.append(bytes(ballot.locked_key)[-32:])
    before = on_disk()
    make.close(ballot)
    ended = transaction_number()
    # Other tests write into other databases of this server, and PostgreSQL keeps for them what they could have read.
    while not sweep(ended):
        pass
    after = on_disk()
    return [sum(piece[:16] in there or piece[16:] in there for piece in pieces) for there in (before, after)]


def transaction_number():
    """Return a number above that of every transaction which has ended; None on SQLite, which numbers none."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def on_disk():
    """Return what stands in the files of the database: all of SQLite's, the tables of this room on PostgreSQL."""
    from pathlib import Path

    from django.db import connection

    if connection.vendor == "sqlite":
        file = str(connection.settings_dict["NAME"])
        return b"".join(Path(file + end).read_bytes() for end in ("", "-wal") if Path(file + end).exists())
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(one.oid)) FROM pg_class AS one WHERE one.relkind IN "
            "('r', 't') AND (one.relname LIKE 'ballots_%%' OR one.oid IN (SELECT reltoastrelid FROM pg_class WHERE "
            "relname LIKE 'ballots_%%'))"
        )
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def vote_on(pk):
    """Cast the votes of all on the roll, one after another; say each once it is in the urn."""
    from hatnhan.ballots.actions.voting import cast_for
    from hatnhan.ballots.models import Ballot, RollEntry

    ballot = Ballot.objects.get(pk=pk)
    for member_id in RollEntry.objects.filter(ballot=ballot).values_list("member_id", flat=True):
        cast_for(member_id=member_id, ballot=ballot, choice=[1])
        print(member_id, flush=True)  # noqa: T201 - heard by the other program
    sys.stdin.read()


if __name__ == "__main__":
    main()
