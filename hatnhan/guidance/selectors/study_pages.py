"""What the pages of study show: one's own, sessions with their lists, who has studied by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Document, DocumentText, Excuse, Reading, RollOut, Session, SessionPlace
from hatnhan.guidance.selectors import quiz, study, study_days
from hatnhan.meetings.selectors.thumb_list import Choice, Row, Summary, row
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Exemption, Member, Membership, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors.units import lines_below

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User
    from hatnhan.guidance.models import Attempt
    from hatnhan.meetings.selectors.thumb_list import Typed
    from hatnhan.organization.selectors.units import UnitLine

_Mark = SessionPlace.Mark
_MOST_DONE = 30
_MOST_OFFERED = 30


@dataclass(frozen=True, slots=True)
class Owed:
    """A document still to study; ``last_day`` (inclusive) where its roll-out names one."""

    document: Document
    last_day: date | None
    late: bool
    quiz: bool


@dataclass(slots=True)
class Done:
    """A document studied: the newest version read, the session attended, the best try at its quiz."""

    document: Document
    reading: Reading | None = None
    session: Session | None = None
    best: Attempt | None = None
    quiz: bool = False

    @property
    def newer(self) -> bool:
        """Whether the text has changed since it was read."""
        return self.reading is not None and self.reading.version < self.document.version


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own study."""

    owed: list[Owed]
    coming: list[SessionPlace]
    done: list[Done]


@dataclass(frozen=True, slots=True)
class CellLine:
    """How many of a cell's members have studied a document."""

    cell: UnitLine
    studied: int
    due: int

    @property
    def left(self) -> int:
        """How many have not."""
        return self.due - self.studied


def text_of(document: Document) -> str:
    """Return the text of a document, "" where none is known."""
    return DocumentText.objects.filter(document=document).values_list("text", flat=True).first() or ""


def session_for(user: User, pk: int) -> Session:
    """Return a session with its unit and document. Raises Missing unless the person may see it."""
    rows = Session.objects.visible_to(user).select_related("unit", "document")
    found: Session | None = rows.filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def cell_for(user: User, code: str) -> Unit:
    """Return a unit whose members the person enters study for. Raises Missing."""
    units = Unit.objects.visible_to(user).filter(pk__in=acts_for(user))
    found: Unit | None = units.filter(code=code).first()
    if found is None:
        raise Missing(_("Chọn một chi bộ do đồng chí phụ trách."))
    return found


def acts_for(user: User) -> frozenset[int]:
    """Return the ids of the units whose lists of those who have not studied the person acts on."""
    powers = powers_of(user)
    return powers.units_kept | powers.cells_led


# --- one's own --------------------------------------------------------------------------------------------------------
def mine(user: User, on: date) -> Mine | None:
    """Return one's own study as of a day, None for an account that is no member's. Nine queries at most."""
    member_id = powers_of(user).member_id
    member = Member.objects.filter(pk=member_id).first() if member_id else None
    if member is None:
        return None
    owed = list(study.owed_by(member, on))
    done = _done(member, on)
    quizzed = quiz.with_questions([one.pk for one in owed] + list(done))
    for attempt in quiz.own_attempts(user, list(done)):
        line = done[attempt.document_id]
        line.best = quiz.best_of([one for one in (line.best, attempt) if one])
    for key, line in done.items():
        line.quiz = key in quizzed
    days = study_days.last_days([one.pk for one in owed], study_days.cells_of(member.pk, on), on)
    lines = [
        Owed(one, days.get(one.pk), late=one.pk in days and days[one.pk] < on, quiz=one.pk in quizzed)
        for one in owed
    ]
    return Mine(lines, _coming(member, on), list(done.values()))


def own_reading(user: User, document: Document) -> Reading | None:
    """Return the newest version that the person acknowledged."""
    rows = Reading.objects.filter(document=document, member_id=powers_of(user).member_id or 0)
    found: Reading | None = rows.order_by("-version").first()
    return found


def _coming(member: Member, on: date) -> list[SessionPlace]:
    rows = SessionPlace.objects.filter(member=member, mark=_Mark.UNMARKED)
    still = Q(session__until__gte=on) | Q(session__until=None, session__starts_at__gte=study.end_of(on))
    today = Q(session__until=None, session__starts_at__date=on)
    found = rows.filter(still | today).exclude(session__state=Session.State.CANCELLED)
    return list(found.select_related("session__document", "session__unit").order_by("session__starts_at"))


def _done(member: Member, on: date) -> dict[int, Done]:
    """Return what was studied by a day, the last first, by document."""
    found: dict[int, Done] = {}
    read = Reading.objects.filter(member=member, read_on__lte=on).select_related("document")
    for reading in read.order_by("-read_on", "-version", "-pk")[:_MOST_DONE]:
        line = found.setdefault(reading.document_id, Done(reading.document))
        if line.reading is None or line.reading.version < reading.version:
            line.reading = reading
    places = SessionPlace.objects.filter(study.present(on), member=member)
    for place in places.select_related("session__document").order_by("-session__starts_at")[:_MOST_DONE]:
        line = found.setdefault(place.session.document_id, Done(place.session.document))
        line.session = line.session or place.session
    return found


# --- sessions ---------------------------------------------------------------------------------------------------------
def sessions_below(user: User, unit: Unit, on: date, state: str = "") -> QuerySet[Session]:
    """Return the sessions of a unit and those under it that the person leads or reads, the last first, counted."""
    led = powers_of(user).units_led
    rows = Session.objects.filter(unit__in=led).filter(unit__in=Unit.objects.under(unit.pk, on).values("pk"))
    if state:
        rows = rows.filter(state=state)
    counted = rows.annotate(
        listed=Count("places"), present=Count("places", filter=Q(places__mark=_Mark.PRESENT))
    )
    return counted.select_related("unit", "document").order_by("-starts_at", "-pk")


