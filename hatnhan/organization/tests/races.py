"""Many hands at once, on a database of their own; run by `test_races.py` as a program. Prints what came of it as JSON.

Threads, each with a connection of its own, begin together behind a barrier.
"""

# ruff: noqa: PLC0415 - Django is ready only inside `main`

from __future__ import annotations

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import django

HANDS = 6


def at_once(*works):
    """Do all works at the same moment; return for each its value, or the code or the name of its error."""
    from django.db import connections

    from hatnhan.core.errors import RuleBroken

    barrier = threading.Barrier(len(works))

    def run(work):
        barrier.wait()
        try:
            return work()
        except RuleBroken as error:
            return error.code
        except Exception as error:  # noqa: BLE001 - the test names whatever it was
            return f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def main():
    """Set up, let them race, tell."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from hatnhan.organization.tests import make

    commune = make.unit("tam-hong", "commune", None, "Đảng bộ xã Tam Hồng")
    village = make.unit("thon-chua", "cell", commune, "Chi bộ thôn Chùa")
    school = make.unit("truong-thcs", "cell", commune, "Chi bộ Trường THCS", "school")
    head = make.member(village, "Phùng Minh Thông")
    make.post(head, commune)
    make.account("secretary", head)
    told = {
        "record": record(head),
        "transfer": transfer(head, village, school),
        "post": post(head, village),
        "form": form(head, make.member(village, "Đỗ Văn Hải"), school),
        "import": bring_in(head, commune),
    }
    from hatnhan.audit.selectors import verify

    verdict = verify()
    told["chain"] = {"rows": verdict.rows, "broken_at": verdict.broken_at}
    json.dump(told, sys.stdout)


def record(head):
    """Write into the record with many hands; return how many rows there are."""
    from hatnhan.audit.actions import record as write
    from hatnhan.audit.models import Entry
    from hatnhan.core import clock

    def work():
        for _turn in range(20):
            write(by=head.user, action="races:turn", at=clock.now(), target=head, details={"a": [1, "ă"]})

    return [at_once(*[work] * HANDS), Entry.objects.filter(action="races:turn").count()]


def transfer(head, village, school):
    """Accept one transfer with many hands; return the answers, and how many cells the member belongs to."""
    from hatnhan.accounts.models import User
    from hatnhan.core import clock
    from hatnhan.organization.actions.transfers import accept_transfer
    from hatnhan.organization.models import Membership, Transfer
    from hatnhan.organization.tests import make

    mover = make.member(village, "Kim Văn Chiến")
    made = Transfer.objects.create(
        member=mover, from_unit=village, to_unit=school, proposed_on=date(2018, 10, 1), letter_no="1-GT"
    )

    def work():
        mine, by = Transfer.objects.get(pk=made.pk), User.objects.get(pk=head.user.pk)
        accept_transfer(by=by, at=clock.now(), transfer=mine, effective_on=date(2018, 10, 29))
        return "done"

    return [at_once(*[work] * HANDS), Membership.objects.filter(member=mover, end=None).count()]


def post(head, village):
    """Give one post to as many people as there are hands; return the answers, and how many hold it."""
    from hatnhan.accounts.models import User
    from hatnhan.core import clock
    from hatnhan.organization.actions.positions import appoint
    from hatnhan.organization.models import Position, Post
    from hatnhan.organization.tests import make

    def work(person):
        by = User.objects.get(pk=head.user.pk)
        appoint(
            by=by, at=clock.now(), member=person, unit=village, post=Post.SECRETARY, start=date(2018, 10, 29),
            decision_no="",
        )  # fmt: skip
        return "done"

    people = make.members(village, HANDS)
    answers = at_once(*[lambda person=person: work(person) for person in people])
    return [answers, Position.objects.filter(unit=village, post=Post.SECRETARY, end=None).count()]


def form(head, person, school):
    """Hand in one form many times, as an impatient thumb does; return the answers, and what stands in the books."""
    from django.test import Client

    from hatnhan.audit.models import Entry
    from hatnhan.organization.models import Transfer

    data = {
        "phieu": "mot-phieu-thoi", "where": "inside", "to_unit": str(school.pk), "proposed_on": "29/10/2018",
        "letter_no": "2-GT",
    }  # fmt: skip

    def work():
        client = Client()
        client.force_login(head.user, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(f"/dang-vien/{person.pk}/chuyen-sinh-hoat/", data).status_code

    answers = at_once(*[work] * HANDS)
    entries = Entry.objects.filter(action="organization:transfer:propose", subject_id=person.pk)
    return [answers, Transfer.objects.filter(member=person).count(), entries.count()]


def bring_in(head, commune):
    """Approve an import, then write it, with many hands, while others correct people; return what came of it."""
    from hatnhan.accounts.models import User
    from hatnhan.core import clock
    from hatnhan.organization.actions import imports
    from hatnhan.organization.actions.members import edit_contact
    from hatnhan.organization.models import Member, RosterImport
    from hatnhan.organization.tests import make
    from hatnhan.organization.tests.test_roster_import import HOA, sheet

    person = make.member(commune.descents.first().unit, "Lê Đình Hợi")
    job = imports.start_import(
        unit=commune, upload=BytesIO(sheet(HOA)), filename="ds.xlsx", by=head.user, at=clock.now()
    )
    imports.read_import(job=job, at=clock.now())
    seen = job.digest

    def press():
        by = User.objects.get(pk=head.user.pk)
        imports.approve_import(job=RosterImport.objects.get(pk=job.pk), by=by, seen=seen)
        return "done"

    def write():
        imports.write_import(job=RosterImport.objects.get(pk=job.pk), at=clock.now())

    def correct(number):
        by = User.objects.get(pk=head.user.pk)
        contact = {"phone": f"091234567{number}", "email": "", "hamlet": "", "occupation": ""}
        edit_contact(by=by, at=clock.now(), member=Member.objects.get(pk=person.pk), **contact)

    presses = at_once(*[press] * HANDS)
    corrections = [lambda number=number: correct(number) for number in range(3)]
    works = at_once(*[write] * 3, *corrections)
    job.refresh_from_db()
    return [presses, works, job.state, Member.objects.filter(card_number=HOA[0]).count()]


if __name__ == "__main__":
    main()
