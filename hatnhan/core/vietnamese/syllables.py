"""The shape of a Vietnamese syllable: onset, rhyme and at most one tone."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

_ONSETS = sorted(
    "ngh ng nh gh gi kh ch ph th tr qu b c d đ g h k l m n p r s t v x".split(), key=len, reverse=True
)
_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uê uêch uên uênh uêu uân uâng uât uây uơ uy uya uych uynh uyt uyu uyên uyêt uyn
    uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y ynh yt yêm yên yêng yêt yêu
    """.split()
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t")
_STOPPED_TONES = frozenset("\u0301\u0323")


@lru_cache(maxsize=16384)
def is_marked_syllable(word: str) -> bool:
    """Tell whether the word is a Vietnamese syllable that bears a mark or has đ; case does not matter."""
    if word.isascii():
        return False
    signs = normalize("NFD", word.lower())
    tones = [sign for sign in signs if sign in _TONES]
    letters = normalize("NFC", "".join(sign for sign in signs if sign not in _TONES))
    if len(tones) > 1 or not _has_shape(letters):
        return False
    # A syllable stopped by c, ch, p or t takes the tones sắc and nặng only.
    return not (tones and letters.endswith(_STOPPED)) or tones[0] in _STOPPED_TONES


def _has_shape(letters: str) -> bool:
    if letters in _RHYMES:
        return True
    return any(letters.startswith(onset) and letters[len(onset) :] in _RHYMES for onset in _ONSETS)
