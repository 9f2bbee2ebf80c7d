"""A programme for tests: what the inspection committee of the commune, and a cell, plan for 2018."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from hatnhan.core import clock
from hatnhan.organization.models import Body
from hatnhan.oversight.actions import programmes
from hatnhan.oversight.actions.items import write
from hatnhan.oversight.actions.programmes import ItemData
from hatnhan.oversight.models import Check, Dossier, Kind, Subject, Watch

NOW = datetime(2018, 1, 15, 9, 0, tzinfo=clock.HERE)
__all__ = ["NOW", "approved", "check", "data", "draft", "watch", "whole", "write"]
_numbers = count(1)


def data(kind=Kind.COMPLIANCE, content="Thực hiện nghị quyết đại hội", month=3, **more):
    year = more.pop("year", 2018)
    return ItemData(
        **(
            {
                "kind": kind,
                "topic": "resolution",
                "content": content,
                "examined_from": date(year - 1, 1, 1),
                "examined_to": date(year, 1, 1),
                "starts_on": date(year, month, 1),
                "ends_on": date(year, month, 28),
            }
            | more
        )
    )


def draft(place, people, *, year=2018, items=(), at=NOW, **more):
    made = programmes.draft_programme(
        by=people.inspector.user,
        at=at,
        unit=place.commune,
        body=Body.INSPECTION,
        year=year,
        **({"from_last_year": False} | more),
    )
    if items:
        programmes.set_items(by=people.inspector.user, at=at, programme=made, items=items)
    return made


def whole(place, people):
    """Two checks and two supervisions."""
    team = (people.inspector, people.standing)
    return [
        data(units=(place.village,), team=team),
        data(content="Thu, nộp đảng phí", month=5, topic="dues", units=(place.school,), team=team),
        data(
            Kind.REGULAR,
            "Nhiệm vụ người đứng đầu",
            members=(people.village_secretary,),
            team=(people.inspector,),
        ),
        data(Kind.THEMATIC, "Sinh hoạt chi bộ", month=6, topic="meetings", units=(place.village,), team=team),
    ]


def approved(place, people, items=None, **more):
    made = draft(place, people, items=items or whole(place, people), **more)
    programmes.approve_programme(
        by=people.inspector.user, at=more.get("at", NOW), programme=made, decision_no="01-CTr/UBKT"
    )
    return made


def check(item, *, concluded_on=None, units=(), members=(), kind=None):
    """Write a check of an item straight, concluded or running."""
    unit = item.programme.unit
    state = {}
    if concluded_on:
        state = {"state": Check.State.DONE, "concluded_on": concluded_on, "conclusion": "Kết luận"}
        state["comply_by"] = concluded_on + timedelta(days=60)
    made = Check.objects.create(
        unit=unit,
        body=item.programme.body,
        kind=kind or item.kind,
        title=item.content,
        item=item,
        topic=item.topic,
        content=item.content,
        examined_from=item.examined_from,
        examined_to=item.examined_to,
        decision_no=f"{next(_numbers)}-QĐ/UBKT",
        opened_on=item.starts_on,
        ends_by=item.ends_on,
        dossier=Dossier.objects.create(opened_on=item.starts_on),
        **state,
    )
    for one in units:
        Subject.objects.create(of_check=made, unit=one)
    for one in members:
        Subject.objects.create(of_check=made, member=one)
    return made


def watch(item, observer, *, of_member=None, of_unit=None, concluded_on=None):
    return Watch.objects.create(
        unit=item.programme.unit,
        body=item.programme.body,
        item=item,
        observer=observer,
        of_member=of_member,
        of_unit=of_unit,
        topics=["resolution"],
        start=item.starts_on,
        end=date(2019, 1, 1),
        concluded_on=concluded_on,
        conclusion="Làm tốt" if concluded_on else "",
    )
