"""Reading regular supervision: assignments, the notes in them, the notes on oneself, whom to choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.audit.models import Entry
from hatnhan.core import clock
from hatnhan.core.errors import Missing
from hatnhan.organization.models import Member, Unit
from hatnhan.organization.powers import powers_of
from hatnhan.organization.selectors import deeds
from hatnhan.oversight import permissions
from hatnhan.oversight.models import Note, Programme, ProgrammeItem, Watch
from hatnhan.oversight.selectors import choosing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from hatnhan.accounts.models import User

    Group = tuple[str, list[tuple[str, str]]]

PARTS = {
    "dang": gettext_lazy("Đang giám sát"),
    "cho": gettext_lazy("Hết thời gian, chờ kết thúc"),
    "xong": gettext_lazy("Đã kết thúc"),
}
NOTE_KINDS = Note.Kind.choices
_READERS_SHOWN = 50
_UNIT, _MEMBER = "u", "m"


# --- assignments -----------------------------------------------------------------------------------------------------
def watches_for(user: User) -> QuerySet[Watch]:
    """Return the assignments that a person may know of; none of one's declared close kin, but as the one followed."""
    powers = powers_of(user)
    rows = permissions.watches_for(user)
    if powers.member_id is not None and (kin := permissions.kin_of(powers.member_id)):
        rows = rows.exclude(of_member_id__in=kin)
    return rows.select_related("unit", "observer", "of_unit", "of_member", "item")


def watch_for(user: User, pk: int) -> Watch:
    """Return an assignment that a person may know of. Raises Missing."""
    found = watches_for(user).filter(pk=pk).first()
    if found is None:
        raise Missing
    return found


def listed(user: User, unit: Unit, on: date, part: str = "") -> QuerySet[Watch]:
    """Return the assignments of a unit, of those below it, and the person's own, with how many notes hold."""
    under = Unit.objects.under(unit.pk, on).values("pk")
    near = Q(unit__in=under)
    if member_id := powers_of(user).member_id:
        near |= Q(observer_id=member_id) | Q(of_member_id=member_id)
        near |= Q(of_unit__in=permissions.headed_by(powers_of(user)))
    rows = watches_for(user).filter(near)
    concluded = Q(concluded_on__lte=on)
    condition = {
        "dang": ~concluded & Q(start__lte=on, end__gt=on),
        "cho": ~concluded & Q(end__lte=on),
        "xong": concluded,
    }.get(part)
    if condition is not None:
        rows = rows.filter(condition)
    standing = Note.objects.standing(on).filter(on__lte=on).values("pk")
    return rows.annotate(note_count=Count("notes", filter=Q(notes__in=standing))).order_by("-start", "pk")


# --- notes -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as a page shows it. ``expired``: it holds no longer; only the one it is about still sees it."""

    note: Note
    topic: str
    expired: bool
    answers: bool
    confirms: bool
    #: The person may type the answer of the observed from paper, or mend what was typed.
    types: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody has answered or confirmed it, and it still holds."""
        return not self.expired and self.note.answered_on is None and self.note.confirmed_on is None


def notes_of(user: User, watch: Watch, on: date, *, confirms: bool, types: bool = False) -> list[NoteRow]:
    """Return the notes of an assignment that hold on a day, latest first; for the observed, the expired ones too.

    ``confirms``: the person may confirm them; ``types``: the observed has no account and the person types for them.
    """
    observed = permissions.is_observed(user, watch)
    rows = watch.notes.all() if observed else Note.objects.standing(on).filter(watch=watch)
    found = rows.filter(on__lte=on).select_related("watch")
    return _rows(found, watch.unit, on, own=observed, confirms=confirms, types=types)


def about_me(user: User) -> QuerySet[Note]:
    """Return all notes on a person, and on the units the person heads, expired ones included, latest first."""
    powers = powers_of(user)
    mine = Q(watch__of_member_id=powers.member_id) if powers.member_id else Q(pk__in=())
    rows: QuerySet[Note] = Note.objects.filter(mine | Q(watch__of_unit__in=permissions.headed_by(powers)))
    return rows.select_related("watch__observer", "watch__of_unit", "watch__unit")


def my_rows(notes: Iterable[Note], unit: Unit, on: date) -> list[NoteRow]:
    """Return notes on a person as the person's own page shows them."""
    return _rows(notes, unit, on, own=True, confirms=False)


