"""The scenes in which every deed with which people with a task look after a city is done several times at once."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from django.db import transaction

from cast import (
    AFTER_THE_PHASE,
    NOW,
    ayşe,
    ida,
    jörg,
    krüger,
    malik,
    office,
    person,
    petra,
    prepared_process,
    with_role,
)
from deeds_at_once import Scenes, Tried
from mitstadt.ground import codes as secret_codes
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions import (
    alerts,
    amendments,
    answers,
    blacking_out,
    bursts,
    codes,
    corrections,
    ending_accounts,
    entries,
    erasing_for_others,
    invitations,
    moderation,
    organisations,
    parts,
    pauses,
    preparation,
    roles,
    supports,
    withdrawal,
)
from mitstadt.spine.actors import GUEST, Actor
from mitstadt.spine.amending import COMMITMENT, CORRECT
from mitstadt.spine.models import (
    AlertKind,
    Amendment,
    AnswerDecision,
    Burst,
    Channel,
    CodeBatch,
    ErasureRequest,
    ModerationVerdict,
    Pause,
    Record,
    RoleInvitation,
    Room,
)
from mitstadt.spine.tests.deeds_of_hosts import leads_the_platform, open_process
from mitstadt.spine.tests.trial_format import contribution, trial_part

_LIBRARY = "203.0.113.7"


def _said(body: str = "Mehr Bänke im Schatten.") -> Record:
    return contribution(open_process(), actor=jörg(), body=body)


def _samira() -> Actor:
    return with_role(person("Samira"), Role.MODERATOR)


def _correct() -> Tried:
    call = partial(amendments.amend, open_process(), CORRECT, actor=malik(), after={"title": "Wie wird der Platz?"})
    return Tried(partial(call, reason="Deutlicher so.", now=NOW), once=("corrected",))


def _proposal() -> Amendment:
    after = {"money": "Mehr."}
    return amendments.amend(open_process(), COMMITMENT, actor=malik(), after=after, reason="Der Haushalt kam.", now=NOW)


def _confirm() -> Tried:
    return Tried(partial(amendments.confirm, _proposal(), actor=petra(), now=NOW), once=("changed_commitment",))


def _decline() -> Tried:
    return Tried(partial(amendments.decline, _proposal(), actor=petra(), now=NOW))


def _correct_answer() -> Tried:
    said = _said()
    answers.answer([said], room=open_process(), actor=malik(), decision=AnswerDecision.NOT, reason="Nein.", now=NOW)
    call = partial(answers.correct_answer, [said], room=open_process(), actor=malik(), now=NOW)
    return Tried(partial(call, decision=AnswerDecision.NOT, reason="Zu teuer."), each=("corrected_answer",))


def _black_out() -> Tried:
    said = _said("Mehr Bänke vor dem Haus von Herrn Beispielmann.")
    call = partial(blacking_out.black_out, said, actor=ayşe(), words=["Beispielmann"], reason="Ein Name.", now=NOW)
    return Tried(call, once=("blacked_out",))


def _judge_burst() -> Tried:
    said = _said()
    for _ in range(bursts.GUESTS_THAT_COUNT + 2):
        with transaction.atomic():
            guest, _code = codes.participant(GUEST, open_process(), now=NOW)
            supports.support(said, actor=bursts.welcome_guest(guest, open_process(), _LIBRARY, now=NOW), now=NOW)
    call = partial(bursts.judge_burst, Burst.objects.get(), actor=ayşe(), counts=False, reason="Ein Skript.", now=NOW)
    return Tried(call, once=("burst_not_counted", "burst_not_counted"))


def _printed() -> list[str]:
    return codes.issue_codes(open_process(), actor=malik(), count=3, channel=Channel.PAPER, now=NOW)


def _revoke_batch() -> Tried:
    _printed()
    call = partial(codes.revoke_batch, CodeBatch.objects.get(), actor=malik(), reason="Verloren.", now=NOW)
    return Tried(partial(call, print_anew=True), once=("revoked_codes", "issued_codes"))


def _revoke_code() -> Tried:
    used = _printed()[0]
    codes.redeem(used, now=NOW)
    call = partial(codes.revoke_code, open_process(), used, actor=malik(), reason="Verloren.", now=NOW)
    return Tried(call, once=("revoked_codes",))


def _correct_entry() -> Tried:
    said = _said()
    Record.objects.filter(pk=said.pk).update(entered_by=krüger().person)
    call = partial(corrections.correct_entry, said, actor=krüger(), texts={"body": "Mehr Bäume."}, now=NOW)
    return Tried(partial(call, reason="Tippfehler."), once=("corrected_entry",))


def _show_name() -> Tried:
    code = codes.redeem(_printed()[0], now=NOW)
    assert code.person is not None
    return Tried(partial(entries.show_name, code.person, "Linh"))


def _propose_erasure() -> Tried:
    call = partial(erasing_for_others.propose_erasure, _said(), actor=ayşe(), reason="Auf Wunsch.", now=NOW)
    return Tried(call, once=("proposed_erasure",))


def _decide_erasure() -> Tried:
    asked: ErasureRequest = _propose_erasure().call()
    call = partial(erasing_for_others.decide_erasure, asked, actor=_samira(), confirmed=True, now=NOW)
    return Tried(call, once=("erased_for_others",))


def _invite() -> Tried:
    call = partial(invitations.invite, office(), actor=malik(), email="neu@example.org", role=Role.EDITOR, now=NOW)
    return Tried(call, each=("invited_to_role",))


def _invitation(email: str) -> tuple[RoleInvitation, str]:
    made = invitations.invite(office(), actor=malik(), email=email, role=Role.EDITOR, now=NOW)
    # The link stands in the mail alone.
    made.digest = codes.digest_of(secret := secret_codes.new_code(secrets.token_bytes))
    made.save(update_fields=["digest"])
    return made, secret


def _revoke_invitation() -> Tried:
    made, _secret = _invitation("neu@example.org")
    return Tried(partial(invitations.revoke, made, actor=malik(), now=NOW), once=("revoked_role_invitation",))


def _accept() -> Tried:
    who = ida()
    assert who.person is not None
    _made, secret = _invitation(who.person.email or "")
    return Tried(partial(invitations.accept, secret, actor=who, now=NOW), once=("accepted_role", "gave_membership"))


def _agree() -> Tried:
    said = _said()
    Room.objects.filter(pk=said.room_id).update(four_eyes=True)
    case = moderation.open_case(Record.objects.get(pk=said.pk), now=NOW)
    hide = ModerationVerdict.HIDE
    case = moderation.decide(case, actor=ayşe(), verdict=hide, rule="insult", reason="Beleidigung.", now=NOW)
    return Tried(partial(moderation.agree, case, actor=_samira(), now=NOW), once=("hidden",))


def _judge() -> Tried:
    call = partial(moderation.judge, _said(), actor=ayşe(), verdict=ModerationVerdict.HIDE, now=NOW)
    return Tried(partial(call, rule="insult", reason="Beleidigung."), once=("looked_at", "hidden"))


def _look_at() -> Tried:
    return Tried(partial(moderation.look_at, _said(), actor=ayşe(), now=NOW), once=("looked_at",))


def _editor() -> str:
    with_role(person("Ida"), Role.EDITOR)
    return person("Ida").email or ""


def _rest_membership() -> Tried:
    call = partial(organisations.rest_membership, office(), actor=malik(), email=_editor(), role=Role.EDITOR, now=NOW)
    return Tried(partial(call, reason="In Elternzeit."), once=("paused_role",))


def _resume_membership() -> Tried:
    _rest_membership().call()
    call = partial(organisations.resume_membership, office(), actor=malik(), email=_editor(), role=Role.EDITOR, now=NOW)
    return Tried(call, once=("resumed_role",))


def _rest_role() -> Tried:
    mail = person("Ida").email or ""
    roles.assign_role(open_process(), actor=malik(), email=mail, role=Role.EDITOR, now=NOW)
    call = partial(roles.rest_role, open_process(), actor=malik(), email=mail, role=Role.EDITOR, now=NOW)
    return Tried(partial(call, reason="In Elternzeit."), once=("paused_role",))


def _resume_role() -> Tried:
    _rest_role().call()
    mail = person("Ida").email or ""
    call = partial(roles.resume_role, open_process(), actor=malik(), email=mail, role=Role.EDITOR, now=NOW)
    return Tried(call, once=("resumed_role",))


def _drop_part() -> Tried:
    return Tried(partial(parts.drop_part, trial_part(open_process()), actor=malik(), now=NOW), once=("dropped_part",))


def _drop_phase() -> Tried:
    day: dict[str, Any] = {"opens_at": NOW.replace(day=20), "closes_at": NOW.replace(day=25)}
    phase = parts.plan_phase(trial_part(open_process()), actor=malik(), title="Später", now=NOW, **day)
    call = partial(parts.drop_phase, phase, actor=malik(), now=NOW)
    return Tried(call, once=("dropped_phase",))


def _pause_author() -> Tried:
    return Tried(partial(pauses.pause_author, _said(), actor=ayşe(), reason="Drohungen.", now=NOW), once=("paused",))


def _pause_account() -> Tried:
    call = partial(pauses.pause_account, person("Ida"), actor=leads_the_platform(), reason="Drohungen.", now=NOW)
    return Tried(call, once=("paused",))


def _pause() -> Pause:
    return pauses.pause_author(_said(), actor=ayşe(), reason="Drohungen.", now=NOW)


def _end_pause() -> Tried:
    call = partial(pauses.end_pause, _pause(), actor=ayşe(), reason="Es ist geklärt.", now=NOW)
    return Tried(call, once=("ended_pause",))


def _object() -> Tried:
    call = partial(pauses.object_to, _pause(), actor=jörg(), text="Das war ein Zitat.", now=NOW)
    return Tried(call, once=("objected_to_pause",))


def _discard() -> Tried:
    return Tried(partial(preparation.discard_draft, prepared_process(), actor=malik(), now=NOW), once=("discarded",))


def _restore() -> Tried:
    draft = prepared_process()
    preparation.discard_draft(draft, actor=malik(), now=NOW)
    return Tried(partial(preparation.restore_draft, draft, actor=malik(), now=NOW), once=("restored_draft",))


def _retract() -> Tried:
    said = _said()
    Record.objects.filter(pk=said.pk).update(organisation=office())
    call = partial(withdrawal.retract, said, actor=malik(), reason="So beschlossen.", now=AFTER_THE_PHASE)
    return Tried(call, once=("retracted",))


def _end_account() -> Tried:
    _said()
    lead = leads_the_platform()
    asked = ending_accounts.propose_account_end(
        person("Jörg"), actor=lead, with_words=True, reason="Auf Wunsch.", now=NOW
    )
    second = with_role(person("Selma"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True))
    call = partial(ending_accounts.decide_account_end, asked, actor=second, confirmed=True, now=NOW)
    return Tried(call, once=("erased_for_others", "ended_account"))


def _propose_account_end() -> Tried:
    call = partial(ending_accounts.propose_account_end, person("Jörg"), actor=leads_the_platform(), with_words=True)
    return Tried(partial(call, reason="Auf Wunsch.", now=NOW), once=("proposed_account_end",))


def _choose_alerts() -> Tried:
    return Tried(partial(alerts.choose_alerts, person("Ida"), [AlertKind.REPORT]))


SCENES: Scenes = {
    ending_accounts.decide_account_end: _end_account,
    ending_accounts.propose_account_end: _propose_account_end,
    alerts.choose_alerts: _choose_alerts,
    amendments.amend: _correct,
    amendments.confirm: _confirm,
    amendments.decline: _decline,
    answers.correct_answer: _correct_answer,
    blacking_out.black_out: _black_out,
    bursts.judge_burst: _judge_burst,
    codes.revoke_batch: _revoke_batch,
    codes.revoke_code: _revoke_code,
    corrections.correct_entry: _correct_entry,
    entries.show_name: _show_name,
    erasing_for_others.decide_erasure: _decide_erasure,
    erasing_for_others.propose_erasure: _propose_erasure,
    invitations.accept: _accept,
    invitations.invite: _invite,
    invitations.revoke: _revoke_invitation,
    moderation.agree: _agree,
    moderation.judge: _judge,
    moderation.look_at: _look_at,
    organisations.rest_membership: _rest_membership,
    organisations.resume_membership: _resume_membership,
    parts.drop_part: _drop_part,
    parts.drop_phase: _drop_phase,
    pauses.end_pause: _end_pause,
    pauses.object_to: _object,
    pauses.pause_account: _pause_account,
    pauses.pause_author: _pause_author,
    preparation.discard_draft: _discard,
    preparation.restore_draft: _restore,
    roles.rest_role: _rest_role,
    roles.resume_role: _resume_role,
    withdrawal.retract: _retract,
}
