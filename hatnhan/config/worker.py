"""The background worker as a process of its own: it ends when told to, or when its parent is gone."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading

from hatnhan.config import ready

_SECONDS_BETWEEN_LOOKS = 0.5


def main() -> None:
    """Take up tasks until SIGTERM or the end of the input; a task at hand is finished first."""
    ready.set_up()
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 - reads the settings

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    worker = Worker(
        queue_names=["*"],
        interval=_SECONDS_BETWEEN_LOOKS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"hatnhan-{os.getpid()}",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def _end_with_parent() -> None:
    # Past Python's own buffer: its lock, held by a thread that waits, breaks the end of the interpreter.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
