"""Loading the demonstration: once, whole, never over somebody's data. A short story stands in for the long one."""

from __future__ import annotations

import json
import stat
import sys

_SHORT = """
import json, os, sys
from dataclasses import asdict
from hatnhan.config import ready
ready.set_up("demo")
from hatnhan.accounts.actors import MACHINE
from hatnhan.accounts.actions import open_account
from hatnhan.accounts.models import User
from hatnhan.core import clock
from hatnhan.demo import accounts, load
from hatnhan.organization.actions.units import create_unit
from hatnhan.organization.models import Unit

def short(today, progress=load.quiet):
    create_unit(by=MACHINE, at=clock.now(), code="ngan", level="province", name="Đảng bộ ngắn", cell_kind="",
                parent=None, on=today, decision_no="1-QĐ/TU")
    if "fall" in sys.argv:
        os._exit(3)

load.write_story = short
accounts.ROLES = [role for role in accounts.ROLES if not role.person]
said = []
for step in sys.argv[1:]:
    if step == "type":
        open_account(by=MACHINE, at=clock.now(), username="go.vao", display_name="Gõ Vào")
    elif step == "lose":
        (accounts.settings.STATE / "accounts.json").unlink()
    else:
        found = load.load_once(afresh=step == "afresh")
        users = sorted(User.objects.values_list("username", flat=True))
        said.append([[asdict(account) for account in found], users, Unit.objects.count()])
print(json.dumps(said))
"""


def steps(place, *words, expect=0):
    done = place.start([sys.executable, "-c", _SHORT, *words])
    assert done.returncode == expect, done.stderr
    return json.loads(done.stdout) if not expect else None


def test_an_interrupted_load_starts_over_and_a_whole_one_stays(demo_scratch):
    steps(demo_scratch, "fall", expect=3)
    kept = demo_scratch.folder / "accounts.json"
    assert not kept.exists()

    first, again, renewed, afresh = steps(demo_scratch, "load", "type", "load", "lose", "load", "afresh")
    accounts, users, units = first
    assert units == 1
    assert [account["role"] for account in accounts] == ["editor", "administrator"]
    assert users == ["bientap", "quantri"]
    assert again == [accounts, ["bientap", "go.vao", "quantri"], 1], "a later start keeps what was typed"
    assert [account["username"] for account in renewed[0]] == users
    assert renewed[0] != accounts, "a password that was lost cannot be printed again: there is a new one"
    assert afresh[1] == users, "a reset drops what was typed"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_somebody_elses_data_is_never_emptied(scratch):
    scratch.run("migrate", "create-admin --username that --name 'Người Thật'")
    done = scratch.start([sys.executable, "-m", "hatnhan.config.cli", "demo", "--no-serve", "--reset"])
    assert done.returncode == 1
    assert "không phải của bản dùng thử" in done.stderr
    assert scratch.run("users")[0].out.split() == ["that"]
