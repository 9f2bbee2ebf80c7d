"""What the database itself refuses, on either engine, whatever asks for it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from hatnhan.ballots.actions.voting import cast_for
from hatnhan.ballots.models import Ballot, Option, Result, ResultLine, RollEntry, Teller, Urn
from hatnhan.ballots.sealing import SEALED_SIZE
from hatnhan.ballots.tests import make

NOISE = b"x" * SEALED_SIZE


@pytest.fixture
def voters(people):
    return [people.secretary, people.deputy, people.village_secretary, people.member]


@pytest.fixture
def ballot(place, voters):
    """Open, with one vote on screen, of the first."""
    with make.cheap_keys():
        made = make.opened(make.draft(place.village, voters[:2]), voters)
    cast_for(member_id=voters[0].pk, ballot=made, choice=[1])
    return made


def refuses(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def result(ballot, on_screen):
    return Result.objects.create(
        ballot=ballot, entitled=4, present=4, on_screen=on_screen, paper_issued=0, paper_returned=0,
        valid=on_screen, invalid=0, blank=0, passed=True,
    )  # fmt: skip


def test_votes_are_turnout(ballot, voters):
    urn = Urn.objects.filter(ballot=ballot)
    contents = bytes(urn.get().contents)
    refuses(lambda: urn.update(votes=2, contents=contents + NOISE))
    refuses(lambda: urn.update(votes=0, contents=b""))
    refuses(lambda: urn.update(contents=NOISE))
    RollEntry.objects.filter(member=voters[1]).update(voted=True)
    refuses(lambda: urn.update(votes=2, contents=contents + NOISE[1:]))
    refuses(lambda: urn.update(votes=F("votes") + 1))
    refuses(urn.delete)
    urn.update(votes=2, contents=contents + NOISE)


def test_the_roll_is_frozen_but_for_who_votes(ballot, voters, people):
    entries = RollEntry.objects.filter(ballot=ballot)
    refuses(lambda: entries.filter(member=voters[0]).update(voted=False))
    for change in (
        {"entitled": False},
        {"present": False},
        {"reason": "exempt"},
        {"member": people.standing},
    ):
        refuses(lambda change=change: entries.filter(member=voters[1]).update(**change))
    refuses(lambda: entries.filter(member=voters[1]).delete())
    extra = {"ballot": ballot, "member": people.standing, "entitled": True, "reason": "official"}
    refuses(lambda: RollEntry.objects.create(**extra))


def test_what_is_asked_stays_as_it_was_put(ballot, people, voters):
    changes = (
        {"title": "Khác"},
        {"up_to": 2},
        {"rule_version": "x"},
        {"public_key": b"k"},
        {"state": "draft"},
        {"concerned": people.standing},
        {"opened_at": None},
    )
    for change in changes:
        refuses(lambda change=change: Ballot.objects.filter(pk=ballot.pk).update(**change))
    refuses(lambda: Option.objects.filter(ballot=ballot, place=1).update(label="Không"))
    refuses(lambda: Option.objects.create(ballot=ballot, place=3, label="Thêm"))
    refuses(lambda: Option.objects.filter(ballot=ballot).delete())
    refuses(lambda: Teller.objects.filter(ballot=ballot).delete())
    refuses(lambda: Teller.objects.filter(ballot=ballot, place=1).update(member=voters[3]))


def test_a_ballot_closes_only_on_a_result_of_all_votes(ballot):
    closing = {"state": "closed", "locked_key": b""}
    mine = Ballot.objects.filter(pk=ballot.pk)
    refuses(lambda: mine.update(**closing))
    with transaction.atomic():
        result(ballot, 0)
        refuses(lambda: mine.update(**closing))
        transaction.set_rollback(True)
    result(ballot, 1)
    refuses(lambda: mine.update(state="closed"))
    mine.update(**closing)


def test_a_result_stays_as_it_was_counted(ballot, voters):
    with make.cheap_keys():
        make.close(ballot)
    refuses(lambda: Result.objects.update(valid=F("valid") + 1, on_screen=F("on_screen") + 1))
    refuses(lambda: ResultLine.objects.update(votes=0))
    refuses(lambda: ResultLine.objects.all().delete())
    refuses(lambda: Ballot.objects.filter(pk=ballot.pk).update(title="Khác"))
    refuses(lambda: Ballot.objects.filter(pk=ballot.pk).update(state="open"))
    refuses(lambda: Ballot.objects.filter(pk=ballot.pk).delete())
    refuses(lambda: RollEntry.objects.filter(member=voters[1]).update(voted=True))


def test_a_draft_is_not_closed_and_has_no_votes(place, voters):
    made = make.draft(place.village, voters[:2])
    refuses(lambda: Ballot.objects.filter(pk=made.pk).update(state="closed"))
    refuses(lambda: Urn.objects.create(ballot=made, votes=1, contents=NOISE))
    refuses(lambda: result(made, 0))
    RollEntry.objects.create(ballot=made, member=voters[0], entitled=True, reason="official")
    refuses(lambda: RollEntry.objects.filter(member=voters[0]).update(voted=True))
