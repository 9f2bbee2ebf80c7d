"""The cells' months as plain data: who came, what each talked about, what became of it. The same for the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from hatnhan.demo import cast
from hatnhan.demo.honours import exempted
from hatnhan.demo.minutes import Errand, Evening, Talk
from hatnhan.demo.places import CELLS, Place
from hatnhan.demo.rhythm import PROMPT, Sitting, cell_sittings, where_and_when
from hatnhan.demo.wording import HALF_A_YEAR, Deck, texts, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.demo.people import Person
    from hatnhan.demo.tale import Tale

#: In this cell one member stayed away three times running without a word; in the account's cell one did so twice.
_STAYS_AWAY = {"ben-da": 3, "dong-sen": 2}
_TALKS = {"village": (2, 3, 3), "school": (2, 2), "health": (1, 2)}
_SCORED = {"preparation": (7, 8, 8), "procedure": (4, 5, 5), "content": (17, 18, 19, 20), "chairing": (9, 9, 10),
           "principles": (5,), "closing": (2, 3, 3), "resolution": (27, 30)}  # fmt: skip
_EARLY, _LATE = 8, 19


def evenings(tale: Tale) -> list[Evening]:
    """Return all monthly meetings held in two years until yesterday, cell by cell, each in order."""
    spared = {id(person): start for person, start in exempted(tale)}
    return [evening for place in CELLS for evening in _Teller(tale, place, spared).tell()]


class _Teller:
    """Tells the months of one cell."""

    def __init__(self, tale: Tale, place: Place, spared: dict[int, date]) -> None:
        self.tale, self.place, self.spared = tale, place, spared
        self.rng = rng = Random(f"months {tale.seed} {place.code} {tale.today}")  # noqa: S311 - a story
        self.own: dict[str, Any] = texts(place.kind)
        self.common: dict[str, Any] = texts("common")
        # A matter may be left for a month before it is said.
        self.matters = Deck(rng, self.own["matters"], HALF_A_YEAR + timedelta(days=35))
        self.themes = Deck(rng, self.own["themes"], timedelta(days=500))
        kinds = ("orientation", "duties", "self_criticism", "directions", "decided", "weak")
        self.decks = {name: Deck(rng, self.common[name]) for name in kinds}
        self.offices = [office for office in tale.offices if office.unit == place.code]
        self.eager = {id(person): rng.choice((1, 1, 1, 2, 4, 6)) for person in tale.world.people}
        self.quarters: set[tuple[int, int]] = set()

    def tell(self) -> Iterator[Evening]:
        sittings = [one for one in cell_sittings(self.place, self.tale.today, self.tale.seed) if one.held]
        shy = self._shy()
        before: Evening | None = None
        for number, sitting in enumerate(sittings):
            after = sittings[number + 1].on if number + 1 < len(sittings) else None
            evening = self._evening(sitting)
            if shy and len(sittings) - number <= _STAYS_AWAY[self.place.code]:
                self._keep_away(evening, shy)
            self._talk(evening, before, last=after is None)
            self._conclude(evening, before)
            self._let_happen(evening, after)
            yield evening
            before = evening

    # --- who came ----------------------------------------------------------------------------------------------------
    def _expected(self, on: date) -> list[Person]:
        people = [
            p for p in self.tale.world.people if (stay := p.stay_on(on)) and stay.cell == self.place.code
        ]
        return [p for p in people if id(p) not in self.spared or self.spared[id(p)] > on]

    def _leaders(self, on: date) -> list[Person]:
        held = [o for o in self.offices if o.start <= on and (o.end is None or on < o.end)]
        order = {"secretary": 0, "deputy": 1, "committee_member": 2}
        return [office.person for office in sorted(held, key=lambda o: order[o.post])]

    def _shy(self) -> Person | None:
        """Return who stays away, in the cells where somebody does: young, without a post, there for long."""
        if self.place.code not in _STAYS_AWAY:
            return None
        year_ago = self.tale.today - timedelta(days=365)
        leaders = {id(person) for person in self._leaders(self.tale.today)}
        there = [p for p in self._expected(self.tale.today) if p.last.start < year_ago and not p.bound]
        young = [p for p in there if p.age(self.tale.today) < 50 and id(p) not in leaders and p.official_on]  # noqa: PLR2004
        return self.rng.choice(young) if young else None

    def _keep_away(self, evening: Evening, shy: Person) -> None:
        evening.away[id(shy)] = ("unexcused", "")
        evening.here = [person for person in evening.here if person is not shy]

    def _evening(self, sitting: Sitting) -> Evening:
        assert sitting.on  # noqa: S101 - only those held are told
        rng, on = self.rng, sitting.on
        expected, leaders = self._expected(on), self._leaders(on)
        chair = leaders[0]
        others = [p for p in expected if p is not chair and p.full_name != cast.MEMBER]
        share = rng.choice((0.89, 0.9, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97))
        away = self._away(others, round(len(expected) * (1 - share) + rng.uniform(-0.3, 0.3)))
        here = [person for person in expected if id(person) not in away]
        table = [p for p in (*leaders[1:], *here) if p is not chair and id(p) not in away]
        theme = self._theme(on)
        least = 120 if theme else 90
        _where, begins = where_and_when(self.place)
        return Evening(
            place=self.place, sitting=sitting, begins=begins, late=rng.choice((0, 0, 0, 5, 5, 10, 15)),
            lasts=least + rng.choice((-5, 0, 2, 5, 8, 10, 15, 20, 25)), chair=chair, recorder=table[0], here=here,
            away=away, theme=theme, talks=[], steps={}, results="", directions="",
            given={key: rng.choice(points) for key, points in _SCORED.items()},
            lowered=rng.choice((0, 0, 0, 0, 0, 1, 1, 2, 3)),
            decided_note=self._card("decided", on), weak=self._card("weak", on),
        )  # fmt: skip

    def _away(self, people: list[Person], count: int) -> dict[int, tuple[str, str]]:
        away: dict[int, tuple[str, str]] = {}
        pool = list(people)
        for _one in range(min(count, len(pool) - 2)):
            person = self.rng.choices(pool, [self.eager[id(p)] for p in pool])[0]
            pool = [p for p in pool if p is not person]
            silent = self.rng.random() < 0.07  # noqa: PLR2004 - most say why
            away[id(person)] = (
                ("unexcused", "") if silent else ("excused", self.rng.choice(self.common["excuses"]))
            )
        return away

    def _theme(self, on: date) -> str:
        """Return the quarter's theme: in its second month, else in its third; a quarter goes without now and then."""
        quarter = (on.year, (on.month - 1) // 3)
        if quarter in self.quarters or on.month % 3 == 1 or self.rng.random() < 0.2:  # noqa: PLR2004
            return ""
        self.quarters.add(quarter)
        return str(self.themes.deal(on))

    # --- what was said -----------------------------------------------------------------------------------------------
    def _card(self, name: str, on: date) -> str:
        return str(self.decks[name].deal(on))

    def _talk(self, evening: Evening, before: Evening | None, *, last: bool) -> None:
        left = [talk for talk in before.talks if talk.carried] if before else []
        speakers = self._speakers(evening)
        for talk in left:
            again = Talk(talk.title, talk.opener, again=True)
            evening.talks.append(again)
            self._say(evening, again, talk, speakers)
        for _one in range(self.rng.choice(_TALKS[self.place.kind])):
            evening.talks.append(self._new(evening, speakers))
        wanted = last and self.place.code == PROMPT
        if wanted or (not left and not last and self.rng.random() < 0.06):  # noqa: PLR2004 - seldom
            talk = self._new(evening, speakers)
            talk.carried, talk.says = True, []
            talk.kept, talk.conclusion, talk.errands = (talk.conclusion, talk.errands), "", []
            evening.talks.append(talk)

    def _new(self, evening: Evening, speakers: list[Person]) -> Talk:
        month = evening.on.month
        matter = self.matters.deal(evening.on, lambda card: month in card.get("in", range(1, 13)))
        filled = values(self.rng)
        talk = Talk(matter["title"].format_map(filled), speakers[0])
        speakers.append(speakers.pop(0))
        talk.says = []
        for line in matter["says"]:
            talk.says.append((speakers[0], line.format_map(filled)))
            speakers.append(speakers.pop(0))
        talk.conclusion = matter["end"].format_map(filled)
        workers = [p for p in evening.here if p.official_on and p.age(evening.on) < 64]  # noqa: PLR2004
        for title, days in matter["do"]:
            day = evening.on + timedelta(days=_EARLY + self.rng.randint(1, 4))
            if days > _EARLY + 4:
                day = evening.on + timedelta(days=_LATE + self.rng.randint(1, 6))
            talk.errands.append(Errand(title.format_map(filled), self.rng.choice(workers), day))
        return talk

    def _say(self, evening: Evening, again: Talk, talk: Talk, speakers: list[Person]) -> None:
        again.conclusion, again.errands = talk.kept
        shift = evening.on - min((errand.due for errand in again.errands), default=evening.on)
        for errand in again.errands:
            errand.due += shift + timedelta(days=_LATE + 3)
            errand.who = errand.who if errand.who in evening.here else evening.chair
        again.says = [
            (speakers[0], f"Việc “{again.title}” để từ tháng trước, đề nghị chốt người làm hôm nay.")
        ]
        speakers.append(speakers.pop(0))

    def _speakers(self, evening: Evening) -> list[Person]:
        pool = [p for p in evening.here if p.age(evening.on) < 76 and p is not evening.chair]  # noqa: PLR2004
        return self.rng.sample(pool, len(pool))

    # --- how it ended ------------------------------------------------------------------------------------------------
    def _conclude(self, evening: Evening, before: Evening | None) -> None:
        on, rng = evening.on, self.rng
        month = f"{on.month}/{on.year}"
        given = before.errands if before else []
        done = sum(e.fate == "done" and e.settled is not None and e.settled < on for e in given)
        members = rng.randint(6, 11)
        duties = self._card("duties", on).format(tong=members, xong=members - rng.choice((0, 1, 1, 2)))
        closing = self.common["closing"][0].format(thang=month, viec=len(evening.errands))
        last, this = self.own["season"][on.month - 2], self.own["season"][on.month - 1]
        evening.steps = {
            1: f"Chi bộ nhất trí báo cáo tháng {month}; {done}/{len(given)} việc giao tháng trước đã xong."
            if given else f"Chi bộ nhất trí báo cáo tháng {month}.",
            2: duties, 3: self._card("orientation", on),
            4: f"Đã bàn {len(evening.talks)} việc của tháng {month}, ghi ở từng mục.",
            5: self._card("self_criticism", on), 6: closing,
        }  # fmt: skip
        part = f"Xong {done}/{len(given)} việc giao tháng trước. " if given else ""
        evening.results = f"{part}Đã tập trung: {last} (tính đến {on.day}/{month})."
        evening.directions = self._card("directions", on).format(viec=this)

    def _let_happen(self, evening: Evening, after: date | None) -> None:
        """Let tasks be done in time for the most part; the late ones by the next meeting, if there was one."""
        rng, common = self.rng, self.common
        waits = evening.errands[-1:] if after is None and self.place.code == PROMPT else []
        for errand in waits:
            # So that the member who signs in has something to do.
            errand.who = next((p for p in evening.here if p.full_name == cast.MEMBER), errand.who)
        for errand in evening.errands[: len(evening.errands) - len(waits)]:
            early = errand.due <= evening.on + timedelta(days=_EARLY + 4)
            day = evening.on + timedelta(days=_EARLY if early else _LATE)
            draw = rng.random()
            if draw < 0.86:  # noqa: PLR2004 - most are done in time
                fate, note = "done", rng.choice(common["outcomes"])
            elif draw < 0.88 and after:  # noqa: PLR2004 - seldom given up
                fate, note, day = "withdrawn", "Cấp trên đã giao đơn vị khác làm", after
            else:
                fate, note = "done", f"{rng.choice(common['late'])}; nay đã xong"
                day = (
                    after if after and after > errand.due else errand.due + timedelta(days=rng.randint(3, 40))
                )
            recent = (self.tale.today - evening.on).days < 80 and day > errand.due  # noqa: PLR2004
            if day < self.tale.today and not (recent and rng.random() < 0.5):  # noqa: PLR2004 - some are late today
                errand.fate, errand.settled, errand.note = fate, day, note  # type: ignore[assignment]