def readers_of(user: User) -> list[Entry]:
    """Return who opened the notes on a person in person, latest first."""
    member_id = powers_of(user).member_id
    if member_id is None:
        return []
    rows = Entry.objects.filter(subject_id=member_id, action=permissions.Action.READ_NOTES)
    return list(rows.order_by("-pk")[:_READERS_SHOWN])


def note_for(user: User, pk: int) -> Note:
    """Return a note that a person may see: on oneself any, on others one that holds. Raises Missing."""
    rows = Note.objects.select_related("watch__unit", "watch__observer", "watch__of_unit", "watch__of_member")
    found: Note | None = rows.filter(pk=pk, watch__in=watches_for(user).values("pk")).first()
    if found is None:
        raise Missing
    held = Note.objects.standing(clock.today()).filter(pk=pk)
    if not permissions.is_observed(user, found.watch) and not held.exists():
        raise Missing
    return found


def _rows(
    notes: Iterable[Note], unit: Unit, on: date, *, own: bool, confirms: bool, types: bool = False
) -> list[NoteRow]:
    words = choosing.topic_words(unit, on)
    made = []
    for one in notes:
        answered = one.answered_on is not None and one.answered_on <= on
        confirmed = one.confirmed_on is not None and one.confirmed_on <= on
        expired = one.expires_on <= on and not answered and not confirmed
        made.append(
            NoteRow(
                note=one,
                topic=words.get(one.topic, one.topic),
                expired=expired,
                answers=own and not expired and one.answered_on is None,
                confirms=confirms and not expired and one.confirmed_on is None,
                types=types
                and not expired
                and one.confirmed_on is None
                and (one.answered_on is None or bool(one.typed_by)),
            )
        )
    return made


# --- whom to choose --------------------------------------------------------------------------------------------------
def topics_of(watch: Watch, on: date) -> dict[str, str]:
    """Return the topics of an assignment that a note may be on, in words by key."""
    return {key: words for key, words in choosing.note_topics(watch.unit, on).items() if key in watch.topics}


def planned_subjects(item: ProgrammeItem) -> list[tuple[str, str]]:
    """Return whom a planned work names, as a form of this part names them, those followed already last."""
    followed = set(item.watches.values_list("of_unit", "of_member"))
    rows = sorted(
        item.subjects.select_related("unit", "member"),
        key=lambda one: (one.unit_id, one.member_id) in followed,
    )
    return [
        (f"{_UNIT}{one.unit_id}" if one.unit_id else f"{_MEMBER}{one.member_id}", str(one)) for one in rows
    ]


def subject_groups(
    unit: Unit, on: date, query: str = "", planned: Sequence[tuple[str, str]] = ()
) -> list[Group]:
    """Return whose work may be followed: those found, the cells below, those in posts; in a cell its members.

    ``planned``: whom the work of the programme names, which come first.
    """
    found = deeds.named(unit, query) if query else []
    known = choosing.inspectors(unit, on)
    cells = [] if unit.is_cell else choosing.cells(unit, on)
    groups = [
        (_("Theo chương trình"), list(planned)),
        (_("Tìm được"), people_options(found, on)),
        (_("Chi bộ"), [(f"{_UNIT}{one.pk}", one.name) for one in cells]),
        (_("Đảng viên") if unit.is_cell else _("Cấp ủy, bí thư chi bộ"), people_options(known, on)),
    ]
    return [(title, choices) for title, choices in groups if choices]


def people_options(people: list[Member], on: date) -> list[tuple[str, str]]:
    """Return members as a form of this part names them."""
    return [(f"{_MEMBER}{key}", words) for key, words in choosing.member_options(people, on)]


def subject_of(value: str) -> tuple[Unit | None, Member | None]:
    """Return the unit or the member that a form named; the action sees that it belongs to the unit."""
    kind, key = value[:1], value[1:]
    if not (key.isdecimal() and key.isascii()):
        return None, None
    if kind == _UNIT:
        return Unit.objects.filter(pk=key).first(), None
    return None, member_of(value)


def member_of(value: str) -> Member | None:
    """Return the member that a form named."""
    key = value[1:]
    if value[:1] != _MEMBER or not (key.isdecimal() and key.isascii()):
        return None
    return Member.objects.filter(pk=key).first()


def items(unit: Unit, on: date) -> list[ProgrammeItem]:
    """Return the regular supervisions in a unit's approved programmes that run on a day or later."""
    rows = ProgrammeItem.objects.standing().filter(
        programme__unit=unit, programme__state=Programme.State.APPROVED, kind="regular", ends_on__gte=on
    )
    return list(rows.select_related("programme").order_by("starts_on", "pk"))
