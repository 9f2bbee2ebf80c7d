"""Which column a heading names, in the words that Party offices use; without marks, capitals or line breaks.

A column plays a *role*: a field of the roster, or a part of one (family name, birth date of the men…).
"""

from __future__ import annotations

import re
from functools import lru_cache

from hatnhan.core.vietnamese import fold, nfc

FIELDS = (
    "card_number",
    "full_name",
    "birth",
    "sex",
    "ethnicity",
    "hamlet",
    "occupation",
    "schooling",
    "degree",
    "theory",
    "phone",
    "email",
    "admitted",
    "official",
    "joined_cell",
    "cell",
    "position",
    "exempt",
    "note",
)

# Roles that are no field by themselves.
FAMILY_PART, GIVEN_PART = "family_part", "given_part"
MALE, FEMALE = "male", "female"
BIRTH_MALE, BIRTH_FEMALE = "birth_male", "birth_female"
ORDINAL, REFUSED, REMARKS = "ordinal", "refused", "remarks"

#: What write_marked heads its own column with; it is passed over when the mended file comes back.
REMARKS_HEADING = "Vấn đề"

# In this order; the whole folded heading must match. "(…)?" spells what offices add or leave out.
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        ORDINAL,
        (r"stt|tt|so tt|so thu tu|thu tu|no",),
    ),
    (
        REMARKS,
        (r"van de",),
    ),
    (
        REFUSED,
        (
            r".*\b(ton giao|thanh phan( xuat than| gia dinh)?|gia dinh chinh sach|nuoc ngoai)\b.*",
            r".*\b(suc khoe|thuong binh|liet si)\b.*",
            r".*\b(tai san|thu nhap|kinh te gia dinh|hoan canh kinh te|nha o dat o|dat dai)\b.*",
            r".*\b(lich su ban than|lich su chinh tri)\b.*",
        ),
    ),
    (
        "exempt",
        (
            r"(duoc |dang vien )?mien( giam)?( cong tac| sinh hoat| sh| ct)?( va)?( cong tac| sinh hoat| sh)?( dang)?",
            r"mien ctsh|mien ct sh",
        ),
    ),
    (
        "card_number",
        (r"(so |ma )?(the|tdv)( dang)?( dang vien| dv)?|so hieu the( dang vien)?|ma( so)? dang vien",),
    ),
    (
        "full_name",
        (
            r"(ho( va)? ten|ho ten)( khai sinh| day du| dang vien| dv)?|ten dang vien",
            r"(ho( va)? )?ten khai sinh|danh sach dang vien ho va ten",
        ),
    ),
    (
        FAMILY_PART,
        (r"ho( va)?( ten| chu)? (dem|lot)|ho dem|ho lot|ho",),
    ),
    (
        GIVEN_PART,
        (r"ten",),
    ),
    (
        "birth",
        (
            r"(ngay )?(thang )?(nam )?sinh( ngay)?|sinh (ngay|nam)( thang)?( nam)?( sinh)?",
            r"(ngay )?thang nam sinh|ntns|tuoi nam sinh",
        ),
    ),
    (
        "sex",
        (r"gioi( tinh)?|phai|nam nu",),
    ),
    (
        "ethnicity",
        (r"dan toc",),
    ),
    (
        "hamlet",
        (
            r"(noi|cho) (o|cu tru|thuong tru)( hien nay| hien tai)?",
            r"(thon|xom|to dan pho|khu dan cu|lang|ban)( to dan pho| xom| to)?",
            r"dia chi( thuong tru| hien nay| noi o)?|ho khau( thuong tru)?|thuong tru|khu",
        ),
    ),
    (
        "occupation",
        (r"nghe( nghiep)?( hien nay| hien tai| chinh)?|cong viec( hien nay| dang lam)?",),
    ),
    (
        "schooling",
        (
            r"(trinh do |td )?(hoc van|van hoa|gdpt|giao duc pho thong|hoc van pho thong|pho thong|vh)( pho thong)?",
            r"tdvh|tdhv",
        ),
    ),
    (
        "degree",
        (r"(trinh do |td )?(chuyen mon( nghiep vu| ky thuat)?|cmnv|cm)|tdcm|bang cap( chuyen mon)?",),
    ),
    (
        "theory",
        (r"(trinh do |td )?(l[iy] luan( chinh tri| ct)?|llct)",),
    ),
    (
        "phone",
        (r"(so )?(dien thoai|dt|dtdd|di dong|dien thoai di dong)( lien he| lien lac| di dong)?|sdt",),
    ),
    (
        "email",
        (r"(dia chi )?(e mail|email|thu dien tu|hop thu dien tu)",),
    ),
    (
        "official",
        (
            r"(ngay )?(thang )?(nam )?(vao dang |duoc )?(cong nhan )?(dang vien |vao dang |dv )?chinh thuc( vao dang)?",
        ),
    ),
    (
        "admitted",
        (
            r"(ngay )?(thang )?(nam )?(vao|ket nap)( vao)?( dang| dcsvn)?( csvn| cong san viet nam)?( du bi| lan dau)?",
            r"(ngay )?(vao dang )?(dang vien )?du bi|ngay vd",
        ),
    ),
    (
        "joined_cell",
        (
            r"(ngay )?(thang )?(ve|den|chuyen ve|chuyen den) chi bo( tu)?( ngay)?( thang)?",
            r"sinh hoat tai chi bo tu( ngay)?|(sinh hoat|o chi bo) tu ngay",
        ),
    ),
    (
        "cell",
        (
            r"(thuoc |ten |(dang )?sinh hoat tai |noi sinh hoat )?(chi bo|tccs dang|cb)( sinh hoat| truc thuoc| dang)?",
            r"noi sinh hoat( dang)?|don vi( sinh hoat)?|to chuc dang",
        ),
    ),
    (
        "position",
        (r"chuc (vu|danh)( trong dang| dang| hien nay| dang chinh quyen)?|chuc vu dang .*",),
    ),
    (
        "note",
        (r"ghi chu|chu thich",),
    ),
)
_RULES = tuple((role, re.compile("|".join(patterns))) for role, patterns in _PATTERNS)
_BRACKETED = re.compile(r"\([^)]*\)")
_MARKED_YEAR = re.compile(r"^\W*năm\b", re.IGNORECASE)
_HALVES = {
    ("birth", "nam"): BIRTH_MALE,
    ("birth", "nu"): BIRTH_FEMALE,
    ("sex", "nam"): MALE,
    ("sex", "nu"): FEMALE,
    ("", "nam"): MALE,
    ("", "nu"): FEMALE,
}


