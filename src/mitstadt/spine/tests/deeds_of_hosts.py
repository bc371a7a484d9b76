"""The scenes in which every deed of those who lead a city, an office or a process is done several times at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from cast import (
    AFTER_THE_PHASE,
    NOW,
    complete_commitment,
    ida,
    malik,
    office,
    outcome,
    person,
    prepared_process,
    with_role,
)
from deeds_at_once import Scenes, Tried
from mitstadt.ground.organisations.models import OrganisationKind, Role
from mitstadt.spine.actions import (
    announcements,
    closing_organisations,
    organisations,
    outcomes,
    parts,
    preparation,
    processes,
    reminders,
    roles,
    rooms,
)
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Decision, Process, Visibility
from mitstadt.spine.tests.trial_format import part_in, running_process, trial_part

_DAY = timedelta(days=1)


def open_process() -> Process:
    """The one open process of the scene."""
    return Process.objects.filter(stage="open").first() or running_process()


def leads_the_platform() -> Actor:
    """Leads the organisation that runs the platform."""
    return with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))


_FACTS = organisations.OrganisationFacts("Amt für Bäume", OrganisationKind.ADMINISTRATION)


def _found() -> Tried:
    call = partial(organisations.found_organisation, _FACTS, actor=leads_the_platform(), now=NOW)
    return Tried(call, once=("founded_organisation",))


def _end_organisation() -> Tried:
    made = office("Amt aus Versehen", "versehen")
    call = partial(closing_organisations.end_organisation, made, actor=leads_the_platform(), reason="Doppelt.", now=NOW)
    return Tried(call, once=("removed_organisation",))


def _reopen_organisation() -> Tried:
    made = office("Altes Amt", "altes-amt", closed_at=NOW, close_reason="Aufgelöst.")
    lead = leads_the_platform()
    call = partial(closing_organisations.reopen_organisation, made, actor=lead, reason="Doch nicht.", now=NOW)
    return Tried(call, once=("reopened_organisation",))


def _platform() -> Tried:
    return Tried(partial(organisations.found_platform, _FACTS, leader=leads_the_platform().person, now=NOW))


def _change_organisation() -> Tried:
    call = partial(organisations.change_organisation, office(), _FACTS, actor=malik(), now=NOW)
    return Tried(call, once=("changed_organisation",))


def _member(deed: Callable[..., object], verb: str) -> Tried:
    mail = person("Ida").email
    return Tried(partial(deed, office(), actor=malik(), email=mail, role=Role.EDITOR, now=NOW), once=(verb,))


def _give() -> Tried:
    return _member(organisations.give_membership, "gave_membership")


def _end() -> Tried:
    with_role(person("Ida"), Role.EDITOR)
    return _member(organisations.end_membership, "ended_membership")


_LONG: dict[str, Any] = {"opens_at": NOW - _DAY, "closes_at": NOW + 31 * _DAY}
_IN_PUBLIC: dict[str, Any] = {**_LONG, "reason": "Die Ferien liegen dazwischen."}


def _plan_part() -> Tried:
    call = partial(
        parts.plan_part, open_process(), actor=malik(), format_key="trial", title="Noch eins", now=NOW, **_LONG
    )
    return Tried(call, each=("planned_part", "planned_phase"))


def _plan_phase() -> Tried:
    call = partial(parts.plan_phase, part_in(open_process()), actor=malik(), title="Später", now=NOW, **_IN_PUBLIC)
    return Tried(call, each=("planned_phase",))


def _move_phase() -> Tried:
    phase = part_in(open_process()).phases.get()
    return Tried(partial(parts.move_phase, phase, actor=malik(), now=NOW, **_IN_PUBLIC), once=("moved_phase",))


def _describe_part() -> Tried:
    part = trial_part(prepared_process())
    return Tried(partial(parts.describe_part, part, actor=malik(), fields={"title": "Neu"}, now=NOW))


def _open_part() -> Tried:
    part = trial_part(open_process())
    return Tried(partial(parts.open_part, part, actor=malik(), now=NOW), once=("opened_part",))


def _describe() -> Tried:
    fields = {"title": "Was soll aus dem Platz werden?"}
    return Tried(partial(preparation.describe_process, prepared_process(), actor=malik(), fields=fields, now=NOW))


def _prepare() -> Tried:
    call = partial(processes.prepare_process, host=office(), actor=malik(), title="Wie?", body="So.", now=NOW)
    return Tried(partial(call, submission_key=uuid4()), once=("prepared",))


def _promise() -> Tried:
    call = partial(processes.write_commitment, prepared_process(), actor=malik(), fields=complete_commitment(), now=NOW)
    return Tried(call)


def _opening() -> Tried:
    process = prepared_process()
    trial_part(process)
    return Tried(partial(processes.open_process, process, actor=malik(), now=NOW), once=("opened",))


def _keep_promise() -> Tried:
    call = partial(processes.declare_promise_kept, open_process(), actor=malik(), now=AFTER_THE_PHASE)
    return Tried(call, once=("kept_promise",))


def _close_process() -> Tried:
    call = partial(processes.close_process, open_process(), actor=malik(), outcome=outcome(), now=AFTER_THE_PHASE)
    return Tried(call, once=("decided", "closed"))


def _correct_outcome() -> Tried:
    process = open_process()
    processes.close_process(process, actor=malik(), outcome=outcome(), now=AFTER_THE_PHASE)
    told: dict[str, Any] = {"outcome": outcome("Es bleibt, wie es ist."), "reason": "Es war ein Zahlendreher."}
    call = partial(outcomes.correct_outcome, Decision.objects.get(), actor=malik(), now=NOW, **told)
    return Tried(call, once=("corrected_outcome",))


def _announce() -> Tried:
    told: dict[str, Any] = {"title": "Der Entwurf hängt aus", "text": "Im Rathaus.", "submission_key": uuid4()}
    call = partial(announcements.announce, open_process(), actor=malik(), now=NOW, **told)
    return Tried(call, once=("announced",))


def _remind() -> Tried:
    call = partial(reminders.remind, open_process(), actor=ida(), now=NOW + 90 * _DAY)
    return Tried(call, once=("reminded",))


def _assign() -> Tried:
    call = partial(
        roles.assign_role, open_process(), actor=malik(), email=person("Ida").email, role=Role.EDITOR, now=NOW
    )
    return Tried(call, once=("assigned_role",))


def _end_role() -> Tried:
    there: dict[str, Any] = {"actor": malik(), "email": person("Ida").email, "role": Role.EDITOR, "now": NOW}
    roles.assign_role(open_process(), **there)
    return Tried(partial(roles.end_role, open_process(), **there), once=("ended_role",))


def _add_host() -> Tried:
    other = office("Bezirksamt Pankow", "ba-pankow")
    return Tried(partial(rooms.add_host, open_process(), other, actor=malik(), now=NOW), once=("added_host",))


def _end_host() -> Tried:
    other = office("Bezirksamt Pankow", "ba-pankow")
    rooms.add_host(open_process(), other, actor=malik(), now=NOW)
    return Tried(partial(rooms.end_host, open_process(), other, actor=malik(), now=NOW), once=("ended_host",))


def _show_to() -> Tried:
    readers = [office("Feuerwehr", "feuerwehr")]
    call = partial(rooms.show_to, prepared_process(), Visibility.INTERNAL, readers, actor=malik(), now=NOW)
    return Tried(call)


SCENES: Scenes = {
    outcomes.correct_outcome: _correct_outcome,
    closing_organisations.end_organisation: _end_organisation,
    closing_organisations.reopen_organisation: _reopen_organisation,
    organisations.change_organisation: _change_organisation,
    organisations.end_membership: _end,
    organisations.found_organisation: _found,
    organisations.found_platform: _platform,
    organisations.give_membership: _give,
    parts.describe_part: _describe_part,
    parts.move_phase: _move_phase,
    parts.open_part: _open_part,
    parts.plan_part: _plan_part,
    parts.plan_phase: _plan_phase,
    preparation.describe_process: _describe,
    processes.close_process: _close_process,
    processes.declare_promise_kept: _keep_promise,
    processes.open_process: _opening,
    processes.prepare_process: _prepare,
    processes.write_commitment: _promise,
    reminders.remind: _remind,
    announcements.announce: _announce,
    roles.assign_role: _assign,
    roles.end_role: _end_role,
    rooms.add_host: _add_host,
    rooms.end_host: _end_host,
    rooms.show_to: _show_to,
}
