"""What became of a record: its acts and links as dated steps, readable with the ref alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mitstadt.spine import office_verbs, own_verbs, verbs
from mitstadt.spine.links import ANSWERS
from mitstadt.spine.log import DONE_AT
from mitstadt.spine.models import Act, Answer, Correction, Link, Record, RecordState
from mitstadt.spine.queries.judgements import Judgement, judgements_of

# The verbs by which words of a record were corrected.
_CORRECTING = frozenset({office_verbs.CORRECTED_ENTRY.key, own_verbs.REWORDED.key})


@dataclass(frozen=True)
class TrailStep:
    """One dated step, an act or an arrow (`verb` or `link`, the other is empty); pages turn it into a sentence."""

    at: datetime
    verb: str = ""
    link: str = ""
    # Whether the arrow leads here; else it leads away.
    leads_here: bool = False
    actor: str = ""
    actor_kind: str = ""
    other: Record | None = None
    answer: Answer | None = None
    details: dict[str, object] = field(default_factory=dict)
    act_index: int | None = None
    judgement: Judgement | None = None


@dataclass(frozen=True)
class Trail:
    """All steps of a record in time, and what stands at its end."""

    record: Record
    steps: tuple[TrailStep, ...]
    support_count: int
    guest_support_count: int
    held_support_count: int
    comment_count: int


def trail_of(record: Record) -> Trail:
    """The trail of a record: a handful of queries, whatever its length."""
    steps = [*_act_steps(record), *_link_steps(record)]
    return Trail(
        record=record,
        steps=tuple(sorted(steps, key=lambda step: (step.at, step.act_index is None, step.act_index or 0))),
        support_count=record.support_count,
        guest_support_count=record.guest_support_count,
        held_support_count=record.held_support_count,
        comment_count=record.comment_count,
    )


def corrections_in(trail: Trail) -> list[Correction]:
    """What stood in it before it was corrected, oldest first; where the trail tells of none, nothing is queried."""
    if not any(step.verb in _CORRECTING for step in trail.steps):
        return []
    return earlier_words(trail.record)


def earlier_words(record: Record) -> list[Correction]:
    """The words of a record as they stood before a clerk or an author changed them, oldest first."""
    return list(Correction.objects.filter(record_id=record.pk).order_by("at", "pk"))


def _act_steps(record: Record) -> list[TrailStep]:
    acts = list(Act.objects.filter(ref=record.ref).exclude(verb__in=verbs.untold()).order_by("index"))
    judged = judgements_of(record.pk, {act.verb for act in acts})
    return [
        TrailStep(
            at=_happened_at(act),
            verb=act.verb,
            actor=act.actor,
            actor_kind=act.actor_kind,
            details=act.details,
            act_index=act.index,
            judgement=judged.get((act.verb, act.at)),
        )
        for act in acts
    ]


def _happened_at(act: Act) -> datetime:
    """When it was done: what was done to a draft entered the log later, with its opening."""
    done_at = act.details.get(DONE_AT)
    return datetime.fromisoformat(str(done_at)) if done_at else act.at


def _link_steps(record: Record) -> list[TrailStep]:
    outgoing = Link.objects.filter(source_id=record.pk).select_related("target__room")
    incoming = Link.objects.filter(target_id=record.pk).select_related(
        "source__room", "source__organisation", "source__author"
    )
    told = Answer.objects.keyed(link.source_id for link in incoming if link.type == ANSWERS)
    answers = {answer.pk: answer for answer in told}
    shown_in = [link for link in incoming if link.source.state == RecordState.PUBLISHED]
    shown_out = [link for link in outgoing if link.target.state == RecordState.PUBLISHED]
    return [
        *(TrailStep(at=link.created_at, link=link.type, other=link.target) for link in shown_out),
        *(
            TrailStep(
                at=link.created_at,
                link=link.type,
                leads_here=True,
                other=link.source,
                answer=answers.get(link.source_id),
            )
            for link in shown_in
        ),
    ]
