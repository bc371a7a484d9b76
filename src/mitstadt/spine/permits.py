"""The one place that decides who may do what now: phase in time × role × organisation × process.

Every page, route, feed and export asks here. A permit is truthy when granted; otherwise it carries a reason code and,
where it helps, a time, so that a page can say why not and when it will be possible.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from mitstadt.ground.organisations.models import Role
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.kinds import accepts
from mitstadt.spine.models import Access, ModerationCase, Phase, Process, ProcessStage, Record, RecordState
from mitstadt.spine.texts import sentence_for

# Forms that were filled in on time still count while the post brings them.
PAPER_GRACE = timedelta(days=3)


@dataclass(frozen=True)
class Permit:
    """The answer to “may this person do this now?”."""

    ok: bool
    reason: str = ""
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self.ok

    @property
    def sentence(self) -> str | Promise:
        """Why not, for people."""
        return sentence_for(self.reason, self.until)


GRANTED = Permit(True)

_BY_PHASE = {Deed.CONTRIBUTE, Deed.COMMENT, Deed.SUPPORT}
_BY_AUTHOR = {Deed.WITHDRAW, Deed.ERASE, Deed.APPEAL}
_BY_ROLE: dict[Deed, frozenset[str]] = {
    Deed.PREPARE: frozenset({Role.OWNER, Role.EDITOR, Role.FACILITATOR}),
    Deed.OPEN: frozenset({Role.OWNER}),
    Deed.CLOSE: frozenset({Role.OWNER}),
    Deed.CHANGE_COMMITMENT: frozenset({Role.OWNER}),
    Deed.ISSUE_CODES: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.ENTER_FOR_OTHERS: frozenset({Role.OWNER, Role.FACILITATOR, Role.DESK_CLERK}),
    Deed.EDIT_TEXT: frozenset({Role.OWNER, Role.EDITOR}),
    Deed.ANSWER: frozenset({Role.OWNER, Role.EDITOR, Role.CASE_OFFICER}),
    Deed.MODERATE: frozenset({Role.OWNER, Role.MODERATOR}),
    Deed.SEE_DASHBOARD: frozenset(set(Role.values) - {Role.CONTRIBUTOR}),
    Deed.ASSIGN_ROLES: frozenset({Role.OWNER}),
}


def permit(actor: Actor, deed: Deed, process: Process, *, now: datetime) -> Permit:
    """Whether the actor may do this deed in the process now.

    The process should come with its phases prefetched; nothing is queried then.
    """
    if deed in _BY_ROLE:
        return _by_role(actor, deed, process, now=now)
    if process.state != RecordState.PUBLISHED:
        return Permit(False, "process_not_open")
    if deed in _BY_PHASE:
        return _by_phase(actor, deed, process, now=now)
    if deed is Deed.FOLLOW:
        return GRANTED if actor.person and actor.person.has_account else Permit(False, "needs_account")
    if deed is Deed.REPORT:
        return GRANTED
    return Permit(False, "not_yours")


def permit_on(actor: Actor, deed: Deed, record: Record, *, now: datetime) -> Permit:
    """Whether the actor may do this deed to this record now."""
    if deed in _BY_AUTHOR:
        return _by_author(actor, deed, record)
    if record.state != RecordState.PUBLISHED and deed is not Deed.MODERATE:
        return Permit(False, "record_not_public")
    process = process_of(record)
    if process is None:
        return Permit(False, "not_in_a_process")
    return permit(actor, deed, process, now=now)


def process_of(record: Record) -> Process | None:
    """The process a record belongs to; a process belongs to itself."""
    if isinstance(record, Process):
        return record
    if record.kind == Process.KIND:
        return Process.objects.get(pk=record.pk)
    return record.process


def permit_appeal_decision(actor: Actor, case: ModerationCase, process: Process, *, now: datetime) -> Permit:
    """An appeal is decided by a moderator who did not take part in the verdict."""
    granted = permit(actor, Deed.MODERATE, process, now=now)
    if not granted:
        return granted
    if actor.person and actor.person.pk in {case.decided_by_id, case.proposed_by_id}:
        return Permit(False, "decided_this_case")
    return GRANTED


def permit_entry(actor: Actor, process: Process) -> Permit:
    """Whether the actor has the task of entering for others here, whether or not a phase is open."""
    return GRANTED if actor.has_role(_BY_ROLE[Deed.ENTER_FOR_OTHERS], process) else Permit(False, "needs_role")


def can_prepare_for(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may begin a process in the name of this organisation."""
    return _has_role_in(actor, _BY_ROLE[Deed.PREPARE], organisation_id)


