"""After a whole ballot nothing in the database or the logs ties a person to a choice.

Every column of every table is read, as text and as bytes: those of the cache, the sessions, the audit record and the
background work too. Before the closing, one vote may change two rows and no more, and the same two whatever was chosen.
"""

import io
import logging

import pytest
from django.db import connection
from django.urls import reverse

from hatnhan.ballots.actions.drafting import OptionData
from hatnhan.ballots.models import Ballot, Urn
from hatnhan.ballots.sealing import SEALED_SIZE
from hatnhan.ballots.selectors.results import result_of
from hatnhan.ballots.tests import make
from hatnhan.core import clock

#: Words that stand nowhere else.
OPTIONS = ("Phương án XOÀI", "Phương án MẬN", "Phương án ỔI")
PAPER = dict.fromkeys(("issued", "returned", "invalid", "blank", "choice_1", "choice_2", "choice_3"), "0")
PASSPHRASES = {"first": make.WORDS[0], "second": make.WORDS[1]}


def plain(value):
    """Return what a column holds as bytes, so that all can be searched alike."""
    if value is None:
        return b""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def everything():
    """Return every row of every table: {table: [{column: bytes}]}."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of this database
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            found[table] = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
    return found


def changes(before, after):
    """Return, for each table, the rows that came and went."""
    told = {}
    for table, rows in after.items():
        came = [row for row in rows if row not in before[table]]
        went = [row for row in before[table] if row not in rows]
        if came or went:
            told[table] = (went, came)
    return told


def where(needle, tables):
    """Return in which columns a text or bytes stand."""
    needle = plain(needle)
    return {
        f"{table}.{column}"
        for table, rows in tables.items()
        for row in rows
        for column, value in row.items()
        if needle in value
    }


@pytest.fixture
def voters(cast, people):
    roles = ("secretary", "deputy", "village_secretary", "member")
    return [(getattr(people, role), getattr(cast, role)) for role in roles]


@pytest.fixture
def ballot(place, voters):
    people = [person for person, _client in voters]
    with clock.fixed(make.at()), make.cheap_keys():
        options = [OptionData(label) for label in OPTIONS]
        made = make.draft(place.village, people[:2], kind="one", options=options, title="Chọn cây trồng")
        yield make.opened(made, people)


def vote(client, ballot, place):
    url = reverse("ballots:vote", args=[ballot.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"choice": str(place)}).status_code == 200
    return client.post(url, {"choice": str(place), "confirm": "1"})


def test_a_vote_changes_one_mark_on_the_roll_and_the_urn_and_nothing_else(ballot, voters):
    shapes = []
    for number, (person, client) in enumerate(voters, start=1):
        before = everything()
        answer = vote(client, ballot, 1 + number % 3)
        found = changes(before, everything())
        assert set(found) == {"ballots_rollentry", "ballots_urn"}
        (line_before,), (line_after,) = found["ballots_rollentry"]
        changed = {name for name in line_after if line_after[name] != line_before[name]}
        assert (changed, line_after["member_id"]) == ({"voted"}, plain(person.pk))
        _went, (urn,) = found["ballots_urn"]
        assert set(urn) == {"ballot_id", "votes", "contents"}
        assert len(urn["contents"]) == number * SEALED_SIZE
        shapes.append((answer.status_code, answer.url, len(answer.content), sorted(answer.headers)))
    assert len({str(shape) for shape in shapes}) == 1, "the answer is the same whatever was chosen"


@pytest.fixture
def written(monkeypatch):
    """Give what the program's own handler writes: other tests leave it with a stream that is closed by now."""
    root, stream = logging.getLogger(), io.StringIO()
    rest = [one for one in root.handlers if type(one) is not logging.StreamHandler]
    monkeypatch.setattr(root, "handlers", [*rest, logging.StreamHandler(stream)])
    return stream


def test_after_the_count_only_totals_are_left(ballot, voters, caplog, capfd, written):
    caplog.set_level(logging.DEBUG)
    urns = []
    for (_person, client), place in zip(voters, (1, 1, 1, 2), strict=True):
        vote(client, ballot, place)
        urns.append(bytes(Urn.objects.get().contents))
        client.get(reverse("ballots:ballot", args=[ballot.pk]))
    voters[3][1].post(reverse("ballots:vote", args=[ballot.pk]), {"choice": "3", "confirm": "1"})
    locked = bytes(Ballot.objects.get(pk=ballot.pk).locked_key)
    salts = [bytes(teller.salt) for teller in ballot.tellers.all()]
    url = reverse("ballots:close", args=[ballot.pk])
    assert voters[1][1].post(url, PAPER | PASSPHRASES | {"confirm": "1"}).status_code == 302
    assert [line.votes for line in result_of(ballot).lines] == [3, 1, 0]

    tables = everything()
    for urn in urns:
        for start in range(0, len(urn), SEALED_SIZE):
            assert where(urn[start : start + 32], tables) == set()
    assert where(locked[-32:], tables) == where(salts[0], tables) == where(salts[1], tables) == set()
    for words in make.WORDS:
        assert where(words, tables) == set()
    # The options stand on the slip and nowhere else; the count is by option, with no one named.
    for option in OPTIONS:
        assert where(option, tables) == {"ballots_option.label"}
    assert set(tables["ballots_resultline"][0]) == {
        "id",
        "result_id",
        "option_id",
        "grade",
        "votes",
        "passed",
    }
    said = "".join(capfd.readouterr()) + caplog.text + written.getvalue()
    said += "".join(str(vars(record)) for record in caplog.records)
    for told in (*OPTIONS, "choice", *make.WORDS):
        assert told not in said


def test_of_the_audit_record_no_entry_is_of_a_vote(ballot, voters):
    before = everything()["audit_entry"]
    for _person, client in voters:
        vote(client, ballot, 1)
    assert everything()["audit_entry"] == before


@pytest.mark.usefixtures("db")
def test_no_table_of_the_room_has_room_for_a_person_beside_a_vote():
    with connection.cursor() as cursor:
        columns = {
            table: {column.name for column in connection.introspection.get_table_description(cursor, table)}
            for table in ("ballots_urn", "ballots_rollentry", "ballots_result", "ballots_resultline")
        }
    assert columns == {
        "ballots_urn": {"ballot_id", "votes", "contents"},
        "ballots_rollentry": {"id", "ballot_id", "member_id", "entitled", "reason", "present", "voted"},
        "ballots_result": {
            "ballot_id", "entitled", "present", "on_screen", "paper_issued", "paper_returned", "valid", "invalid",
            "blank", "passed",
        },
        "ballots_resultline": {"id", "result_id", "option_id", "grade", "votes", "passed"},
    }  # fmt: skip


def test_where_finds_what_is_there(ballot):
    assert where(OPTIONS[0], everything()) == {"ballots_option.label"}
    assert where(bytes(Ballot.objects.get().locked_key)[-32:], everything()) == {"ballots_ballot.locked_key"}
