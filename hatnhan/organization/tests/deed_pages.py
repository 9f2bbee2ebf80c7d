"""What the tests of the pages of deeds share: a day, addresses, and a count of what was recorded."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.urls import reverse

from hatnhan.audit.models import Entry
from hatnhan.core import clock

TODAY = date(2024, 6, 10)


@pytest.fixture
def june():
    with clock.fixed(TODAY):
        yield


def at(name, *args):
    return reverse(f"organization:{name}", args=args)


@contextmanager
def entries(more):
    """Hold that inside the block so many lines are added to the record."""
    before = Entry.objects.count()
    yield
    assert Entry.objects.count() - before == more


def done(client, url, **typed):
    """Hand in a form, hold that it was accepted with one line in the record, and return the page that follows."""
    with entries(1):
        answer = client.post(url, typed)
        assert answer.status_code == 302, said(answer)
    return client.get(answer.url)


def said(answer):
    """Return the errors of a page that came back."""
    return dict(answer.context["form"].errors) if answer.context and "form" in answer.context else answer


def refused(client, url, **typed):
    """Hand in a form, hold that nothing was written and that the page came back with an error, and return its text."""
    with entries(0):
        answer = client.post(url, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Lỗi:" in page
    assert 'role="alert"' in page
    return page


def closed_to(client, url):
    """Hold that neither the page nor the deed is open, and that nothing is written."""
    with entries(0):
        assert client.get(url).status_code in {403, 404}
        assert client.post(url, {}).status_code in {403, 404}
