"""What the table of addresses needs of oversight: one of each in our commune and its cells, and in one beside ours."""

from __future__ import annotations

from datetime import date

from hatnhan.assignments.models import Task
from hatnhan.organization.models import Body
from hatnhan.oversight import sealing
from hatnhan.oversight.actions.dossiers import make_dossier
from hatnhan.oversight.models import (
    AskedTopic,
    Case,
    CaseHandler,
    Check,
    Complaint,
    Decision,
    DenouncedPoint,
    Denouncer,
    Denunciation,
    DenunciationHandler,
    Finding,
    Hearing,
    ItemSubject,
    ItemTeamMember,
    KinDeclaration,
    Minutes,
    Note,
    Programme,
    ProgrammeItem,
    Remedy,
    Restoration,
    StepPaper,
    Subject,
    TeamMember,
    Watch,
)
from hatnhan.oversight.selectors.steps import PROCEDURES
from hatnhan.rulebook import resolver
from hatnhan.rulebook.topics.oversight import Complaints, Discipline, DisciplineProcedure, Limitation
from tests.access_guidance import DAY, NOW

FROM, TO = date(2025, 1, 1), date(2026, 1, 1)
DUE = date(2026, 7, 31)


def objects(place, people, others):
    """Return, by the object's name in the table, what the address is made with."""
    school_head = people.school_secretary
    found = {
        **_programmes("", place.commune, Body.INSPECTION, place.village, people.standing),
        **_programmes("cell-", place.village, Body.MEMBERS, None, people.village_secretary, others.fellow),
        **_programmes("beside-", others.beside, Body.INSPECTION, others.cell, others.stranger),
    }
    commune = (place.commune, Body.INSPECTION)
    team = [(people.inspector, "head"), (people.standing, "member")]
    found |= _check("unit-", commune, "compliance", team, unit=place.village)
    found |= _check("own-", commune, "signs", team, member=people.member)
    found |= _check("denounced-", commune, "denunciation", team, member=people.member)
    cells = (place.village, Body.MEMBERS)
    found |= _check("cell-", cells, "signs", [(people.village_secretary, "head")], member=others.fellow)
    beside = (others.beside, Body.INSPECTION)
    found |= _check("beside-", beside, "signs", [(others.stranger, "head")], unit=others.cell)
    ended = {"state": "done", "concluded_on": DAY, "conclusion": "Kết luận", "comply_by": DUE}
    found |= _check("done-unit-", commune, "compliance", team, more=ended, unit=place.village)
    found |= _check("done-own-", commune, "signs", team, more=ended, member=people.member)
    found |= _watch("", place.commune, people.standing, of_member=people.member)
    found |= _watch("unit-", place.commune, people.standing, of_unit=place.village)
    found |= _watch("beside-", others.beside, others.stranger, of_unit=others.cell)
    found |= _case("own-", place.village, place.village, people.member, people.village_secretary)
    found |= _case("school-", place.school, place.commune, others.colleague, school_head, Body.STANDING)
    found |= _case("beside-", others.cell, others.cell, others.stranger, others.stranger)
    found |= _denunciation("", place.commune, people.member, people.inspector)
    found |= _denunciation("beside-", others.beside, others.stranger, others.stranger)
    for name, unit in (("asked", place.commune), ("beside-asked", others.beside)):
        asked = AskedTopic.objects.create(unit=unit, year=2026, topic="resolution", words="Kiểm tra việc này")
        found[name] = _pk(asked)
    for name, (member, kin) in {
        "kin": (people.village_secretary, others.probationer),
        "beside-kin": (others.stranger, others.stranger_kin),
    }.items():
        declared = KinDeclaration.objects.create(
            member=member, kin=kin, declared_on=DAY, declared_by="Người khai"
        )
        found[name] = _pk(declared)
    return {f"oversight-{name}": kwargs for name, kwargs in found.items()}


def _pk(one):
    return {"pk": one.pk}


def _programmes(prefix, unit, body, about, worker, person=None):
    """Make a draft and an issued programme with an item each."""
    found = {}
    for state, year in (("draft", 2027), ("approved", 2026)):
        issued = {"approved_on": DAY, "approved_by": "Chủ nhiệm"} if state == "approved" else {}
        programme = Programme.objects.create(
            unit=unit, body=body, year=year, state=state, drafted_at=NOW, decision_no="1-CTr", **issued
        )
        item = ProgrammeItem.objects.create(
            programme=programme, kind="compliance", place=1, topic="resolution", content="Một nội dung",
            examined_from=FROM, examined_to=TO, starts_on=date(year, 3, 1), ends_on=date(year, 4, 1),
        )  # fmt: skip
        ItemSubject.objects.create(item=item, unit=about, member=person)
        ItemTeamMember.objects.create(item=item, member=worker, is_head=True)
        found[f"{prefix}{state}-programme"] = _pk(programme)
        found[f"{prefix}{state}-item"] = _pk(item)
    return found


