"""The answers that come with an edition: to each wording that was taken into it, what its words there allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mitstadt.participation.drafting.models import Contribution, CoText, Edition, Taking
from mitstadt.participation.drafting.queries.takings import Taken, takings_of
from mitstadt.participation.drafting.queries.working import all_working
from mitstadt.spine.actions.answers import answer, correct_answer
from mitstadt.spine.actions.locking import lock_all
from mitstadt.spine.actions.signing import draft_answer
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import AnswerDecision, Room
from mitstadt.spine.permits import Drafted
from mitstadt.spine.queries.successions import merged_into_these


@dataclass(frozen=True)
class Reply:
    """An answer as an editor wants it; of a wording that stands there whole it says so, whatever they chose."""

    decision: AnswerDecision
    reason: str


def locked_takings(text: CoText, last: Edition | None) -> list[Taken]:
    """What was taken into the draft; the wordings and all that was merged into them wait until it is published."""
    keys = list(Taking.objects.filter(text=text).values_list("contribution_id", flat=True))
    if not keys:
        return []
    lock_all([*Contribution.objects.filter(pk__in=keys), *merged_into_these(keys)])
    return takings_of(text, all_working(text), last)


def answers_with_edition(taken: Sequence[Taken], replies: Mapping[str, Reply]) -> list[tuple[Taken, Reply]]:
    """Each wording with its answer; one that does not stand there whole needs its own."""
    answered = [one for one in taken if one.is_answered_here]
    decided = [(one, _reply(one, replies.get(one.contribution.ref))) for one in answered]
    if missing := [one.contribution.ref for one, reply in decided if reply is None]:
        raise Refused("wording_needs_answer", refs=", ".join(missing))
    return [(one, reply) for one, reply in decided if reply is not None]


def _reply(one: Taken, given: Reply | None) -> Reply | None:
    reason = (given.reason if given else "").strip() or (one.taking.reason if one.verdict == "whole" else "")
    if one.verdict == "whole":
        return Reply(AnswerDecision.TAKEN_UP, reason) if reason else None
    return Reply(given.decision, reason) if given and reason else None


def give_answers(
    answers: Sequence[tuple[Taken, Reply]], *, room: Room, actor: Actor, now: datetime
) -> list[Contribution]:
    """Give them, alike ones together; whoever has an answer already gets it changed in public.

    Where the host wants two people, an answer of which nobody else knew waits as a draft for the second one.
    """
    alike: dict[tuple[AnswerDecision, str, bool, int | None], list[Contribution]] = {}
    for one, reply in answers:
        said = one.contribution
        by = _first_of_two(one, reply, actor=actor) if room.host.answers_take_two else None
        alike.setdefault((reply.decision, reply.reason, said.is_answered, by), []).append(said)
    given: list[Contribution] = []
    for (decision, reason, is_answered, by), some in alike.items():
        if room.host.answers_take_two and by is None:
            draft_answer(some, room=room, actor=actor, decision=decision, reason=reason, now=now, corrects=is_answered)
            continue
        deed = correct_answer if is_answered else answer
        deed(some, room=room, actor=actor, decision=decision, reason=reason, now=now, drafted=Drafted(by))
        given += some
    return given


def _first_of_two(one: Taken, reply: Reply, *, actor: Actor) -> int | None:
    """Whoever took the wording over whole, with these very words; None where that was nobody else."""
    said_the_same = one.verdict == "whole" and reply.reason == one.taking.reason
    by = one.taking.taken_by_id
    return by if said_the_same and actor.person is not None and by != actor.person.pk else None
