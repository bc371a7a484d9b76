"""What the spine keeps about a person's work for others: in an office, in moderation, at the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
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


def _work_in_moderation(person: Person) -> QuerySet[Any]:
    return ModerationCase.objects.filter(Q(opened_by=person) | Q(proposed_by=person) | Q(decided_by=person))


def _work_on_amendments(person: Person) -> QuerySet[Any]:
    return Amendment.objects.filter(Q(proposed_by=person) | Q(confirmed_by=person))


def _work_on_pauses(person: Person) -> QuerySet[Any]:
    return Pause.objects.filter(Q(begun_by=person) | Q(ended_by=person))


def _work_on_erasures(person: Person) -> QuerySet[Any]:
    return ErasureRequest.objects.filter(Q(proposed_by=person) | Q(decided_by=person))


def _work_on_account_ends(person: Person) -> QuerySet[Any]:
    return AccountErasure.objects.filter(Q(proposed_by=person) | Q(decided_by=person))


def _work_on_drafts(person: Person) -> QuerySet[Any]:
    return AnswerDraft.objects.filter(Q(drafted_by=person) | Q(signed_by=person))


def _work_assigned(person: Person) -> QuerySet[Any]:
    return Assignment.objects.filter(Q(person=person) | Q(by=person))


WORK = (
    Kept(
        key="work_assigned",
        what=_("Beiträge, um die Sie sich kümmern oder die Sie jemandem gaben"),
        why=_("Damit sich im Amt nicht zwei um dasselbe kümmern und niemand um das andere."),
        how_long=_("Bis jemand anderes es übernimmt oder der Beitrag gelöscht wird."),
        can=_("Geben Sie den Beitrag weiter oder frei."),
        rows=_work_assigned,
        columns=("record__ref", "at"),
        covers=frozenset({"spine.Assignment.person", "spine.Assignment.by"}),
    ),
    Kept(
        key="work_notes",
        what=_("Notizen, die Sie für Ihr Amt an Beiträge schrieben"),
        why=_("Damit die anderen wissen, was Sie schon wissen. Öffentlich sind sie nie."),
        how_long=_("Bis Sie sie löschen oder der Beitrag gelöscht wird."),
        can=_("Löschen Sie sie, wo sie stehen."),
        rows=lambda person: WorkNote.objects.filter(author=person),
        columns=("record__ref", "at", "text"),
        covers=frozenset({"spine.WorkNote.author"}),
    ),
    Kept(
        key="work_drafts",
        what=_("Antworten, die Sie entwarfen oder als zweite Person unterschrieben"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=_work_on_drafts,
        columns=("room__ref", "decision", "reason", "drafted_at", "signed_at"),
        covers=frozenset({"spine.AnswerDraft.drafted_by", "spine.AnswerDraft.signed_by"}),
    ),
    Kept(
        key="entered_for_others",
        what=_("Was Sie am Schalter für andere erfasst haben"),
        why=_("Damit Sie es berichtigen können und nachzulesen ist, wer es tat."),
        how_long=_PROOF,
        can=_CAN_END,
        rows=lambda person: Record.objects.filter(entered_by=person),
        columns=("ref", "created_at"),
        covers=frozenset({"spine.Record.entered_by"}),
    ),
    Kept(
        key="supports_entered_for_others",
        what=_("Unterstützungen, die Sie am Schalter erfasst haben"),
        why=_("Damit Sie sie zurücknehmen können und nachzulesen ist, wer es tat."),
        how_long=_PROOF,
        can=_CAN_END,
        rows=lambda person: Turn.objects.filter(entered_by=person),
        columns=("record__ref", "day"),
        covers=frozenset({"spine.Turn.entered_by"}),
    ),
    Kept(
        key="work_corrections",
        what=_("Was Sie am Schalter berichtigt haben"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=lambda person: Correction.objects.filter(by=person, by_author=False),
        columns=("record__ref", "at", "reason"),
        covers=frozenset({"spine.Correction.by"}),
    ),
    Kept(
        key="work_moderation",
        what=_("Was Sie in der Moderation aufgriffen, vorschlugen oder entschieden"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=_work_in_moderation,
        columns=("record__ref", "opened_at", "verdict", "rule", "reason", "decided_at"),
        covers=frozenset(
            {
                "spine.ModerationCase.opened_by",
                "spine.ModerationCase.proposed_by",
                "spine.ModerationCase.decided_by",
            }
        ),
    ),
    Kept(
        key="work_bursts",
        what=_("Wo Sie entschieden haben, ob etwas zählt, was in großer Zahl kam"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=lambda person: Burst.objects.filter(decided_by=person),
        columns=("room__ref", "began_at", "counts", "reason", "decided_at"),
        covers=frozenset({"spine.Burst.decided_by"}),
    ),
    Kept(
        key="work_amendments",
        what=_("Was Sie an etwas Offenem geändert oder als zweite Person bestätigt haben"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=_work_on_amendments,
        columns=("record__ref", "what", "before", "after", "reason", "proposed_at", "done_at", "declined_at"),
        covers=frozenset({"spine.Amendment.proposed_by", "spine.Amendment.confirmed_by"}),
    ),
    Kept(
        key="work_appeals",
        what=_("Widersprüche, über die Sie entschieden haben"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=lambda person: Appeal.objects.filter(decided_by=person),
        columns=("case__record__ref", "upheld", "reason", "decided_at"),
        covers=frozenset({"spine.Appeal.decided_by"}),
    ),
    Kept(
        key="work_erasures",
        what=_("Löschungen für andere, die Sie vorschlugen oder entschieden"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=_work_on_erasures,
        columns=("record__ref", "reason", "proposed_at", "decided_at", "confirmed"),
        covers=frozenset({"spine.ErasureRequest.proposed_by", "spine.ErasureRequest.decided_by"}),
    ),
    Kept(
        key="work_account_ends",
        what=_("Konten, deren Ende Sie vorschlugen oder entschieden"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=_work_on_account_ends,
        columns=("reason", "with_words", "proposed_at", "decided_at", "confirmed"),
        covers=frozenset({"spine.AccountErasure.proposed_by", "spine.AccountErasure.decided_by"}),
    ),
    Kept(
        key="work_pauses",
        what=_("Pausen, die Sie begannen oder beendeten"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=_work_on_pauses,
        columns=("organisation__name", "record__ref", "reason", "begun_at", "ended_at", "end_reason"),
        covers=frozenset({"spine.Pause.begun_by", "spine.Pause.ended_by"}),
    ),
    Kept(
        key="work_codes",
        what=_("Stapel von Codes, die Sie gedruckt haben"),
        why=_OFFICE,
        how_long=_PROOF,
        can=_CAN_END,
        rows=lambda person: CodeBatch.objects.filter(issued_by=person),
        columns=("room__ref", "number", "count", "issued_at", "revoked_at"),
        covers=frozenset({"spine.CodeBatch.issued_by"}),
    ),
    Kept(
        key="work_invitations",
        what=_("Einladungen zu Aufgaben, die Sie verschickten"),
        why=_OFFICE,
        how_long=_("Höchstens 90 Tage nach ihrem Ende."),
        can=_("Sie nehmen sie zurück, wo Sie die Aufgabe gaben."),
        rows=lambda person: RoleInvitation.objects.filter(invited_by=person),
        columns=("role", "organisation__name", "room__ref", "invited_at"),
        covers=frozenset({"spine.RoleInvitation.invited_by"}),
    ),
)
