"""What the actions refuse and what they leave behind."""

import pytest

from hatnhan.accounts.actors import MACHINE
from hatnhan.ballots.actions.drafting import OptionData, cancel_ballot
from hatnhan.ballots.actions.opening import open_ballot
from hatnhan.ballots.actions.voting import cast_for, cast_vote
from hatnhan.ballots.models import Ballot, Result, RollEntry, Teller, Urn
from hatnhan.ballots.selectors.results import result_of
from hatnhan.ballots.tests import make
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.organization.tests import make as org


@pytest.fixture(autouse=True)
def cheap():
    with make.cheap_keys():
        yield


@pytest.fixture
def voters(people):
    return [people.secretary, people.deputy, people.village_secretary, people.member]


@pytest.fixture
def ballot(place, voters):
    return make.draft(place.village, voters[:2])


def refused(code, call, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    return caught.value


def say(*labels):
    return [OptionData(label) for label in labels]


# --- drafting --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("title_missing", {"title": "  "}),
        ("no_such_body", {"body": "standing"}),
        ("options_few", {"kind": "one", "options": say("A")}),
        ("options_few", {"kind": "one", "options": say("A", " ")}),
        ("options_alike", {"kind": "one", "options": say("A", "A")}),
        ("up_to_range", {"kind": "up_to", "options": say("A", "B"), "up_to": 3}),
        ("up_to_range", {"kind": "up_to", "options": say("A", "B"), "up_to": 0}),
        ("grades_few", {"kind": "grade", "options": say("A", "B"), "grades": make.GRADES[:1]}),
        ("grades_few", {"kind": "grade", "options": say("A"), "grades": [*make.GRADES, make.GRADES[0]]}),
        ("too_large", {"kind": "grade", "options": say(*map(str, range(2100))), "grades": make.GRADES}),
    ],
)
def test_a_draft_that_cannot_be_put_is_refused(place, voters, code, fields):
    refused(code, make.draft, place.village, voters[:2], **fields)
    assert not Ballot.objects.exists()


def test_the_tellers_are_two_and_do_not_stand(place, voters):
    refused("tellers_same", make.draft, place.village, (voters[0], voters[0]))
    stands = {"kind": "up_to", "options": [OptionData(member=voters[0])], "purpose": "election"}
    refused("teller_stands", make.draft, place.village, voters[:2], **stands)
    refused("teller_stands", make.draft, place.village, voters[:2], concerned=voters[1])


def test_two_of_one_name_are_told_apart_on_the_slip(place, voters):
    alike = [org.member(place.village, "Kim Văn Tứ", born_year=year) for year in (1961, 1975)]
    people = [OptionData(member=one) for one in [*alike, voters[3]]]
    ballot = make.draft(place.village, voters[:2], kind="up_to", options=people, purpose="election")
    labels = [option.label for option in ballot.options.order_by("place")]
    assert labels == ["Kim Văn Tứ, 1961", "Kim Văn Tứ, 1975", "Nguyễn Thị Hòa"]


# --- opening ---------------------------------------------------------------------------------------------------------
def test_the_quorum_is_of_those_entitled_and_the_error_says_how_many(ballot, voters):
    error = refused("quorum", make.opened, ballot, voters[:2])
    assert "ít nhất 3 người" in error.message
    assert "Điều lệ Đảng" in error.citation
    assert not RollEntry.objects.exists()
    make.opened(ballot, voters[:3])
    assert ballot.state == "open"
    assert ballot.rule_value["value"]["base"] == "entitled"


def test_probationary_members_make_no_quorum(place, ballot, voters):
    young = [org.member(place.village, f"Kim Văn Thứ{number}", official_on=None) for number in range(3)]
    refused("quorum", make.opened, ballot, [voters[0], *young])
    make.opened(ballot, [*voters, *young])
    assert RollEntry.objects.filter(entitled=True).count() == 4
    refused("not_entitled", cast_for, member_id=young[0].pk, ballot=ballot, choice=[1])


def test_only_who_belongs_to_the_body_is_present(place, people, ballot, voters):
    refused("present_unknown", make.opened, ballot, [*voters, people.standing])


def test_a_ballot_is_opened_once_and_by_who_may(cast, ballot, voters):
    with pytest.raises(Denied):
        make.opened(ballot, voters, by=cast.users.member)
    with pytest.raises(Denied):
        make.opened(ballot, voters, by=cast.users.school_secretary)
    make.opened(ballot, voters, by=cast.users.village_secretary)
    refused("already_done", make.opened, ballot, voters)


@pytest.mark.parametrize(
    ("code", "words"),
    [("passphrase_short", ("ngắn", make.WORDS[1])), ("passphrases_same", (make.WORDS[0], make.WORDS[0]))],
)
def test_passphrases_that_protect_nothing_are_refused(ballot, voters, code, words):
    present = [one.pk for one in voters]
    refused(code, open_ballot, by=MACHINE, at=make.at(), ballot=ballot, present=present, passphrases=words)