def permit_leading(actor: Actor, organisation_id: int | None) -> Permit:
    """Whether the actor leads this organisation: who belongs to it, what is said of it; with none, the platform."""
    if _has_role_in(actor, {Role.OWNER}, organisation_id):
        return GRANTED
    return Permit(False, "needs_leading_role" if organisation_id else "needs_platform_lead")


def _has_role_in(actor: Actor, roles: Container[str], organisation_id: int | None) -> bool:
    """A role in the organisation itself, or on the whole platform; one in a single process is not enough."""
    return any(
        grant.role in roles and grant.process_id is None and grant.organisation_id in {None, organisation_id}
        for grant in actor.grants
    )


def roles_for(deed: Deed) -> frozenset[str]:
    """The roles that may do this deed; none for what everyone or only an author does."""
    return _BY_ROLE.get(deed, frozenset())


def _by_role(actor: Actor, deed: Deed, process: Process, *, now: datetime) -> Permit:
    if not actor.has_role(_BY_ROLE[deed], process):
        return Permit(False, "needs_role")
    if deed is Deed.OPEN and process.stage != ProcessStage.PREPARED:
        return Permit(False, "already_open")
    if deed is Deed.ENTER_FOR_OTHERS:
        return _phase_permit(process, Deed.CONTRIBUTE, now=now, grace=PAPER_GRACE)
    return GRANTED


def _by_phase(actor: Actor, deed: Deed, process: Process, *, now: datetime) -> Permit:
    if process.stage == ProcessStage.CLOSED:
        return Permit(False, "process_closed", process.closed_at)
    open_now = _phase_permit(process, deed, now=now)
    return _access_permit(actor, process) if open_now else open_now


def _phase_permit(process: Process, deed: Deed, *, now: datetime, grace: timedelta = timedelta(0)) -> Permit:
    phases = [phase for phase in process.phases.all() if formats.opens(phase, deed)]
    if any(phase.opens_at <= now < phase.closes_at + grace for phase in phases):
        return GRANTED
    return _why_not_now(phases, now=now)


def _why_not_now(phases: Iterable[Phase], *, now: datetime) -> Permit:
    coming = [phase.opens_at for phase in phases if phase.opens_at > now]
    if coming:
        return Permit(False, "phase_not_yet", min(coming))
    over = [phase.last_moment for phase in phases]
    return Permit(False, "phase_over", max(over)) if over else Permit(False, "no_such_phase")


def _access_permit(actor: Actor, process: Process) -> Permit:
    if actor.person is None:
        reasons = {Access.CODE.value: "needs_code", Access.ACCOUNT.value: "needs_account"}
        reason = reasons.get(process.access)
        return Permit(False, reason) if reason else GRANTED
    if actor.person.has_account:
        return GRANTED
    if process.access == Access.ACCOUNT:
        return Permit(False, "needs_account")
    if actor.code_process_id != process.pk:
        return Permit(False, "code_of_other_process")
    return GRANTED


def _by_author(actor: Actor, deed: Deed, record: Record) -> Permit:
    if actor.person is None or record.author_id != actor.person.pk:
        return Permit(False, "not_yours")
    if not accepts(record.kind, deed):
        return Permit(False, "kind_takes_no_such_deed")
    if deed is Deed.APPEAL:
        return GRANTED if record.state == RecordState.HIDDEN else Permit(False, "nothing_to_appeal")
    if record.state == RecordState.ERASED:
        return Permit(False, "already_erased")
    if deed is Deed.WITHDRAW and record.state != RecordState.PUBLISHED:
        return Permit(False, "record_not_public")
    return GRANTED
