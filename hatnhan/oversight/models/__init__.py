"""Nouns of the room: programmes, checks and their files, findings, supervision, discipline, denunciations."""

from hatnhan.oversight.models.check import Check, KinDeclaration, Minutes, Subject, TeamMember
from hatnhan.oversight.models.complaint import Complaint, Restoration
from hatnhan.oversight.models.denunciation import (
    DenouncedPoint,
    Denouncer,
    Denunciation,
    DenunciationHandler,
    UnnamedLetters,
)
from hatnhan.oversight.models.discipline import Act, Case, CaseBallot, CaseHandler, Decision, Hearing
from hatnhan.oversight.models.dossier import Dossier, Stage, Step, StepPaper
from hatnhan.oversight.models.finding import Finding, Remedy
from hatnhan.oversight.models.programme import (
    AD_HOC,
    PLANNED,
    Amendment,
    AskedTopic,
    ItemSubject,
    ItemTeamMember,
    Kind,
    Programme,
    ProgrammeItem,
)
from hatnhan.oversight.models.supervision import Note, Watch

__all__ = [
    "AD_HOC",
    "PLANNED",
    "Act",
    "Amendment",
    "AskedTopic",
    "Case",
    "CaseBallot",
    "CaseHandler",
    "Check",
    "Complaint",
    "Decision",
    "DenouncedPoint",
    "Denouncer",
    "Denunciation",
    "DenunciationHandler",
    "Dossier",
    "Finding",
    "Hearing",
    "ItemSubject",
    "ItemTeamMember",
    "KinDeclaration",
    "Kind",
    "Minutes",
    "Note",
    "Programme",
    "ProgrammeItem",
    "Remedy",
    "Restoration",
    "Stage",
    "Step",
    "StepPaper",
    "Subject",
    "TeamMember",
    "UnnamedLetters",
    "Watch",
]
