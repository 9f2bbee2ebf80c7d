"""The demonstration's accounts, and the file in which their passwords lie so that each start can print them again."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from hatnhan.accounts import actions
from hatnhan.accounts.actors import MACHINE
from hatnhan.accounts.models import User
from hatnhan.core import clock
from hatnhan.demo import cast, passphrases
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Role:
    """One of those who sign in. ``person`` is the member's name, "" for an account without one."""

    role: str
    title: str
    username: str
    person: str
    to_try: str
    display_name: str = ""


ROLES = (
    Role("secretary", "Bí thư Đảng ủy", "bithu", cast.SECRETARY, "Xem cả Đảng bộ, nhập danh sách, xem số liệu"),
    Role("standing_deputy", "Phó Bí thư Thường trực", "phobithu", cast.STANDING_DEPUTY, "Kết nạp, chuyển sinh hoạt"),
    Role("village_secretary", "Bí thư chi bộ thôn", "bithu.dongsen", cast.VILLAGE_SECRETARY, "Chi bộ thôn Đồng Sen"),
    Role("school_secretary", "Bí thư chi bộ trường học", "bithu.thcs", cast.SCHOOL_SECRETARY, "Chi bộ Trường THCS"),
    Role("member", "Đảng viên", "dangvien", cast.MEMBER, "Xem hồ sơ của mình, ai đã xem hồ sơ ấy"),
    Role("inspection_chair", "Chủ nhiệm UBKT", "ubkt", cast.INSPECTION_CHAIR, "Kiểm tra, giám sát; đọc cả Đảng bộ"),
    Role("editor", "Biên tập trang thông tin", "bientap", "", "Không thấy dữ liệu đảng viên", "Ngô Thu Trang"),
    Role("administrator", "Quản trị kỹ thuật", "quantri", "", "Mở tài khoản; không thấy nội dung", "Đặng Quốc Việt"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demonstration with its password."""

    role: str
    username: str
    password: str
    name: str


def open_accounts() -> list[Account]:
    """Open the accounts of all roles and return them with their new passwords."""
    return [_open(role) for role in ROLES]


def _open(role: Role) -> Account:
    card = Member.objects.get(full_name=role.person).card_number if role.person else None
    issued = actions.open_account(
        by=MACHINE,
        at=clock.now(),
        username=role.username,
        display_name=role.person or role.display_name,
        is_administrator=role.role == "administrator",
        card_number=card or "",
    )
    return _with_new_password(role, issued.user)


def _with_new_password(role: Role, user: User) -> Account:
    password = passphrases.issue()
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    return Account(role.role, role.username, password, str(user))


def remembered() -> list[Account]:
    """Return the accounts from the file; where it is lost, give all new passwords."""
    try:
        return [Account(**entry) for entry in json.loads(_file().read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        users = {user.username: user for user in User.objects.all()}
        accounts = [
            _with_new_password(role, users[role.username]) for role in ROLES if role.username in users
        ]
        remember(accounts)
        return accounts


def remember(accounts: list[Account]) -> None:
    """Keep the passwords in a file that only its owner may read."""
    text = json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1)
    new = _file().with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(_file())


def _file() -> Path:
    path: Path = settings.STATE / "accounts.json"
    return path
