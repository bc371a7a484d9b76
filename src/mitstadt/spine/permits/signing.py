"""Who may give an answer: where the host wants it so, nobody alone."""

from __future__ import annotations

from dataclasses import dataclass

from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Room
from mitstadt.spine.permits.answer import GRANTED, Permit


@dataclass(frozen=True)
class Drafted:
    """That somebody drafted an answer; None where their account is no longer there."""

    by: int | None


def permit_signing(actor: Actor, room: Room, drafted: Drafted | None) -> Permit:
    """Whether the actor may make an answer public that was drafted so, beside having the task: it takes two people."""
    if not room.host.answers_take_two:
        return GRANTED
    if drafted is None:
        return Permit(False, "answer_takes_two")
    if actor.person is None or actor.person.pk == drafted.by:
        return Permit(False, "second_person_signs")
    return GRANTED
