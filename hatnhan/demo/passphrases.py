"""Passwords for the demonstration that can be read out and typed on a telephone: syllables without marks, a number."""

from __future__ import annotations

import secrets

SYLLABLES = (
    "an anh ao bac bai ban bang banh bau ben bien bo bong bua buoi buom cam canh cao cat cau cay chanh chim cho chuoi"
    " co com cong cua cuc dai dao dat dau den deo dinh doi dong dua duong ga gao gio gon gung ha hai hat hoa hong hue"
    " huong khe khoai kien la lac lam lan lau le lien lua luu mai man mang may me mia mo moc mua muoi nam nang nep nghe"
    " ngo nha nhan nuoc nui oi phu phuong que ran rau rong rung sach sao sen soi son song sua tam tao tham that thi"
    " thom thong thu tien tim toi tra trang trau tre truc trung tuyet van vang ven vuon xanh xoai xuan yen"
).split()


def issue() -> str:
    """Return a new password such as "sen-lua-gio-47": at least 28 bits, behind a limit on wrong attempts."""
    words = "-".join(secrets.choice(SYLLABLES) for _ in range(3))
    return f"{words}-{10 + secrets.randbelow(90)}"
