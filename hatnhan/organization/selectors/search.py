"""Finding people by what was typed: a given name, any words of a name, a card number.

All ranking happens in the database, by stored keys, so that lists can be paged and both databases agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Q, Value, When

from hatnhan.core.vietnamese import fold, marked, next_prefix, sort_key, tidy_name

if TYPE_CHECKING:
    from collections.abc import Iterable

# Older placing of the tone mark (hóa, khỏe, thúy), which names may be written in, beside the newer (hoá, khoẻ, thuý).
_OLDER = dict(
    zip(
        "oà oả oã oá oạ oè oẻ oẽ oé oẹ uỳ uỷ uỹ uý uỵ".split(),
        "òa ỏa õa óa ọa òe ỏe õe óe ọe ùy ủy ũy úy ụy".split(),
        strict=True,
    )
)


class How(StrEnum):
    """What a text was taken for."""

    CARD = "card"
    GIVEN = "given"
    ANY = "any"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Search:
    """A typed text, understood: which rows match and which come first (the lower the rank)."""

    how: How
    matches: Q
    rank: Case | None = None


def understand(text: str, *, whole: bool = False, prefix: str = "") -> Search | None:
    """Return what to look for, or None where nothing was typed.

    One word is a given name, or any word of the name when ``whole``; several words stand one after another in the
    name; digits are a card number. What was typed with its marks ranks exact matches first. ``prefix`` leads to the
    member, such as "member__".
    """
    words = fold(text)
    if not words:
        return None
    digits = words.replace(" ", "")
    if digits.isdigit():
        return Search(How.CARD, Q(**{f"{prefix}card_number__contains": digits}))
    if " " in words:
        return Search(How.PHRASE, _in_name(words, prefix), _phrase_rank(text, words, prefix))
    if whole:
        return Search(How.ANY, _in_name(words, prefix), _phrase_rank(text, words, prefix))
    return Search(How.GIVEN, _between(f"{prefix}given_key", words), _given_rank(text, words, prefix))


def _between(name: str, start: str) -> Q:
    """Return the condition that a key begins with ``start``, in a form that an index answers."""
    after = next_prefix(start)
    condition = Q(**{f"{name}__gte": start})
    return condition & Q(**{f"{name}__lt": after}) if after else condition


def _in_name(words: str, prefix: str) -> Q:
    """Return the condition that the words stand one after another; the last may be the beginning of one."""
    return Q(**{f"{prefix}search_key__startswith": words}) | Q(
        **{f"{prefix}search_key__contains": f" {words}"}
    )


def _given_rank(text: str, word: str, prefix: str) -> Case:
    """Rank the very name with its marks first, then the same letters without marks, then longer names."""
    as_typed = sort_key(text).removesuffix(
        "0000"
    )  # the key of a lone given name, without its empty other parts
    return _rank([_between(f"{prefix}sort_key", as_typed), Q(**{f"{prefix}given_key": word})])


def _phrase_rank(text: str, words: str, prefix: str) -> Case:
    """Rank names that hold the words with these marks first, then those that end with the words."""
    exact = Q()
    for spelling in _spellings(text):
        exact |= _whole_words(f"{prefix}full_name", spelling)
    ends = Q(**{f"{prefix}search_key": words}) | Q(**{f"{prefix}search_key__endswith": f" {words}"})
    return _rank([exact & ends, exact, ends])


def _whole_words(name: str, spelling: str) -> Q:
    return (
        Q(**{name: spelling})
        | Q(**{f"{name}__contains": f" {spelling} "})
        | Q(**{f"{name}__startswith": f"{spelling} "})
        | Q(**{f"{name}__endswith": f" {spelling}"})
    )


def _spellings(text: str) -> set[str]:
    """Return the ways in which a name typed like this may be stored: as typed, in proper capitals, in both placings."""
    newer = marked(text)
    older = newer
    for now, before in _OLDER.items():
        older = older.replace(now, before)
    return {" ".join(text.split()), tidy_name(newer), tidy_name(older)}


def _rank(conditions: Iterable[Q]) -> Case:
    whens: list[Any] = [When(condition, then=Value(place)) for place, condition in enumerate(conditions)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())
