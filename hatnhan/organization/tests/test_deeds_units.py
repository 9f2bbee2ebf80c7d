"""Pages by which the tree changes."""

from datetime import date

import pytest

from hatnhan.organization.models import Membership, Unit
from hatnhan.organization.tests import make
from hatnhan.organization.tests.deed_pages import at, closed_to, done, entries, june, refused

pytestmark = pytest.mark.usefixtures("june")
__all__ = ["june"]

BY = {"on": "1/6/2024", "decision_no": "45-QĐ/ĐU"}


def test_a_cell_is_founded_with_a_code_made_of_its_name(cast, place):
    typed = BY | {"level": "cell", "name": "Chi bộ thôn Đồng Sen", "cell_kind": "village"}
    page = done(cast.secretary, at("unit-create", "tam-hong"), **typed)
    made = Unit.objects.get(code="thon-dong-sen")
    assert (made.level, made.cell_kind, made.founded_on) == ("cell", "village", date(2024, 6, 1))
    assert "Đã lập Chi bộ thôn Đồng Sen. Tiếp theo:" in page.content.decode()


def test_a_cell_has_a_kind(cast):
    typed = BY | {"level": "cell", "name": "Chi bộ thôn Đồng Sen"}
    assert "Chưa chọn loại chi bộ." in refused(cast.secretary, at("unit-create", "tam-hong"), **typed)


def test_a_code_that_is_taken_is_said_at_the_code(cast):
    typed = BY | {"level": "cell", "name": "Chi bộ khác", "cell_kind": "village", "code": "thon-chua"}
    page = refused(cast.secretary, at("unit-create", "tam-hong"), **typed)
    assert 'href="#id_code"' in page
    assert 'value="Chi bộ khác"' in page


def test_nothing_is_founded_under_a_cell(cast):
    assert cast.secretary.get(at("unit-create", "thon-chua")).status_code == 404


def test_a_unit_is_renamed(cast, place):
    done(cast.secretary, at("unit-rename", "thon-chua"), **BY, name="Chi bộ thôn Chùa Hạ")
    place.village.refresh_from_db()
    assert place.village.name == "Chi bộ thôn Chùa Hạ"


def test_the_same_name_is_no_change(cast, place):
    typed = BY | {"name": place.village.name}
    assert "Không có gì thay đổi" in refused(cast.secretary, at("unit-rename", "thon-chua"), **typed)


def test_a_cell_becomes_one_of_another_kind(cast, place):
    done(cast.secretary, at("unit-kind", "thon-chua"), **BY, cell_kind="agency")
    place.village.refresh_from_db()
    assert place.village.cell_kind == "agency"
    assert cast.secretary.get(at("unit-kind", "tam-hong")).status_code == 404


def test_a_unit_is_moved(cast, place):
    section = make.unit("khu-truong", "section", place.commune, "Đảng bộ bộ phận khối trường")
    url = at("unit-move", "truong-thcs")
    assert set(cast.secretary.get(url).context["form"].fields["parent"].queryset) == {section, place.commune}
    done(cast.secretary, url, **BY, parent=section.pk)
    assert section.pk in place.school.lineage(date(2024, 6, 10))


@pytest.fixture
def crowd(place):
    return make.members(place.village, 6)


def test_a_cell_is_split_after_it_was_read_over(cast, place, crowd):
    url, chosen = at("unit-split", "thon-chua"), [one.pk for one in crowd[:4]]
    typed = BY | {"name": "Chi bộ thôn Chùa 2", "cell_kind": "village", "members": chosen}
    with entries(0):
        page = cast.secretary.post(url, typed).content.decode()
    assert "Từ 1/6/2024 có Chi bộ thôn Chùa 2 với 4 đảng viên." in page
    assert "Chi bộ thôn Chùa còn 6 đảng viên." in page
    assert page.count('name="members"') == 4
    assert not Unit.objects.filter(code="thon-chua-2").exists()
    done(cast.secretary, url, **typed, confirm="1")
    new = Unit.objects.get(code="thon-chua-2")
    assert set(Membership.objects.filter(unit=new).values_list("member_id", flat=True)) == set(chosen)


def test_too_few_is_said_with_the_charter_beside_the_names(cast, crowd):
    typed = BY | {"name": "Chi bộ nhỏ", "cell_kind": "village", "members": [crowd[0].pk]}
    page = refused(cast.secretary, at("unit-split", "thon-chua"), **typed)
    assert "Căn cứ: Điều lệ Đảng (19/1/2011), Điều 24.1." in page
    assert 'href="#id_members"' in page
    assert page.count(" checked") == 1


def test_a_stranger_cannot_be_taken_along(cast, people, crowd):
    typed = BY | {"name": "Chi bộ lạ", "cell_kind": "village", "members": [people.school_secretary.pk]}
    assert "Không có lựa chọn này nữa." in refused(cast.secretary, at("unit-split", "thon-chua"), **typed)


def test_cells_are_merged_after_it_was_read_over(cast, place):
    url, typed = at("unit-merge", "truong-thcs"), BY | {"into": place.village.pk}
    with entries(0):
        page = cast.secretary.post(url, typed).content.decode()
    assert "3 đảng viên chuyển về Chi bộ thôn Chùa." in page
    assert "1 chức vụ trong Chi bộ Trường THCS kết thúc." in page
    assert "Chi bộ thôn Chùa có 7 đảng viên." in page
    done(cast.secretary, url, **typed, confirm="1")
    place.school.refresh_from_db()
    assert place.school.dissolved_on == date(2024, 6, 1)


def test_a_unit_is_dissolved_only_when_its_members_have_where_to_go(cast, place):
    url = at("unit-dissolve", "truong-thcs")
    page = refused(cast.secretary, url, **BY, successor="")
    assert "Chọn tổ chức kế tiếp" in page
    done(cast.secretary, url, **BY, successor=place.village.pk, confirm="1")
    place.school.refresh_from_db()
    assert place.school.dissolved_on == date(2024, 6, 1)
    assert cast.secretary.get(at("unit-rename", "truong-thcs")).status_code == 409


@pytest.mark.parametrize("role", ["standing", "village_secretary", "member", "administrator", "outsider"])
@pytest.mark.parametrize(
    "name", ["unit-rename", "unit-kind", "unit-move", "unit-split", "unit-merge", "unit-dissolve"]
)
def test_others_change_nothing_in_the_tree(cast, role, name):
    closed_to(getattr(cast, role), at(name, "thon-chua"))


@pytest.mark.parametrize("role", ["standing", "village_secretary", "member", "administrator", "outsider"])
def test_others_found_nothing(cast, role):
    closed_to(getattr(cast, role), at("unit-create", "tam-hong"))
