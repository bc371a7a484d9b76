"""What the spine keeps about a person's work for others: in an office, in moderation, at the desk."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.people.models import Person
from mitstadt.spine.models import (
    AccountErasure,
    Amendment,
    AnswerDraft,
    Appeal,
    Assignment,
    Burst,
    CodeBatch,
    Correction,
    ErasureRequest,
    ModerationCase,
    Pause,
    Record,
    RoleInvitation,
    Turn,
    WorkNote,
)
from mitstadt.spine.personal import Kept

_PROOF = _("Auf Dauer, damit sich eine Entscheidung der Stadt später prüfen lässt; ohne Konto bleibt nur die Zeile.")
_CAN_END = _("Es verschwindet, wenn Sie Ihr Konto löschen.")
_OFFICE = _("Damit nachzulesen ist, wer im Amt was entschied.")


def _work(
    model: type[Model],
    by: tuple[str, ...],
    key: str,
    what: Promise,
    columns: tuple[str, ...],
    *,
    why: Promise = _OFFICE,
    how_long: Promise = _PROOF,
    can: Promise = _CAN_END,
) -> Kept:
    """A table of work: the rows in which one of the columns `by` is the person, told as an office's proof."""

    def rows(person: Person) -> QuerySet[Any]:
        theirs = reduce(or_, (Q(**{column: person}) for column in by))
        found: QuerySet[Any] = model._default_manager.filter(theirs)  # noqa: SLF001  # of any model
        return found

    covers = frozenset(f"spine.{model.__name__}.{column}" for column in by)
    return Kept(key=key, what=what, why=why, how_long=how_long, can=can, rows=rows, columns=columns, covers=covers)


WORK = (
    _work(
        Assignment,
        ("person", "by"),
        "work_assigned",
        _("Beiträge, um die Sie sich kümmern oder die Sie jemandem gaben"),
        ("record__ref", "at"),
        why=_("Damit sich im Amt nicht zwei um dasselbe kümmern und niemand um das andere."),
        how_long=_("Bis jemand anderes es übernimmt oder der Beitrag gelöscht wird."),
        can=_("Geben Sie den Beitrag weiter oder frei."),
    ),
    _work(
        WorkNote,
        ("author",),
        "work_notes",
        _("Notizen, die Sie für Ihr Amt an Beiträge schrieben"),
        ("record__ref", "at", "text"),
        why=_("Damit die anderen wissen, was Sie schon wissen. Öffentlich sind sie nie."),
        how_long=_("Bis Sie sie löschen oder der Beitrag gelöscht wird."),
        can=_("Löschen Sie sie, wo sie stehen."),
    ),
    _work(
        AnswerDraft,
        ("drafted_by", "signed_by"),
        "work_drafts",
        _("Antworten, die Sie entwarfen oder als zweite Person unterschrieben"),
        ("room__ref", "decision", "reason", "drafted_at", "signed_at"),
    ),
    _work(
        Record,
        ("entered_by",),
        "entered_for_others",
        _("Was Sie am Schalter für andere erfasst haben"),
        ("ref", "created_at"),
        why=_("Damit Sie es berichtigen können und nachzulesen ist, wer es tat."),
    ),
    _work(
        Turn,
        ("entered_by",),
        "supports_entered_for_others",
        _("Unterstützungen, die Sie am Schalter erfasst haben"),
        ("record__ref", "day"),
        why=_("Damit Sie sie zurücknehmen können und nachzulesen ist, wer es tat."),
    ),
    # What people changed of their own words is told with those words.
    replace(
        _work(
            Correction,
            ("by",),
            "work_corrections",
            _("Was Sie am Schalter berichtigt haben"),
            ("record__ref", "at", "reason"),
        ),
        rows=lambda person: Correction.objects.filter(by=person, by_author=False),
    ),
    _work(
        ModerationCase,
        ("opened_by", "proposed_by", "decided_by"),
        "work_moderation",
        _("Was Sie in der Moderation aufgriffen, vorschlugen oder entschieden"),
        ("record__ref", "opened_at", "verdict", "rule", "reason", "decided_at"),
    ),
    _work(
        Burst,
        ("decided_by",),
        "work_bursts",
        _("Wo Sie entschieden haben, ob etwas zählt, was in großer Zahl kam"),
        ("room__ref", "began_at", "counts", "reason", "decided_at"),
    ),
    _work(
        Amendment,
        ("proposed_by", "confirmed_by"),
        "work_amendments",
        _("Was Sie an etwas Offenem geändert oder als zweite Person bestätigt haben"),
        ("record__ref", "what", "before", "after", "reason", "proposed_at", "done_at", "declined_at"),
    ),
    _work(
        Appeal,
        ("decided_by",),
        "work_appeals",
        _("Widersprüche, über die Sie entschieden haben"),
        ("case__record__ref", "upheld", "reason", "decided_at"),
    ),
    _work(
        ErasureRequest,
        ("proposed_by", "decided_by"),
        "work_erasures",
        _("Löschungen für andere, die Sie vorschlugen oder entschieden"),
        ("record__ref", "reason", "proposed_at", "decided_at", "confirmed"),
    ),
    _work(
        AccountErasure,
        ("proposed_by", "decided_by"),
        "work_account_ends",
        _("Konten, deren Ende Sie vorschlugen oder entschieden"),
        ("reason", "with_words", "proposed_at", "decided_at", "confirmed"),
    ),
    _work(
        Pause,
        ("begun_by", "ended_by"),
        "work_pauses",
        _("Pausen, die Sie begannen oder beendeten"),
        ("organisation__name", "record__ref", "reason", "begun_at", "ended_at", "end_reason"),
    ),
    _work(
        CodeBatch,
        ("issued_by",),
        "work_codes",
        _("Stapel von Codes, die Sie gedruckt haben"),
        ("room__ref", "number", "count", "issued_at", "revoked_at"),
    ),
    _work(
        RoleInvitation,
        ("invited_by",),
        "work_invitations",
        _("Einladungen zu Aufgaben, die Sie verschickten"),
        ("role", "organisation__name", "room__ref", "invited_at"),
        how_long=_("Höchstens 90 Tage nach ihrem Ende."),
        can=_("Sie nehmen sie zurück, wo Sie die Aufgabe gaben."),
    ),
)