@lru_cache(maxsize=4096)
def role_of(heading: str, above: str = "") -> str | None:
    """Return the role that a heading names, or None; ``above`` is the heading over it where there are two rows."""
    if not heading:
        return _match(above) if above else None
    lower = fold(heading)
    over = _match(above) if above else ""
    # "Nam" over men's birth dates, but "Năm" (year) folds to the same three letters.
    if lower in {"nam", "nu"} and not _MARKED_YEAR.match(nfc(heading)):
        return _HALVES.get((over or "", lower))
    return (_match(f"{above} {heading}") if above else None) or _match(heading)


def _match(heading: str) -> str | None:
    for text in (fold(heading), fold(_BRACKETED.sub(" ", heading))):
        for role, rule in _RULES:
            if text and rule.fullmatch(text):
                return role
    return None


def fields_of(roles: set[str]) -> frozenset[str]:
    """Return the fields that roles give values for: Nam | Nữ give the sex, and under "Ngày sinh" the birth too."""
    found = {role for role in roles if role in FIELDS}
    if roles & {FAMILY_PART, GIVEN_PART} == {FAMILY_PART, GIVEN_PART}:
        found.add("full_name")
    if roles & {MALE, FEMALE, BIRTH_MALE, BIRTH_FEMALE}:
        found.add("sex")
    if roles & {BIRTH_MALE, BIRTH_FEMALE}:
        found.add("birth")
    return frozenset(found)