def offered(unit: Unit, on: date, besides: Document | None = None) -> list[Document]:
    """Return the documents to choose from for a session: those under way in the unit's line, then the newest."""
    line = unit.lineage(on)
    running = RollOut.objects.running().filter(unit__in=line).values("document")
    rows = Document.objects.filter(unit__in=line)
    found = [*rows.filter(pk__in=running), *rows[:_MOST_OFFERED]]
    return list(dict.fromkeys(([besides] if besides else []) + found))


def choices(session: Session) -> tuple[Choice, ...]:
    """Return the marks of a session to choose from."""
    alone = session.mode == Session.Mode.SELF
    away, then = (_("Miễn"), _("có lý do")) if alone else (_("Vắng"), _("vẫn phải học bù"))
    return (
        Choice(_Mark.PRESENT, "y", "check", _("Đã học"), ""),
        Choice(_Mark.EXCUSED, "e", "notes", away, then),
        Choice(_Mark.ABSENT, "n", "x", _("Chưa học"), ""),
    )


def places_of(user: User, session: Session, on: date) -> list[SessionPlace]:
    """Return the lines of a list that the person may mark: all, or those of the cells led; in the order of names."""
    rows = SessionPlace.objects.filter(session=session).select_related("member")
    if not permissions.leads(user, session.unit_id):
        theirs = Membership.objects.on(on).filter(unit__in=permissions.cells_led(user)).values("member")
        rows = rows.filter(member__in=theirs)
    return list(rows.order_by("member__sort_key", "member__pk"))


def rows_of(session: Session, places: Sequence[SessionPlace], typed: Typed) -> list[Row]:
    """Return the lines for marking; ``typed`` holds those that could not be written."""
    offered = choices(session)
    return [row(one, offered, typed, why=_("Lý do của %(name)s")) for one in places]


def own_place(user: User, session: Session) -> SessionPlace | None:
    """Return the person's own line, None for one who is not on the list."""
    found: SessionPlace | None = SessionPlace.objects.filter(
        session=session, member_id=powers_of(user).member_id or 0
    ).first()
    return found


def summary(places: Sequence[SessionPlace]) -> Summary:
    """Return the count of the lines given, in words."""
    count = dict.fromkeys(_Mark.values, 0)
    for one in places:
        count[one.mark] += 1
    present, unmarked = count[_Mark.PRESENT], count[_Mark.UNMARKED]
    head = _("%(present)d/%(all)d đã học") % {"present": present, "all": len(places)}
    parts = [
        (count[_Mark.EXCUSED], _("%(count)d có lý do")),
        (count[_Mark.ABSENT], _("%(count)d chưa học")),
        (unmarked, _("%(count)d chưa ghi")),
    ]
    rest = " · ".join(words % {"count": number} for number, words in parts if number)
    note = _("Đã ghi đủ danh sách.") if not unmarked else _("Còn %(count)d đồng chí chưa ghi.")
    return Summary(head, rest, note % {"count": unmarked} if unmarked else note, not unmarked, unmarked)


# --- who has studied --------------------------------------------------------------------------------------------------
def by_cell(user: User, document: Document, unit: Unit, on: date) -> list[CellLine]:
    """Return the cells under a unit that the person leads or reads, with what is due and done. Three queries."""
    counted = study.counts([document], [unit], on)
    led = powers_of(user).units_led
    lines = lines_below(unit.pk, on, {cell for _document, cell in counted} & led)
    return [CellLine(one, *counted[document.pk, one.pk]) for one in lines]


def behind(user: User, document: Document, unit: Unit, on: date) -> QuerySet[Member]:
    """Return who has not studied, in the order of names, of the units under ``unit`` that the person acts for."""
    return _mine_to_act(user, study.not_studied(document, unit, on), on)


def excused(user: User, document: Document, unit: Unit, on: date) -> list[Excuse]:
    """Return who is excused from studying, with the reason, of the units that the person acts for."""
    members = _mine_to_act(user, study.excused(document, unit, on), on)
    rows = Excuse.objects.on(on).filter(place__session__document=document, place__member__in=members)
    found = {one.member: one for one in rows.select_related("place__member").order_by("-pk")}
    return sorted(found.values(), key=lambda one: (one.member.sort_key, one.member.pk))


def with_cells(members: Sequence[Member], on: date) -> list[tuple[Member, Unit | None]]:
    """Return each with the cell of a day. One query."""
    rows = Membership.objects.on(on).filter(member__in=members, kind=Membership.Kind.OFFICIAL)
    where = {one.member_id: one.unit for one in rows.select_related("unit")}
    return [(one, where.get(one.pk)) for one in members]


def _mine_to_act(user: User, members: QuerySet[Member], on: date) -> QuerySet[Member]:
    inside = Membership.objects.on(on).filter(kind=Membership.Kind.OFFICIAL, unit__in=acts_for(user))
    return members.filter(pk__in=inside.values("member"))


def not_read(document: Document, unit: Unit, on: date) -> list[Member]:
    """Return the members of a cell who have not acknowledged the document as it stands, in the order of names."""
    known = Reading.objects.filter(document=document, version=document.version).values("member")
    return list(Member.objects.of(unit.pk, on).exclude(pk__in=known).order_by("sort_key", "pk"))


def not_listed(session: Session) -> list[Member]:
    """Return the members of the unit's tree on the day of a session who are not on its list and not exempt."""
    on = day_of(session.starts_at)
    rows = Member.objects.of(session.unit_id, on)
    exempt = Exemption.objects.on(on).values("member")
    listed = session.places.values("member")
    return list(rows.exclude(Q(pk__in=exempt) | Q(pk__in=listed)).order_by("sort_key", "pk"))
