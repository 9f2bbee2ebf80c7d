"""The demonstration is loaded by another process, once."""

from __future__ import annotations

import importlib
import subprocess
from types import SimpleNamespace

from django.db import connections

module = importlib.import_module("hatnhan.config.commands.demo")  # the package has a command of that name


def test_the_file_is_let_go_before_another_process_puts_a_new_one_in_its_place(monkeypatch):
    did = []
    monkeypatch.setattr(connections, "close_all", lambda: did.append("let go"))
    monkeypatch.setattr(
        subprocess, "run", lambda *_a, **_k: did.append("load") or SimpleNamespace(returncode=0)
    )
    module._load_apart(afresh=False)  # noqa: SLF001 - the whole command would load for minutes
    assert did == ["let go", "load"]
