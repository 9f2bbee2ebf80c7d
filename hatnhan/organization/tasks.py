"""Work that takes longer than a page may: reading and writing a roster."""

from __future__ import annotations

from django_tasks import task

from hatnhan.core import clock
from hatnhan.organization.actions import imports
from hatnhan.organization.models import RosterImport


@task()
def read_roster_import(job_id: int) -> None:
    """Read an uploaded roster for its preview; an import given up meanwhile is passed over."""
    job = RosterImport.objects.filter(pk=job_id, state=RosterImport.State.READING).first()
    if job:
        imports.read_import(job=job, at=clock.now())


@task()
def write_roster_import(job_id: int) -> None:
    """Write an approved roster."""
    job = RosterImport.objects.filter(pk=job_id, state=RosterImport.State.WRITING).first()
    if job:
        imports.write_import(job=job, at=clock.now())
