"""Denunciations: the writer sealed on receipt, handled by name, concluded point by point; others only counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit import scopes
from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.organization.models import Post
from hatnhan.organization.tests import make
from hatnhan.oversight.actions import denunciation_states as states
from hatnhan.oversight.actions import denunciations, findings, unnamed
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.models import Check, Denouncer, Denunciation, Kind, KinDeclaration, Restoration
from hatnhan.oversight.sealing import DenouncerData, seal, unseal
from hatnhan.oversight.selectors import denunciations as selector
from hatnhan.oversight.tests import checked

NOW = checked.LATER
ON = date(2026, 2, 2)
WRITER = DenouncerData("Trịnh Quốc Vượng", "Xóm Bãi, xã Tam Hồng", "0912 345 678")
POINTS = ("Thu đảng phí không ghi sổ", "Dùng quỹ thôn sai mục đích")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_day():
    with clock.fixed(NOW):
        yield


def signed(person):
    return {"by": person.user, "at": NOW}


def broken(action, **named):
    with pytest.raises(RuleBroken) as caught:
        action(**named)
    return caught.value.code


def received(place, people, **fields):
    told = {
        "unit": place.commune, "about_member": people.village_secretary, "points": POINTS, "denouncer": WRITER,
        "received_on": ON, **signed(people.inspector),
    } | fields  # fmt: skip
    return denunciations.receive_denunciation(**told)


def check_of(place, people, **fields):
    told = {"kind": Kind.DENUNCIATION, "units": [], "members": [people.village_secretary]} | fields
    return checked.opened(place, people, **told)


def taken_up(place, people):
    made = received(place, people)
    check = check_of(place, people)
    told = {**signed(people.inspector), "denunciation": made}
    states.accept_denunciation(**told, check=check, accepted_on=date(2026, 3, 3))
    return made


def concluded_check(denunciation):
    Check.objects.filter(pk=denunciation.of_check_id).update(
        concluded_on=date(2026, 3, 31), conclusion="Kết luận", comply_by=date(2026, 4, 30)
    )
    denunciation.of_check.refresh_from_db()


def write(point, person, result):
    states.write_result(**signed(person), point=point, result=result, finding="Đối chiếu sổ thu.")


# --- the seal --------------------------------------------------------------------------------------------------------
def test_what_is_sealed_opens_with_the_same_secret_alone():
    sealed = seal(WRITER)
    assert unseal(sealed) == WRITER
    assert unseal(memoryview(sealed)) == WRITER
    with override_settings(SECRET_KEY="khac" * 20), pytest.raises(Missing):
        unseal(sealed)
    with override_settings(SECRET_KEY="khac" * 20, SECRET_KEY_FALLBACKS=[_secret()]):
        assert unseal(sealed) == WRITER
    assert seal(WRITER) != sealed
    assert len(seal(DenouncerData("A", "B"))) == len(sealed)
    assert "Vượng" not in repr(WRITER)


def _secret():
    from django.conf import settings  # noqa: PLC0415 - as it is outside of the override

    return settings.SECRET_KEY


# --- received --------------------------------------------------------------------------------------------------------
def test_it_goes_under_the_next_number_of_its_year(place, people):
    first, second = received(place, people), received(place, people)
    other = received(place, people, received_on=date(2025, 12, 30))
    assert [(one.number, one.year) for one in (first, second, other)] == [(1, 2026), (2, 2026), (1, 2025)]
    assert first.answer_due == date(2026, 2, 23)  # ten working days, with the holidays of Tết 2026 between
    assert [one.member for one in first.handlers.all()] == [people.inspector]
    assert [one.text for one in first.points.all()] == list(POINTS)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"denouncer": DenouncerData(" ", "Xóm Bãi")}, "name_missing"),
        ({"denouncer": DenouncerData("Trịnh Quốc Vượng", "")}, "address_missing"),
        ({"points": ["  "]}, "points_missing"),
        ({"points": ["Tôi là TRINH QUOC VUONG tố cáo"]}, "names_denouncer"),
        ({"points": ["Gọi tôi số 0912 345 678"]}, "names_denouncer"),
        ({"about_member": None}, "about"),
        ({"received_on": date(2026, 5, 1)}, "future"),
    ],
)
def test_it_needs_a_name_an_address_and_points_that_do_not_tell_them(place, people, fields, code):
    assert broken(received, place=place, people=people, **fields) == code
    assert not Denunciation.objects.exists()


def test_the_chair_receives_it_unless_it_is_about_the_chair_or_kin(place, people):
    for person in (people.secretary, people.village_secretary, people.member):
        with pytest.raises(Denied):
            received(place, people, **signed(person))
    with pytest.raises(Denied):
        received(place, people, about_member=people.inspector)
    KinDeclaration.objects.create(
        member=people.inspector, kin=people.member, declared_on=ON, declared_by="Lê Đình Hợi"
    )
    with pytest.raises(Denied):
        received(place, people, about_member=people.member)


def test_handlers_sit_in_the_committees_and_are_not_close_to_it(place, people):
    assert broken(received, place=place, people=people, handlers=[people.member]) == "not_in_body"
    # Of the cell of the one whom it is about.
    assert broken(received, place=place, people=people, handlers=[people.secretary]) == "own_cell"
    made = received(place, people, handlers=[people.standing])
    told = {**signed(people.inspector), "denunciation": made}
    assert broken(denunciations.name_handlers, **told, handlers=[]) == "no_handler"
    denunciations.name_handlers(**told, handlers=[people.standing])
    entry = Entry.objects.get(action="oversight:denunciation:handlers")
    assert entry.details == {"removed": ["Lê Đình Hợi"]}
    with pytest.raises(Denied):
        selector.denouncer_of(people.inspector.user, made)
    assert selector.denouncer_of(people.standing.user, made) == WRITER
    assert Entry.objects.get(action="oversight:denunciation:read_denouncer").details == {}


def test_whoever_it_is_about_is_told_by_no_record_and_no_list(place, people):
    received(place, people)
    assert not Entry.objects.filter(subject_id=people.village_secretary.pk).exists()
    make.post(people.village_secretary, place.commune, Post.INSPECTION_DEPUTY)
    assert not selector.listed(people.village_secretary.user, place.commune, ON).exists()


# --- what becomes of it ----------------------------------------------------------------------------------------------
def test_who_left_the_post_or_is_declared_kin_since_sees_no_name(place, people):
    second = make.member(place.school, "Trần Văn Bình")
    post = make.post(second, place.commune, Post.INSPECTION_MEMBER)
    make.account("second", second)
    made = received(place, people, handlers=[second])
    user = type(second.user).objects.get(pk=second.user.pk)
    assert selector.denouncer_of(user, made) == WRITER
    declared = {"declared_on": ON, "declared_by": "x"}
    kin = KinDeclaration.objects.create(member=people.village_secretary, kin=second, **declared)
    _sees_nothing(second, made)
    kin.delete()
    type(post).objects.filter(pk=post.pk).update(end=ON)
    _sees_nothing(second, made)


def _sees_nothing(person, made):
    user = type(person.user).objects.get(pk=person.user.pk)
    with pytest.raises(Denied):
        selector.denouncer_of(user, made)
    with pytest.raises(Missing):
        selector.denunciation_for(user, made.pk)


def test_whoever_receives_one_about_the_own_cell_only_enters_it(place, people):
    told = {"about_member": people.school_secretary}
    assert broken(received, place=place, people=people, **told) == "no_handler"
    second = make.member(place.village, "Trần Văn Bình")
    make.post(second, place.commune, Post.INSPECTION_MEMBER)
    made = received(place, people, handlers=[second], **told)
    assert [one.member for one in made.handlers.all()] == [second]
    with pytest.raises(Denied):
        selector.denouncer_of(people.inspector.user, made)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Ông Vượng, Trịnh Quốc: hai người.", False),
        ("Theo lời ông Trịnh Quốc Vượng, sổ không khớp.", True),
        ("TRINH QUOC VUONG viết", True),
        ("Gọi 0912.345.678 để hỏi", True),
        ("Trịnh Quốc Vượngs", False),
    ],
)
def test_a_name_is_known_by_whole_words_and_a_number_by_its_digits(place, people, text, tells):
    made = received(place, people)
    told = {**signed(people.inspector), "denunciation": made, "reason": text}
    if tells:
        assert broken(states.dismiss, **told) == "names_denouncer"
    else:
        states.dismiss(**told)


def test_the_record_tells_of_its_check_only_who_may_know_of_it(place, people):
    """The secretary, who reads the record of the tree, does not learn there that a denunciation is looked into."""
    check = check_of(place, people)
    plain = checked.opened(place, people, decision_no="06-QĐ/UBKT")
    found = [FindingData("strength", "dues", "Thu đúng kỳ.")]
    findings.write_findings(by=MACHINE, at=NOW, subject=check.subjects.get(), data=found)

    def read(person):
        rows = Entry.objects.filter(scopes.of(person.user), action__startswith="oversight:")
        return set(rows.values_list("object_type", "object_id"))

    def about(one):
        found = {("oversight.check", str(one.pk))}
        return found | {("oversight.finding", str(pk)) for pk in one.findings.values_list("pk", flat=True)}

    assert read(people.secretary) >= about(plain)
    assert not read(people.secretary) & about(check)
    assert read(people.inspector) >= about(check) | about(plain)
    # Whom a check is about does not follow it in the record of all, nor does close kin.
    declared = {"declared_on": ON, "declared_by": "x"}
    KinDeclaration.objects.create(member=people.village_secretary, kin=people.inspector, **declared)
    assert not read(people.inspector) & about(check)


def test_it_is_taken_up_by_its_own_check_only(place, people):
    made = received(place, people)
    told = {**signed(people.inspector), "denunciation": made}
    strange = check_of(place, people, members=[people.deputy])
    assert broken(states.accept_denunciation, **told, check=strange) == "check"
    assert selector.checks_for(made) == []
    check = check_of(place, people)
    assert selector.checks_for(made) == [check]
    assert (
        broken(states.accept_denunciation, **told, check=check, accepted_on=date(2026, 2, 1))
        == "before_received"
    )
    states.accept_denunciation(**told, check=check, accepted_on=date(2026, 3, 3))
    assert broken(states.dismiss, **told, reason="Trùng đơn") == "already_done"
    second = received(place, people)
    assert broken(states.accept_denunciation, **told | {"denunciation": second}, check=check) == "check"
    with pytest.raises(Denied):
        states.accept_denunciation(**signed(people.secretary), denunciation=second, check=check)


@pytest.mark.parametrize(
    ("leave", "field", "state"),
    [
        (states.dismiss, "reason", "dismissed"),
        (states.withdraw, "reason", "withdrawn"),
        (states.pass_on, "to", "passed_on"),
    ],
)
def test_it_is_left_with_a_reason_that_names_nobody(place, people, leave, field, state):
    made = received(place, people)
    told = {**signed(people.inspector), "denunciation": made}
    assert broken(leave, **told, **{field: " "}) == "reason_missing"
    assert broken(leave, **told, **{field: "Đ/c Trịnh Quốc Vượng đề nghị"}) == "names_denouncer"
    leave(**told, **{field: "Theo đề nghị của người viết"})
    made.refresh_from_db()
    assert (made.state, made.state_on) == (state, clock.today())
    assert Entry.objects.order_by("pk").last().details["reason"] == "Theo đề nghị của người viết"


def test_two_of_the_same_subject_are_combined(place, people):
    made, into = received(place, people), received(place, people)
    other = received(place, people, about_member=people.member)
    told = {**signed(people.inspector), "denunciation": made}
    assert broken(states.combine, **told, into=made) == "oneself"
    assert broken(states.combine, **told, into=other) == "other_subject"
    assert selector.others_of(people.inspector.user, made) == [into]
    states.combine(**told, into=into)
    assert broken(states.combine, **signed(people.inspector), denunciation=into, into=made) == "closed"


def test_the_writer_is_told_once_what_was_decided(place, people):
    made = received(place, people)
    told = {**signed(people.inspector), "denunciation": made, "on": date(2026, 4, 20)}
    assert broken(states.told_denouncer, **told) == "not_yet"
    states.dismiss(**signed(people.inspector), denunciation=made, reason="Không thuộc thẩm quyền")
    states.told_denouncer(**told)
    assert broken(states.told_denouncer, **told) == "already_done"


def test_it_is_concluded_once_every_point_and_the_check_are(place, people):
    made = taken_up(place, people)
    told = {**signed(people.inspector), "denunciation": made, "concluded_on": date(2026, 4, 1)}
    assert broken(states.conclude_denunciation, **told) == "check_open"
    concluded_check(made)
    first, second = made.points.all()
    write(first, people.inspector, "false")
    assert broken(states.conclude_denunciation, **told) == "no_result"
    write(second, people.inspector, "shortcoming")
    early = told | {"concluded_on": date(2026, 3, 30)}
    assert broken(states.conclude_denunciation, **early) == "before_conclusion"
    assert states.conclude_denunciation(**told) is None
    assert broken(write, point=first, person=people.inspector, result="violation") == "closed"
    assert broken(states.conclude_denunciation, **told) == "already_done"


@pytest.mark.parametrize("results", [("false", "unfounded"), ("unfounded", "unfounded"), ("false", "false")])
def test_where_nothing_was_right_a_good_name_is_restored(place, people, results):
    made = taken_up(place, people)
    concluded_check(made)
    for point, result in zip(made.points.all(), results, strict=True):
        write(point, people.inspector, result)
    told = {**signed(people.inspector), "denunciation": made, "concluded_on": date(2026, 4, 1)}
    found = states.conclude_denunciation(**told)
    assert (found.kind, found.due) == (Restoration.Kind.GOOD_NAME, date(2026, 5, 1))


def test_a_stale_result_is_not_written_over(place, people):
    made = taken_up(place, people)
    point, seen_before = made.points.first(), made.points.first()
    write(point, people.inspector, "false")
    assert (
        broken(write, point=seen_before, person=people.inspector, result="violation") == "changed_meanwhile"
    )


# --- letters without a name ------------------------------------------------------------------------------------------
def test_others_are_a_count_a_month(place, people):
    told = {**signed(people.inspector), "unit": place.commune, "kind": "unnamed"}
    row = unnamed.count_unnamed(**told, month=date(2026, 3, 17), count=2)
    unnamed.count_unnamed(**told, month=date(2026, 3, 1), count=3)
    row.refresh_from_db()
    assert (row.month, row.count) == (date(2026, 3, 1), 3)
    details = Entry.objects.filter(action="oversight:denunciation:unnamed").order_by("pk").last().details
    assert details["count"] == {"before": 2, "after": 3}
    assert broken(unnamed.count_unnamed, **told, month=date(2026, 5, 1), count=1) == "future"
    assert broken(unnamed.count_unnamed, **told, month=date(2026, 3, 1), count=-1) == "count"
    with pytest.raises(Denied):
        unnamed.count_unnamed(**told | signed(people.secretary), month=date(2026, 3, 1), count=1)


def test_a_command_receives_only_with_handlers(place, people):
    told = {"by": MACHINE, "at": NOW}
    assert broken(received, place=place, people=people, **told) == "no_handler"
    made = received(place, people, **told, handlers=[people.inspector])
    assert Denouncer.objects.get(denunciation=made).sealed


def test_handlers_are_named_on_what_was_read_and_not_once_all_is_done(place, people):
    made = received(place, people)
    told = {**signed(people.inspector), "denunciation": made}
    seen = frozenset(made.handlers.values_list("member_id", flat=True))
    other = make.member(None, "Trần Thị Mai", sex="F")
    make.post(other, place.commune, Post.INSPECTION_MEMBER)
    denunciations.name_handlers(**told, handlers=[people.inspector, other], seen=seen)
    with pytest.raises(RuleBroken) as fault:
        denunciations.name_handlers(**told, handlers=[people.inspector], seen=seen)
    assert fault.value.code == "changed_meanwhile"
    states.dismiss(**told, reason="Không thuộc thẩm quyền")
    with pytest.raises(RuleBroken) as fault:
        denunciations.name_handlers(**told, handlers=[people.inspector])
    assert fault.value.code == "closed"
