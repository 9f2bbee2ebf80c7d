"""Work that takes longer than a page may: drawing up a set of forms."""

from __future__ import annotations

from django_tasks import task

from hatnhan.core import clock
from hatnhan.reviews.actions import sets
from hatnhan.reviews.models import FormSet


@task()
def draw_form_set(set_id: int) -> None:
    """Draw up a set that somebody asked for; one thrown away meanwhile is passed over."""
    found = FormSet.objects.select_related("cycle__unit", "unit", "by").filter(pk=set_id).first()
    if found is not None:
        sets.draw_set(form_set=found, at=clock.now())
