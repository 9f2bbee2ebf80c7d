"""Many hands at one text, each having read the same; run by `test_races.py`. Prints what came of it as JSON."""

# ruff: noqa: PLC0415 - Django is ready only inside `main`

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from types import SimpleNamespace

import django

HANDS = 6


def main():
    """Set up, let them race, tell."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from hatnhan.core import clock
    from hatnhan.guidance.tests import rolled
    from hatnhan.organization.tests import make

    commune = make.unit("tam-hong", "commune", None, "Đảng bộ xã Tam Hồng")
    village = make.unit("thon-chua", "cell", commune, "Chi bộ thôn Chùa")
    school = make.unit("truong-thcs", "cell", commune, "Chi bộ Trường THCS", "school")
    head = make.member(village, "Phùng Minh Thông")
    make.post(head, commune)
    make.account("secretary", head)
    place = SimpleNamespace(commune=commune, village=village, school=school)
    people = SimpleNamespace(secretary=head, member=make.member(village, "Nguyễn Thị Hòa"))
    with clock.fixed(rolled.NOW):
        told = {
            "document": document(place, people),
            "session": session(place, people),
            "comment": comment(place, people),
            "variant": variant(place, people),
            "given": given(place, people),
        }
    json.dump(told, sys.stdout)


def race(model, pk, people, write):
    """Let each hand, having read a row, write it; return how many ended how."""
    from hatnhan.accounts.models import User
    from hatnhan.core import clock
    from hatnhan.guidance.tests.rolled import NOW
    from hatnhan.organization.tests.races import at_once

    def work(number, seen):
        with clock.fixed(NOW):
            write({"by": User.objects.get(pk=people.secretary.user.pk), "at": NOW}, seen, number)
        return "done"

    hands = [(number, model.objects.get(pk=pk)) for number in range(HANDS)]
    return Counter(at_once(*[lambda hand=hand: work(*hand) for hand in hands]))


def document(place, people):
    """Mend one document with many hands."""
    from hatnhan.guidance.actions import register
    from hatnhan.guidance.models import Document
    from hatnhan.guidance.tests.papers import data, registered

    made = registered(place.commune)

    def write(signed, seen, number):
        register.edit_document(**signed, document=seen, data=data(subject=f"Trích yếu {number}"))

    return race(Document, made.pk, people, write)


def session(place, people):
    """Change one session with many hands."""
    from hatnhan.guidance.actions import sessions
    from hatnhan.guidance.models import Session
    from hatnhan.guidance.tests import rolled, studied

    doc = rolled.document(place.commune, "1-NQ/ĐU")
    by = {"by": people.secretary.user, "at": rolled.NOW}
    made = sessions.plan_session(**by, unit=place.commune, data=studied.data(doc))

    def write(signed, seen, number):
        sessions.edit_session(**signed, session=seen, data=studied.data(doc, place=f"Phòng {number}"))

    return race(Session, made.pk, people, write)


def comment(place, people):
    """Comment on one registration with many hands."""
    from hatnhan.guidance.actions import registrations
    from hatnhan.guidance.models import Registration
    from hatnhan.guidance.tests import followed

    made = followed.registration(place.village, people.member, 2026, date(2026, 1, 20))

    def write(signed, seen, number):
        registrations.comment(**signed, registrations={seen: f"Nhận xét {number}"})

    return race(Registration, made.pk, people, write)


def variant(place, people):
    """Write one variant with many hands."""
    from hatnhan.guidance.actions import variants
    from hatnhan.guidance.models import RollOut
    from hatnhan.guidance.tests import rolled

    made = rolled.whole(place, people, "2-NQ/TW")

    def write(signed, seen, number):
        intro = {"intro": f"Lời {number}", "said": {}, "own": []}
        variants.write_variant(**signed, roll_out=seen, cell_kind="school", **intro)

    return race(RollOut, made.pk, people, write)


def given(place, people):
    """Give one new cell the same roll-out with many hands; return how it ended, and how many tasks there are."""
    from hatnhan.guidance.actions import giving
    from hatnhan.guidance.models import PointTask, RollOut
    from hatnhan.guidance.tests import rolled
    from hatnhan.organization.tests import make

    made = rolled.approved(place, people, "3-NQ/TW")
    young = make.unit("xom-moi", "cell", place.commune, "Chi bộ xóm Mới")

    def write(signed, seen, _number):
        giving.give_cells(**signed, roll_out=seen, cells=[young], on=rolled.DAY)

    ended = race(RollOut, made.pk, people, write)
    links = PointTask.objects.filter(given__roll_out=made)
    return [ended, links.filter(given__cell=young).count(), links.filter(given__cell=place.village).count()]


if __name__ == "__main__":
    main()
