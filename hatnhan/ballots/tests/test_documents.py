"""The tellers' minutes."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from hatnhan.audit.models import Entry
from hatnhan.ballots.actions.voting import cast_for
from hatnhan.ballots.models import Option
from hatnhan.ballots.tests import make as ballots
from hatnhan.core.errors import Missing
from hatnhan.documents import formats, registry
from hatnhan.organization.tests import make

KEY = "ballots.tellers_minutes"


@pytest.fixture
def counted(place, people):
    others = make.members(place.village, 3)
    there = [people.village_secretary, people.member, *others]
    made = ballots.draft(place.village, (people.member, others[0]))
    ballots.opened(made, there)
    yes = Option.objects.filter(ballot=made).order_by("place").first()
    for person in there[:2]:
        cast_for(member_id=person.pk, ballot=made, choice=[yes.place])
    ballots.close(made, issued=3, returned=2, invalid=0, blank=1, choices={yes.place: 1})
    return made


def test_both_tellers_sign_what_came_out(counted):
    paper = registry.draw_of(KEY, counted)
    assert (paper.issuer, paper.abstract) == ("Chi bộ thôn Chùa", "kiểm phiếu: Thông qua nghị quyết tháng 11")
    words = [text for section in paper.sections for text in section.paragraphs]
    assert "Phiếu phát ra: 5; thu về: 4, trong đó trên máy 2, phiếu giấy 2." in words
    assert "Phiếu hợp lệ: 3; phiếu trắng: 1; không hợp lệ: 0." in words
    assert paper.sections[1].table.rows[0][2] == "3"
    assert [one.name for one in paper.signatures] == ["Nguyễn Thị Hòa", "Nguyễn Văn Thứ0"]
    assert formats.PDF.render(paper) == formats.PDF.render(registry.draw_of(KEY, counted))


def test_a_ballot_not_counted_has_none(place, people):
    made = ballots.draft(place.village, (people.member, people.deputy))
    with pytest.raises(Missing):
        registry.draw_of(KEY, made)


def test_those_on_the_roll_may_have_them_and_it_is_recorded(cast, counted):
    address = f"/bo-phieu/{counted.pk}/bien-ban/"
    assert cast.member.get(address).content.startswith(b"%PDF-")
    book = docx.Document(BytesIO(cast.village_secretary.get(f"{address}?dang=docx").content))
    assert "NGƯỜI KIỂM PHIẾU" in [
        cell.text.split("\n")[0] for table in book.tables for cell in table.rows[0].cells
    ]
    assert Entry.objects.filter(action="ballots:minutes:take").count() == 2
    for role in ("school_secretary", "outsider"):
        assert getattr(cast, role).get(address).status_code == 404, role
    assert address in cast.secretary.get(f"/bo-phieu/{counted.pk}/").content.decode()
