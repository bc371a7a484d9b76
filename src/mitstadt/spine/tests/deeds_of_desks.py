"""The scenes in which every deed with which colleagues share the work on answers is done several times at once."""

from __future__ import annotations

from functools import partial

from cast import NOW, jörg, malik, office, person, with_role
from deeds_at_once import Scenes, Tried
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.spine.actions import sharing, signing
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import AnswerDecision, AnswerDraft, Record
from mitstadt.spine.tests.deeds_of_hosts import open_process
from mitstadt.spine.tests.trial_format import contribution


def _said() -> Record:
    return contribution(open_process(), actor=jörg(), body="Mehr Bänke im Schatten.")


def _colleague() -> Actor:
    return with_role(person("Ida"), Role.EDITOR)


def _two_people() -> None:
    Organisation.objects.filter(pk=office().pk).update(answers_take_two=True)


def _draft(said: Record) -> AnswerDraft:
    return signing.draft_answer(
        [said], room=open_process(), actor=malik(), decision=AnswerDecision.NOT, reason="Zu eng.", now=NOW
    )


def _assign() -> Tried:
    said, colleague = _said(), _colleague()
    assert colleague.person is not None
    call = partial(sharing.assign, [said], room=open_process(), actor=malik(), to=colleague.person.pk, now=NOW)
    return Tried(call)


def _add_note() -> Tried:
    return Tried(partial(sharing.add_note, _said(), actor=malik(), text="Das Tiefbauamt weiß mehr.", now=NOW))


def _drop_note() -> Tried:
    note = sharing.add_note(_said(), actor=malik(), text="Das Tiefbauamt weiß mehr.", now=NOW)
    return Tried(partial(sharing.drop_note, note, actor=malik(), now=NOW))


def _keep_block() -> Tried:
    call = partial(sharing.keep_text_block, office(), actor=malik(), title="Zu teuer", text="Das ist zu teuer.")
    return Tried(partial(call, now=NOW))


def _drop_block() -> Tried:
    block = sharing.keep_text_block(office(), actor=malik(), title="Zu teuer", text="Das ist zu teuer.", now=NOW)
    return Tried(partial(sharing.drop_text_block, block, actor=malik()))


def _draft_answer() -> Tried:
    call = partial(signing.draft_answer, [_said()], room=open_process(), actor=malik(), decision=AnswerDecision.NOT)
    return Tried(partial(call, reason="Zu eng.", now=NOW))


def _sign() -> Tried:
    _two_people()
    return Tried(partial(signing.sign_answer, _draft(_said()), actor=_colleague(), now=NOW), once=("answered",))


def _drop_draft() -> Tried:
    return Tried(partial(signing.drop_draft, _draft(_said()), actor=malik(), now=NOW))


SCENES: Scenes = {
    sharing.add_note: _add_note,
    sharing.assign: _assign,
    sharing.drop_note: _drop_note,
    sharing.drop_text_block: _drop_block,
    sharing.keep_text_block: _keep_block,
    signing.draft_answer: _draft_answer,
    signing.drop_draft: _drop_draft,
    signing.sign_answer: _sign,
}
