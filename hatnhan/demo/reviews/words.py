"""The words of self-reviews: of members by what they do, of collectives and organisations. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

from hatnhan.demo.guidance.pledges import Round
from hatnhan.demo.reviews.points import points_for
from hatnhan.demo.wording import texts, values
from hatnhan.reviews.review_parts import CriticismData, FaultData, ReviewData, WorkData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.assignments.models import Task
    from hatnhan.demo.reviews.aims import Aim
    from hatnhan.rulebook.topics.reviews import Criterion, FormField

_ELDER = 66
_JOINED = ("politics", "ethics", "discipline", "commitment")
_CRITICAL, _FAULTY, _SHARES, _OVER = 0.16, 0.4, 0.3, 0.3
_TRIES = 12
_LEVEL = {"xs": (4, 4, 3), "t": (3, 3, 4), "ht": (2, 3, 2), "kht": (1, 2, 2)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form that is filled in: its fields, the criteria, whether they are scored to 100."""

    fields: Sequence[FormField]
    criteria: Sequence[Criterion]
    scored: bool


@dataclass(frozen=True, slots=True)
class Who:
    """Who writes: the pool of words ("village", "elder", "office" …), what they lead ("", "cell", "committee")."""

    kind: str
    pool: str
    leads: str = ""


def pool_of(kind: str, occupation: str, age: int) -> str:
    """Return whose words a member speaks in."""
    if occupation == "Cán bộ xã":
        return "office"
    return "elder" if kind == "village" and age >= _ELDER else kind


