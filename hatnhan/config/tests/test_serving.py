"""The real server, with its background worker: it answers, and both end when told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

from hatnhan.config.tests.scratch import HATNHAN, PATIENCE


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answer(url, process):
    for _ in range(PATIENCE * 10):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - the address is made here
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            pass
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(process.communicate()[0])


_ASK = """
import sys, threading
from hatnhan.config import cli, ready
ready.set_up()
from django_tasks_db.models import DBTaskResult
from hatnhan.organization.tasks import read_roster_import
asked = read_roster_import.enqueue(0)
for _ in range(600):
    if DBTaskResult.objects.get(id=asked.id).status == "SUCCESSFUL":
        break
    threading.Event().wait(0.1)
else:
    sys.exit("the task was not taken up")
sys.exit(cli.run(["serve", "--port", sys.argv[1]]))
"""


def test_it_serves_works_in_the_background_and_ends_when_told(scratch):
    port = free_port()
    scratch.folder.mkdir()
    refused, _migrated = scratch.run(f"serve --port {port}", "migrate")
    assert refused.code == 1
    assert "hatnhan migrate" in refused.err
    process = subprocess.Popen(  # noqa: S603 - our own program
        [HATNHAN, "serve", "--port", str(port)],
        env=scratch.environment | {"HATNHAN_HTTPS": "false"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert answer(f"http://127.0.0.1:{port}/tinh/", process) in {200, 404}
        taken = scratch.start([sys.executable, "-c", _ASK, str(port)])
        assert taken.returncode == 1
        assert f"--port {port + 1}" in taken.stderr
        process.send_signal(signal.SIGTERM)
        # Its output ends only when the worker, which writes there too, is gone.
        said, _nothing = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        assert "Traceback" not in said
    finally:
        process.kill()
        process.wait()
