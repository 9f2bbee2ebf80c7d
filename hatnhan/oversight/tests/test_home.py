"""The room's first page: what waits first; whoever has no part sees nothing of anybody else's."""

from __future__ import annotations

import pytest

ROOT = "/kiem-tra/"
pytestmark = pytest.mark.django_db


def text_of(client, url=ROOT, status=200):
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_the_page_opens_for_everyone_in_the_organisation(cast):
    for client in (cast.inspector, cast.member):
        assert 'aria-current="page">Tổng quan' in text_of(client)
