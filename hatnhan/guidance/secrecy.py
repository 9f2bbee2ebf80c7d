"""Signs that a paper is classified. Such papers are never taken in: this machine is not cleared for them.

Words that merely speak of secrecy ("bảo mật", "bí mật nhà nước", "Mặt trận") are no sign; a stamp stands alone.
"""

from __future__ import annotations

import re
from unicodedata import normalize

#: Official text with columns beside each other: the stamp is parted from what stands beside it by a tab or wide gap.
_GAP = re.compile(r"\t| {3,}|\n|\r|\x0c|\x0b")
_EDGE = " .,:;*-–—_()[]{}<>/|\"'“”«»\u00a0"
_STAMPS = frozenset({"MẬT", "TỐIMẬT", "TUYỆTMẬT"})
_LEVEL = re.compile(r"\bđộ (?:bảo )?mật\s*[:\-–]\s*(?:\(\s*)?(?:tuyệt|tối)?\s*mật\b", re.IGNORECASE)

_WORD = re.compile(r"[^\W_]+")
#: What stands before "mật" when the paper only speaks of it.
_SPEAKS = frozenset({"bảo", "bí", "cơ", "an", "mã", "tuần", "trăng"})
_PLAIN_LEVEL = re.compile(r"\b(?:toi|tuyet|do|van ban|tai lieu|cong van) mat\b(?! tran\b)")
#: What stands before an unmarked "MAT" at the end of a name that is not the stamp: bí mật, họp mặt, ra mắt, có mặt…
_OTHER_WORDS = frozenset({"BAO", "BI", "CO", "HOP", "RA", "GAP", "TRUOC", "VANG", "CHU", "DOI", "NGOAI"})


def stamped(text: str) -> bool:
    """Tell whether a page bears a stamp: MẬT, TỐI MẬT or TUYỆT MẬT in capitals on its own, or "Độ mật: Mật"."""
    plain = normalize("NFC", text)
    if _LEVEL.search(plain):
        return True
    return any(_alone(piece) in _STAMPS for piece in _GAP.split(plain) if "Ậ" in piece)


def named_secret(name: str) -> bool:
    """Tell whether a file's name says that it is classified, with Vietnamese marks or without."""
    words = _WORD.findall(normalize("NFC", name))
    small = [word.lower() for word in words]
    for place, word in enumerate(small):
        if word == "mật" and not (place and small[place - 1] in _SPEAKS):
            return True
    if not name.isascii():
        return False
    if _PLAIN_LEVEL.search(" ".join(small)):
        return True
    last = [word for word in words if word.lower() not in {"pdf", "docx"}]
    return bool(last) and last[-1] == "MAT" and not (len(last) > 1 and last[-2].upper() in _OTHER_WORDS)


def _alone(piece: str) -> str:
    """Return what stands between two gaps without ornament; a stamp may be set with its letters apart."""
    return "".join(piece.strip(_EDGE).split())
