"""A copy brings back what was there, whole or not at all. Runs the real program, on either database."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from types import SimpleNamespace

import pytest

from hatnhan.config import copies
from hatnhan.config.tests.scratch import scratch_place

#: The tests share one place, which each leaves as it was; one worker makes it, once.
pytestmark = pytest.mark.xdist_group("copies")
ADMIN = "create-admin --name 'Nguyễn Văn Quản' --username"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Give a place with one account and one file, and a copy of it."""
    folder = tmp_path_factory.mktemp("copies")
    with scratch_place(folder / "state") as scratch:
        paper = scratch.folder / "files" / "a" / "giay.txt"
        paper.parent.mkdir(parents=True)
        paper.write_text("bản gốc")
        *_before, backup = scratch.run(
            "migrate", f"{ADMIN} truoc", ["backup", str(folder / "copy.tar"), "--json"]
        )
        assert json.loads(backup.out)["files"] == 1
        yield SimpleNamespace(run=scratch.run, folder=scratch.folder, paper=paper, copy=folder / "copy.tar")


def test_what_was_copied_comes_back(place):
    assert stat.S_IMODE(place.copy.stat().st_mode) == 0o600
    place.paper.write_text("đã sửa")
    (place.folder / "files" / "moi.txt").write_text("mới")
    restore = ["restore", str(place.copy), "--json"]
    _added, refused, before, restored, after, chain = place.run(
        f"{ADMIN} sau", restore, "users", [*restore, "--replace"], "users", "audit verify"
    )
    assert refused.code == 1
    assert "--replace" in refused.err
    assert before.out.split() == ["sau", "truoc"]
    assert json.loads(restored.out)["pending"] == []
    assert after.out.split() == ["truoc"]
    assert "nguyên vẹn" in chain.out
    assert copies.files_in(place.folder / "files") == [place.paper]
    assert place.paper.read_text() == "bản gốc"
    assert [path.name for path in place.folder.iterdir() if path.name.startswith(".")] == []


def test_an_old_copy_is_not_overwritten(place):
    before = place.copy.read_bytes()
    (refused,) = place.run(["backup", str(place.copy)])
    assert refused.code == 1
    assert "Đã có tệp" in refused.err
    assert place.copy.read_bytes() == before


def rewritten(copy, change):
    """Return the copy with its pieces changed: ``change`` gets the list and the pieces by name."""
    with tarfile.open(copy) as tar:
        pieces = {member.name: tar.extractfile(member).read() for member in tar}
    listing = json.loads(pieces.pop(copies.LIST))
    change(listing, pieces)
    path = copy.with_name(f"{change.__name__}.tar")
    with tarfile.open(path, "w") as tar:
        for name, content in {copies.LIST: json.dumps(listing).encode(), **pieces}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def spoilt(_listing, pieces):
    pieces["files/a/giay.txt"] = b"kh\xc3\xa1c"


def climbing(listing, pieces):
    listing["contents"]["files/../../leo.txt"] = listing["contents"].pop("files/a/giay.txt")
    pieces["files/../../leo.txt"] = pieces.pop("files/a/giay.txt")


def newer(listing, _pieces):
    listing["migrations"].append(["organization", "9999_ve_sau"])


def of_another_engine(listing, _pieces):
    listing["engine"] = {"sqlite": "postgresql", "postgresql": "sqlite"}[listing["engine"]]


def test_a_copy_that_is_not_sound_changes_nothing(place):
    expected = {
        spoilt: "đã hỏng",
        climbing: "đã hỏng",
        newer: "mới hơn",
        of_another_engine: "Bản sao lưu là của",
    }
    paths = [rewritten(place.copy, change) for change in expected]
    short = place.copy.with_name("short.tar")
    short.write_bytes(place.copy.read_bytes()[:5000])
    *refused, users = place.run(*(["restore", str(path), "--replace"] for path in (*paths, short)), "users")
    for said, words in zip(refused, [*expected.values(), "đã hỏng"], strict=True):
        assert said.code == 1
        assert words in said.err
    assert users.out.split() == ["truoc"]
    assert place.paper.read_text() == "bản gốc"
    assert not list(place.folder.parent.glob("**/leo.txt"))
