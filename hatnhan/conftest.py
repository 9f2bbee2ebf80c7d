"""The cast: a small organisation and one client a role, the same in every room's tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from hatnhan.organization.models import Post
from hatnhan.organization.tests import make
from hatnhan.rulebook import remembered


@pytest.fixture(autouse=True)
def in_vietnamese():
    """Begin each test in Vietnamese: a page that another test read in English leaves its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def fresh_rules():
    """Begin each test without what another has read of the rulebook's tables, which are empty again."""
    remembered.forget()


@pytest.fixture
def place(db):
    """Province → commune → a village cell and a school cell."""
    province = make.unit("phu-tho", "province", name="Đảng bộ tỉnh Phú Thọ")
    commune = make.unit("tam-hong", "commune", province, "Đảng bộ xã Tam Hồng")
    village = make.unit("thon-chua", "cell", commune, "Chi bộ thôn Chùa")
    school = make.unit("truong-thcs", "cell", commune, "Chi bộ Trường THCS", "school")
    return SimpleNamespace(province=province, commune=commune, village=village, school=school)


@pytest.fixture
def people(place):
    """One person a role, with an account each."""
    who = SimpleNamespace(
        secretary=make.member(place.village, "Phùng Minh Thông"),
        deputy=make.member(place.village, "Tạ Thị Hiền", sex="F"),
        standing=make.member(place.school, "Kim Văn Chiến"),
        inspector=make.member(place.school, "Lê Đình Hợi"),
        village_secretary=make.member(place.village, "Đỗ Văn Hải"),
        school_secretary=make.member(place.school, "Lê Thị Bích", sex="F"),
        member=make.member(place.village, "Nguyễn Thị Hòa", sex="F"),
    )
    make.post(who.secretary, place.commune, Post.SECRETARY)
    make.post(who.deputy, place.commune, Post.STANDING_DEPUTY)
    make.post(who.standing, place.commune, Post.STANDING_MEMBER)
    make.post(who.inspector, place.commune, Post.INSPECTION_CHAIR)
    make.post(who.village_secretary, place.village, Post.SECRETARY)
    make.post(who.school_secretary, place.school, Post.SECRETARY)
    for role, person in vars(who).items():
        make.account(role, person)
    return who


@pytest.fixture
def cast(people):
    """One signed-in client a role; ``outsider`` holds nothing, ``anonymous`` did not sign in."""
    users = {role: person.user for role, person in vars(people).items()}
    users["administrator"] = make.account("administrator", is_administrator=True)
    users["editor"] = make.account("editor")
    users["outsider"] = make.account("outsider")
    clients = SimpleNamespace(anonymous=Client(), users=SimpleNamespace(**users))
    for role, user in users.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        setattr(clients, role, client)
    return clients