class Writer:
    """Writes the reviews of one cell in one year; neighbours do not get the same words."""

    def __init__(self, code: str, year: int, seed: int) -> None:
        self.year, self.rng = year, Random(f"reviews {seed} {code} {year}")  # noqa: S311 - a story, not a secret
        self.words = texts("reviews")
        self._rounds: dict[int, Round] = {}
        pools = self.words["work"]
        #: Kept, since rounds are known by the list that they go through.
        self._work_of_leaders = {key: cards + pools["leader"] for key, cards in pools.items()}

    # --- a member ----------------------------------------------------------------------------------------------------
    def member(
        self, who: Who, aim: Aim, sheet: Sheet, tasks: Sequence[Task] = (), *, graded: bool = True
    ) -> ReviewData:
        """Return the whole review of a member; ``tasks`` are of the record, done in time."""
        lack = self._lack(who, aim)
        told = {
            **self._own(who),
            "limits": lack["limit"],
            "causes": lack["cause"],
            "measures": lack["measure"],
        }
        if aim.final == "kht":
            told |= self.words["failed_words"]
        told["tasks"] = told["duties"]
        if self.rng.random() < _SHARES:
            told["collective"] = self._next(self.words["collective"])
        faults = self._faults(aim)
        if faults:
            told["earlier"] = self._next(self.words["earlier"])
        work = self._work(who, aim, sheet, tasks)
        data = self._data(told, sheet, aim, work, faults)
        return data if graded else replace(data, criticisms=[], points={}, grade="")

    def _own(self, who: Who) -> dict[str, str]:
        words = self.words
        pool = who.kind if who.pool in {"elder", "office"} else who.pool
        told = {key: f"{self._next(words[key]['what'])}{self._next(words[key]['how'])}" for key in _JOINED}
        told["party_work"] = self._next(words["party_work"][pool])
        told["duties"] = f"{self._next(words['duties'][who.pool])} {self._next(words['duties'][who.pool])}"
        if who.leads:
            pool = "committee" if who.leads == "committee" else who.kind
            told["leading"] = f"{self._next(words['leading'][pool])} {self._next(words['leading'][pool])}"
        return told

    def _lack(self, who: Who, aim: Aim) -> dict[str, str]:
        if aim.final == "kht":
            return dict(self._next(self.words["failed"]))
        pool = "leader" if who.leads == "cell" else who.pool
        return dict(self._next(self.words["limits"][pool]))

    # --- a collective, an organisation -------------------------------------------------------------------------------
    def group(self, kind: str, aim: Aim, sheet: Sheet, *, prompted: bool = False) -> ReviewData:
        """Return the whole review of a collective or an organisation; ``kind`` is the cell's, or "committee"."""
        words = self.words["group"]
        lack = self._next(words["limits"])
        told = {key: self._next(words[key]) for key in ("principles", "building", "leading", "shares")}
        told |= {"targets": self._next(words["targets"][kind]), "earlier": self._next(words["earlier"])}
        told |= {"limits": lack["limit"], "causes": lack["cause"], "measures": lack["measure"]}
        if prompted:
            told["prompted"] = self.words["prompted"]
        said = ["exceeded", "exceeded", "on_time", "on_time", "late" if aim.opens == "ht" else "on_time"]
        work = self._lines(self.words["work"]["collective"], said) if sheet.scored else []
        return self._data(told, sheet, aim, work, [])

    # --- parts -------------------------------------------------------------------------------------------------------
    def _data(
        self, told: dict[str, str], sheet: Sheet, aim: Aim, work: list[WorkData], faults: list[FaultData]
    ) -> ReviewData:
        filled = self._filled()
        answers = {one.key: told[one.key].format_map(filled) for one in sheet.fields if one.key in told}
        rated = [one.key for one in sheet.fields if one.rated == "yes" and one.key in answers]
        own = aim.opens if aim.own in {aim.final, aim.cell} else aim.own
        best = aim.turn == "override"
        return ReviewData(
            answers={key: _ended(text) for key, text in answers.items()},
            ratings={key: self.rng.choice(_LEVEL[aim.own or "t"]) for key in rated},
            work=work,
            faults=faults,
            criticisms=self._criticisms(aim),
            points=points_for(sheet.criteria, own, self.rng, scored=sheet.scored, best=best),
            grade=aim.own,
        )

    def _work(self, who: Who, aim: Aim, sheet: Sheet, tasks: Sequence[Task]) -> list[WorkData]:
        if not sheet.scored:
            return []
        cards = (self._work_of_leaders if who.leads == "cell" else self.words["work"])[who.pool]
        number = 3 if aim.final == "kht" else 5 if aim.opens in {"ht", ""} else self.rng.choice((3, 4, 5))
        laid = [WorkData(one.title, one.outcome[:200], "on_time", one) for one in tasks]
        laid = [] if aim.final == "kht" else laid
        number = max(number - len(laid), 1 if aim.opens == "t" else 3)
        return self._lines(cards, self._outcomes(aim, number, len(laid))) + laid

    def _lines(self, cards: list[list[str]], said: Sequence[str]) -> list[WorkData]:
        """Return lines of work with these outcomes, no two with the same title where there are enough."""
        found: dict[str, WorkData] = {}
        for outcome in said:
            filled = self._filled()
            for _try in range(_TRIES):
                title, product = self._next(cards)
                title = title.format_map(filled)
                if title not in found:
                    break
            product = self.words["not_done"] if outcome == "not_done" else product.format_map(filled)
            found[title] = WorkData(title, product, outcome)
        return list(found.values())

    def _outcomes(self, aim: Aim, number: int, more: int) -> list[str]:
        if aim.final == "kht":
            return ["not_done", "not_done", "late"][:number]
        late = aim.opens == "ht" or aim.turn == "no_row"
        exceeded = 0
        if aim.opens == "xs":
            exceeded = -(-(number + more) * 3 // 10) or 1
        elif aim.turn == "override" or (aim.opens == "t" and self.rng.random() < _OVER):
            exceeded = 1
        exceeded = min(exceeded, number - late)
        return ["exceeded"] * exceeded + ["late"] * late + ["on_time"] * (number - exceeded - late)

    def _faults(self, aim: Aim) -> list[FaultData]:
        if self.rng.random() >= _FAULTY:
            return []
        one = self._next(self.words["faults"])
        said = "doing" if aim.final != "xs" and self.rng.random() < 0.2 else "fixed"  # noqa: PLR2004
        noted = f"Bản kiểm điểm năm {self.year - 1}"
        return [FaultData(noted, one["text"], said, one["how"].format_map(self._filled()))]

    def _criticisms(self, aim: Aim) -> list[CriticismData]:
        if self.rng.random() >= _CRITICAL or aim.final == "kht":
            return []
        one = self._next(self.words["criticism"])
        return [CriticismData(one["text"], one["remedy"], self.rng.choice(self.words["mended"]))]

    def _filled(self) -> dict[str, object]:
        rng = self.rng
        return values(rng) | {
            "nam": self.year, "truoc": self.year - 1, "buoi": rng.randint(9, 12), "vang": rng.randint(6, 9),
            "tong": rng.randint(5, 7),
        }  # fmt: skip

    def _next(self, cards: Sequence[Any]) -> Any:  # noqa: ANN401 - whatever the cards are
        if id(cards) not in self._rounds:
            self._rounds[id(cards)] = Round(self.rng, cards)
        return self._rounds[id(cards)].next()


def _ended(text: str) -> str:
    """Return a text with a full stop and a capital at its beginning."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith(".") else f"{text}."
