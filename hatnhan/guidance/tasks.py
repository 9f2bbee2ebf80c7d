"""Work that takes longer than a page may: reading the text of a file."""

from __future__ import annotations

from django_tasks import task

from hatnhan.accounts.actors import Machine
from hatnhan.core import clock
from hatnhan.guidance.actions import files
from hatnhan.guidance.models import DocumentFile

READER = Machine("Máy đọc chữ trong tệp")


@task()
def read_document_file(file_id: int) -> None:
    """Read a file that waits; one taken away meanwhile is passed over."""
    waiting = DocumentFile.objects.filter(pk=file_id, state=DocumentFile.State.WAITING)
    file = waiting.select_related("document").first()
    if file:
        files.read_file_text(by=READER, at=clock.now(), file=file)