def _check(prefix, where, kind, team, more=None, **subject):
    """Make a concluded check with one of each of what hangs on it; it still waits for its delivery."""
    unit, body = where
    law = resolver.at(PROCEDURES[kind], on=DAY, unit=unit)
    check = Check.objects.create(
        unit=unit, body=body, kind=kind, title="Một cuộc", ground="Có dấu hiệu", topic="resolution", content="Việc",
        examined_from=FROM, examined_to=TO, decision_no="2-QĐ", opened_on=DAY, ends_by=DUE,
        dossier=make_dossier(law, DAY), report="Báo cáo", reported_on=DAY, **(more or {"state": "conduct"}),
    )  # fmt: skip
    for member, role in team:
        TeamMember.objects.create(of_check=check, member=member, role=role)
    looked_at = Subject.objects.create(of_check=check, report="Tự báo cáo", reported_at=NOW, **subject)
    minutes = Minutes.objects.create(
        of_check=check,
        kind="working",
        on=DAY,
        place="Trụ sở",
        present="Đoàn",
        content="Việc",
        written_by="Thư ký",
    )
    finding = Finding.objects.create(
        of_check=check, subject=looked_at, kind="shortcoming", topic="resolution", text="Chậm", found_on=DAY
    )
    task = Task.objects.create(
        unit=unit, title="Khắc phục", search_key="khac phuc", given_on=DAY, due=DUE,
        owner=subject.get("member"), owner_unit=subject.get("unit"), owner_body="members" if "unit" in subject else "",
    )  # fmt: skip
    remedy = Remedy.objects.create(
        finding=finding, task=task, due=DUE, remedied_by=subject.get("member"), state="reported", result="Đã làm",
        reported_on=DAY, verified_by=None,
    )  # fmt: skip
    step, done = check.dossier.steps.all()[:2]
    type(done).objects.filter(pk=done.pk).update(done_on=DAY, done_by="Thư ký")
    filed = StepPaper.objects.filter(step=done).first()
    StepPaper.objects.filter(pk=filed.pk).update(state="filed", kept_at="Tủ 1")
    paper = StepPaper.objects.filter(step=step).first()
    report = StepPaper.objects.get(step__dossier=check.dossier, drawn="report")
    return {
        f"{prefix}check": _pk(check),
        f"{prefix}subject": _pk(looked_at),
        f"{prefix}subject-paper": _pk(looked_at) | {"kind": "bao-cao"},
        f"{prefix}minutes": _pk(minutes),
        f"{prefix}finding": _pk(finding),
        f"{prefix}remedy": _pk(remedy),
        f"{prefix}step": _pk(step),
        f"{prefix}done-step": _pk(done),
        f"{prefix}filed-paper": _pk(filed),
        f"{prefix}paper": _pk(paper),
        f"{prefix}drawn": _pk(report),
        f"{prefix}dossier": _pk(check.dossier),
    }


def _watch(prefix, unit, observer, **observed):
    watch = Watch.objects.create(
        unit=unit, body=Body.INSPECTION, observer=observer, topics=["resolution"], start=FROM, end=date(2030, 1, 1),
        **observed,
    )  # fmt: skip
    note = Note.objects.create(
        watch=watch, topic="resolution", kind="remind", on=DAY, text="Một việc", written_at=NOW,
        expires_on=date(2030, 1, 1),
    )  # fmt: skip
    return {f"{prefix}watch": _pk(watch), f"{prefix}note": _pk(note)}


def _case(prefix, unit, deciding, member, handler, body=Body.MEMBERS):
    """Make a case at its vote, and a decided one whose decision is complained of."""
    found = {}
    law, limits = (resolver.at(topic, on=DAY, unit=unit) for topic in (Discipline, Limitation))
    procedure = resolver.at(DisciplineProcedure, on=DAY, unit=unit)
    for state in ("opened", "heard", "formed", "decided"):
        counted = (
            {"form": "reprimand", "votes_for": 3, "votes_needed": 2} if state in {"formed", "decided"} else {}
        )
        counted |= {"closed_on": DAY} if state == "decided" else {}
        case = Case.objects.create(
            unit=unit, deciding_unit=deciding, deciding_body=body, member=member, standing="official",
            matter="Một vụ việc", state=state, opened_on=DAY, dossier=make_dossier(procedure, DAY),
            self_review="Tự kiểm điểm", self_reviewed_on=DAY, rule_version=law.version,
            limitation_version=limits.version, **counted,
        )  # fmt: skip
        CaseHandler.objects.create(case=case, member=handler)
        Hearing.objects.create(
            case=case, unit=deciding, body=body, on=DAY, heard_by=handler, said="Tôi đã rõ"
        )
        found[f"{prefix}{state}-case"] = _pk(case)
        found[f"{prefix}{state}-case-dossier"] = _pk(case.dossier)
    complaints = resolver.at(Complaints, on=DAY, unit=unit)
    decision = Decision.objects.create(
        case=case, form="reprimand", unit=deciding, body=body, number="3-QĐ", signed_on=DAY, signed_by="Bí thư",
        reason="Vì sao", effective_on=DAY, handed_on=DAY, complain_by=date(2030, 1, 1), ends_on=date(2030, 1, 1),
        rule_version=law.version, complaint_version=complaints.version,
    )  # fmt: skip
    complaint = Complaint.objects.create(
        decision=decision, unit=deciding, body=Body.INSPECTION, received_on=DAY, content="Chưa đúng",
        rule_version=complaints.version,
    )  # fmt: skip
    restoration = Restoration.objects.create(decision=decision, kind="apology", due=DUE)
    return found | {
        f"{prefix}decision": _pk(decision),
        f"{prefix}complaint": _pk(complaint),
        f"{prefix}restoration": _pk(restoration),
    }


def _denunciation(prefix, unit, about, handler):
    made = Denunciation.objects.create(
        unit=unit, year=2026, number=1, received_on=DAY, about_member=about, state="received", state_on=DAY,
        answer_due=DUE, rule_version="oversight.terms@2011-01-19",
    )  # fmt: skip
    writer = sealing.DenouncerData(name="Người Viết Đơn", address="Thôn khác")
    Denouncer.objects.create(denunciation=made, sealed=sealing.seal(writer))
    DenunciationHandler.objects.create(denunciation=made, member=handler)
    point = DenouncedPoint.objects.create(denunciation=made, place=1, text="Một nội dung")
    return {f"{prefix}denunciation": _pk(made), f"{prefix}point": _pk(point)}
