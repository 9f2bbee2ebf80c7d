"""The room's actions and who may do them. Everything not granted here is denied.

- Who runs oversight in a unit: the inspection committee and the secretary and deputies of a committee; of a cell its
  secretary and deputies. From above they also see what units below do.
- Whoever is the subject of a matter, or declared close kin of the subject, has no part in it but the subject's own.
- A discipline case: its handlers and the inspection chair and deputies over it, the deciding body while it decides, the
  subject. A denunciation: its handlers; the inspection chair sees that it is there. An administrator: nothing.
"""

from hatnhan.oversight.permissions.action import Action
from hatnhan.oversight.permissions.checks import (
    checks_for,
    is_personally_concerned,
    is_subject,
    require_work,
    works_on,
)
from hatnhan.oversight.permissions.complaints import (
    complaints_for,
    may_complain,
    may_restore,
    may_settle,
    require_settle,
    settles,
)
from hatnhan.oversight.permissions.denunciations import (
    denunciations_for,
    handles_denunciation,
    require_denunciation,
)
from hatnhan.oversight.permissions.discipline import (
    AT_DECISION,
    cases_for,
    handles,
    is_case_subject,
    require_handle,
)
from hatnhan.oversight.permissions.kin import kin_of
from hatnhan.oversight.permissions.record import OF_CASES, OF_LETTERS, case_record, letter_record
from hatnhan.oversight.permissions.supervision import is_observed, observes, watches_for
from hatnhan.oversight.permissions.units import (
    CHAIRS,
    INSPECTORS,
    approves,
    chaired_by,
    headed_by,
    programmes_for,
    require_approve,
    require_run,
    run_by,
    runs,
)

__all__ = [
    "AT_DECISION",
    "CHAIRS",
    "INSPECTORS",
    "OF_CASES",
    "OF_LETTERS",
    "Action",
    "approves",
    "case_record",
    "cases_for",
    "chaired_by",
    "checks_for",
    "complaints_for",
    "denunciations_for",
    "handles",
    "handles_denunciation",
    "headed_by",
    "is_case_subject",
    "is_observed",
    "is_personally_concerned",
    "is_subject",
    "kin_of",
    "letter_record",
    "may_complain",
    "may_restore",
    "may_settle",
    "observes",
    "programmes_for",
    "require_approve",
    "require_denunciation",
    "require_handle",
    "require_run",
    "require_settle",
    "require_work",
    "run_by",
    "runs",
    "settles",
    "watches_for",
    "works_on",
]