# --- voting ----------------------------------------------------------------------------------------------------------
def test_one_votes_once_by_the_own_account_while_it_is_open(cast, people, ballot, voters):
    told = {"at": make.at(), "choice": [1]}
    refused("not_open", cast_vote, by=cast.users.member, ballot=ballot, **told)
    stale = Ballot.objects.get(pk=ballot.pk)
    make.opened(ballot, voters)
    cast_vote(by=cast.users.member, ballot=stale, **told)
    refused("voted_already", cast_vote, by=cast.users.member, ballot=ballot, **told)
    refused("not_on_roll", cast_vote, by=cast.users.standing, ballot=ballot, **told)
    refused("no_such_option", cast_vote, by=cast.users.deputy, at=make.at(), ballot=ballot, choice=[3])
    refused("too_many_chosen", cast_vote, by=cast.users.deputy, at=make.at(), ballot=ballot, choice=[1, 2])
    for by in (MACHINE, cast.users.outsider):
        with pytest.raises(Denied):
            cast_vote(by=by, ballot=ballot, **told)
    assert (Urn.objects.get().votes, RollEntry.objects.filter(voted=True).count()) == (1, 1)
    make.close(ballot)
    refused("not_open", cast_vote, by=cast.users.deputy, ballot=ballot, **told)


# --- counting --------------------------------------------------------------------------------------------------------
def test_nothing_is_counted_before_closing_and_nothing_is_left_after(ballot, voters):
    make.opened(ballot, voters)
    for one, choice in zip(voters, ([1], [1], [2], []), strict=True):
        cast_for(member_id=one.pk, ballot=ballot, choice=choice)
    with pytest.raises(Missing):
        result_of(ballot)
    make.close(ballot)
    result = result_of(ballot)
    assert [line.votes for line in result.lines] == [2, 1]
    assert (result.valid, result.blank, result.invalid, result.passed) == (3, 1, 0, False)
    assert (result.entitled, result.present, result.issued, result.returned) == (4, 4, 4, 4)
    assert result.needed == 3
    ballot.refresh_from_db()
    assert bytes(ballot.locked_key) == b""
    assert [bytes(one.salt) for one in Teller.objects.all()] == [b"", b""]
    assert not Urn.objects.exists()


def test_a_wrong_passphrase_loses_nothing(ballot, voters):
    make.opened(ballot, voters)
    cast_for(member_id=voters[0].pk, ballot=ballot, choice=[1])
    for words in (("sai rồi sai rồi", make.WORDS[1]), make.WORDS[::-1]):
        refused("passphrase_wrong", make.close, ballot, passphrases=words)
    make.close(ballot)
    assert result_of(ballot).lines[0].votes == 1
    refused("already_done", make.close, ballot)


def test_the_paper_of_whom_did_not_vote_on_screen_is_added(ballot, voters):
    make.opened(ballot, voters[:3])
    cast_for(member_id=voters[3].pk, ballot=ballot, choice=[1])
    refused("more_than_could", make.close, ballot, issued=4, returned=4, choices={1: 4})
    refused("too_few_choices", make.close, ballot, issued=3, returned=3, choices={1: 1})
    assert not Result.objects.exists()
    make.close(ballot, issued=3, returned=2, blank=1, choices={1: 1})
    result = result_of(ballot)
    assert (result.issued, result.returned, result.valid, result.blank) == (4, 3, 2, 1)
    assert result.present == 4, "who voted was there, though not at the opening"


def test_only_who_leads_or_counts_may_close(cast, ballot, voters):
    make.opened(ballot, voters)
    with pytest.raises(Denied):
        make.close(ballot, by=cast.users.member)
    make.close(ballot, by=cast.users.village_secretary)


def test_the_base_may_be_those_present(ballot, voters, monkeypatch, place):
    with monkeypatch.context() as patch:
        patch.setattr("hatnhan.ballots.actions.opening.keep", lambda rule: kept(rule, base="present"))
        make.opened(ballot, voters[:3])
    for one in voters[:2]:
        cast_for(member_id=one.pk, ballot=ballot, choice=[1])
    make.close(ballot)
    result = result_of(ballot)
    assert (result.base, result.needed, result.passed) == (3, 2, True)


def kept(rule, **changes):
    return {
        "value": rule.value.model_dump() | changes,
        "source": str(rule.source),
        "confirmed": rule.confirmed,
    }


# --- cancelling ------------------------------------------------------------------------------------------------------
def test_a_cancelled_ballot_cannot_be_read(cast, ballot, voters):
    make.opened(ballot, voters)
    cast_for(member_id=voters[0].pk, ballot=ballot, choice=[1])
    told = {"at": make.at(), "ballot": ballot}
    refused("reason_missing", cancel_ballot, by=MACHINE, reason=" ", **told)
    with pytest.raises(Denied):
        cancel_ballot(by=cast.users.member, reason="Thôi", **told)
    cancel_ballot(by=MACHINE, reason="Mất điện", **told)
    assert bytes(ballot.locked_key) == b""
    assert not Urn.objects.exists()
    refused("already_done", cancel_ballot, by=MACHINE, reason="Thôi", **told)
    refused("already_done", make.close, ballot)
