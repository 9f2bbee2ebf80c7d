"""What the roster keeps of a person is this and no more: religion, class, foreign ties, assets stay on paper."""

from __future__ import annotations

import re

from django.apps import apps

from hatnhan.organization import rules
from hatnhan.organization.forms.members import MemberForm
from hatnhan.organization.models import Member
from hatnhan.organization.roster.book import FIELDS

OF_A_PERSON = {
    "card_number", "full_name", "born_year", "born_on", "sex", "ethnicity", "hamlet", "occupation", "schooling",
    "degree", "theory", "phone", "email", "admitted_on", "official_on",
}  # fmt: skip
#: For sorting and searching, and who signs in.
BESIDE = {"id", "sort_key", "given_key", "search_key", "user"}
NOT_KEPT = (
    "religio|ton_?giao|belief|tin_?nguong|family_?class|thanh_?phan|class_?origin|foreign|nuoc_?ngoai|abroad|asset|"
    "tai_?san|income|property|opinion|attitude|politic|manifest"
)


def test_a_member_has_these_fields_and_no_other():
    assert {field.name for field in Member._meta.concrete_fields} == OF_A_PERSON | BESIDE


def test_forms_actions_and_files_carry_no_other():
    assert set(rules.MemberData.__dataclass_fields__) == OF_A_PERSON
    assert set(FIELDS) == OF_A_PERSON
    assert set(MemberForm.base_fields) - OF_A_PERSON <= {"birth", "cell", "start", "decision_no", "born"}


def test_no_table_of_any_room_has_a_field_for_what_is_not_kept():
    names = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("hatnhan.")
        for field in model._meta.concrete_fields
    ]
    assert len(names) > 100
    assert [name for name in names if re.search(NOT_KEPT, name, re.IGNORECASE)] == []


def test_ethnicity_is_optional():
    assert Member._meta.get_field("ethnicity").blank
    assert rules.MemberData.__dataclass_fields__["ethnicity"].default == ""
