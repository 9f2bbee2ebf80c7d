"""The command line: what it says, and with which code it ends."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from types import SimpleNamespace

import pytest

from hatnhan.config import cli, serving, wording
from hatnhan.config.commands import OWN
from hatnhan.config.tests.scratch import HATNHAN
from hatnhan.demo import load


@pytest.fixture(autouse=True)
def _mode_stays(monkeypatch):
    """`demo` names its mode in the environment; that must not outlive the test."""
    monkeypatch.setenv("HATNHAN_MODE", "test")


@pytest.mark.parametrize("name", ["demo", "serve", "migrate", "backup", "restore", "doctor"])
def test_each_own_command_has_help_in_vietnamese(name, capsys):
    assert cli.run([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Cách dùng: hatnhan {name} [TÙY CHỌN]")
    assert "In hướng dẫn này." in said
    assert "Options" not in said


def test_the_help_names_the_commands_of_all_rooms(capsys):
    assert cli.run(["--help"]) == 0
    said = capsys.readouterr().out
    wanted = "demo serve migrate create-admin roster figures audit backup restore doctor"
    assert all(f"\n  {name} " in said for name in wanted.split())


@pytest.mark.parametrize("command", [["roster", "import"], ["audit", "verify"], ["figures"]])
def test_the_rooms_commands_have_help_too(command, capsys):
    assert cli.run([*command, "--help"]) == 0
    assert "Cách dùng:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["khong-co"], "Không có lệnh “khong-co”"),
        (["serve", "--khong-co"], "Không có tùy chọn --khong-co"),
        (["serve", "--port", "abc"], "tùy chọn --port: “abc” không phải là số nguyên"),
        (["serve", "--port", "0"], "tùy chọn --port: 0 nằm ngoài khoảng"),
        (["backup"], "Thiếu tham số TỆP.tar"),
        (["restore", "khong-co.tar"], "Không có tệp “khong-co.tar”"),
        (["migrate", "thua"], "Thừa tham số: thua"),
    ],
)
def test_a_wrong_call_ends_with_2_and_one_vietnamese_line(arguments, words, capsys):
    assert cli.run(arguments) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.startswith("Lỗi: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "vidu.vn"])  # noqa: S104 - these it must refuse
def test_the_demonstration_refuses_to_be_reached_from_elsewhere(host, capsys):
    assert cli.run(["demo", "--host", host]) == 2
    assert "chỉ nghe trên chính máy này" in capsys.readouterr().err


def test_the_demonstration_is_loaded_by_a_process_that_ends_before_the_server_forks(monkeypatch):
    started = []

    def run(command, **_how):
        started.append(command[-3:])
        return SimpleNamespace(returncode=7)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(
        load, "load_once", lambda *_told, **_how: pytest.fail("loaded in the server's process")
    )
    with pytest.raises(SystemExit) as ended:
        cli.run(["demo", "--reset", "--port", "58533"])
    assert ended.value.code == 7
    assert started == [["demo", "--no-serve", "--reset"]]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "127.8.8.8"])
def test_this_machine_is_loopback(host):
    assert serving.is_loopback(host)


@pytest.mark.django_db
def test_serve_refuses_the_same_in_a_demonstration(settings, capsys):
    settings.DEMO = True
    assert cli.run(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104
    assert "chỉ nghe trên chính máy này" in capsys.readouterr().err


@pytest.mark.django_db
def test_an_error_of_a_room_is_one_line_without_traceback(capsys, tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_text("không phải bảng tính")
    assert cli.run(["roster", "import", str(file), "--unit", "khong-co"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Lỗi: Không có tổ chức mang mã")
    assert said.count("\n") == 1


def test_own_commands_have_names_and_words():
    assert all(command.name and command.help for command in OWN)


def test_without_settings_it_says_what_is_missing(scratch):
    done = scratch.start([HATNHAN, "migrate"], HATNHAN_SECRET_KEY="")
    assert done.returncode == 1
    assert done.stderr.startswith("Lỗi: Thiếu biến môi trường HATNHAN_SECRET_KEY")
    assert done.stderr.count("\n") == 1


def test_what_needs_no_settings_works_without(scratch):
    (listed,) = scratch.run("--help", HATNHAN_SECRET_KEY="")
    assert listed.code == 0
    assert "\n  demo " in listed.out


def test_a_database_without_tables_is_told_to_be_migrated_and_then_the_doctor_is_content(scratch):
    scratch.folder.mkdir()
    migrate = "migrate --json"
    without, first, second, doctor = scratch.run(
        "figures --unit tam-hong --period 2017", migrate, migrate, "doctor --json"
    )
    assert without.code in {1, 2}
    assert "hatnhan migrate" in without.err
    assert without.err.count("\n") == 1
    assert json.loads(first.out)["applied"]
    assert json.loads(second.out)["applied"] == []
    # Whether the static files were gathered depends on the machine.
    good = {check["key"] for check in json.loads(doctor.out)["checks"] if check["ok"]}
    assert good >= {"python", "secret_key", "state", "database", "migrations", "clock", "audit"}


def test_the_doctor_finds_what_is_wrong(scratch):
    (doctor,) = scratch.run("doctor --json", HATNHAN_SECRET_KEY="ngan")
    wrong = {check["key"] for check in json.loads(doctor.out)["checks"] if not check["ok"]}
    assert doctor.code == 1
    assert wrong >= {"secret_key", "state", "migrations"}


def test_after_the_demonstration_was_loaded_the_rooms_commands_need_no_settings(demo_scratch):
    named = {"HATNHAN_MODE", "HATNHAN_SECRET_KEY", "DATABASE_URL"}
    rest = {name: value for name, value in demo_scratch.environment.items() if name not in named}
    bare = replace(demo_scratch, environment=rest)
    asked = "figures --unit tam-hong --period 2017"
    bare.run("migrate", HATNHAN_MODE="demo")
    (unknown,) = bare.run(asked)
    assert (unknown.code, "HATNHAN_SECRET_KEY" in unknown.err) == (1, True)
    (bare.folder / "accounts.json").write_text("[]")
    (found,) = bare.run(asked)
    assert (found.code, found.err) == (2, "Không có tổ chức đảng nào mang mã “tam-hong”.\n")
    (kept,) = bare.run("backup a.tar")
    assert (kept.code, "HATNHAN_SECRET_KEY" in kept.err) == (1, True), "what is kept is never guessed"


def test_a_file_that_cannot_be_written_is_named_in_vietnamese():
    assert wording.sentence(FileNotFoundError(2, "No such file", "/khong-co/x.xlsx.part")) == (
        "/khong-co/x.xlsx: không có thư mục hoặc tệp này."
    )
