"""What moderation decided about a record, as everyone reads it: rule, reason and day, for each step of its trail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.models import Appeal, Burst, ModerationCase, ReportReason

# An act by its verb and its time.
ActKey = tuple[str, datetime]


@dataclass(frozen=True)
class Judgement:
    """The rule that was held to be broken (empty where none was), and the reason in the moderators' words."""

    rule: str = ""
    reason: str = ""

    @property
    def rule_label(self) -> str:
        """The rule as it is read after “Der Beitrag …”."""
        return str(ReportReason(self.rule).label) if self.rule else ""


_BY_CASE = frozenset(
    verb.key
    for verb in (
        verbs.HIDDEN_FOR_NOW,
        verbs.HIDDEN,
        verbs.KEPT,
        verbs.BROUGHT_BACK,
        verbs.SETTLED,
        verbs.APPEAL_UPHELD,
        verbs.APPEAL_REFUSED,
    )
)


def judgements_of(record_id: int, happened: Collection[str]) -> dict[ActKey, Judgement]:
    """Rule and reason of each act by which moderation judged a record, nothing that is not public.

    `happened` are the verbs of its acts: where nothing was judged, nothing is queried.
    """
    told: dict[ActKey, Judgement] = {}
    if not _BY_CASE.isdisjoint(happened):
        cases = ModerationCase.objects.filter(record_id=record_id).select_related("appeal")
        told.update(step for case in cases for step in _of_case(case))
    if verbs.NOT_COUNTED.key in happened:
        told.update(_of_bursts(record_id))
    return told


def _of_bursts(record_id: int) -> Iterator[tuple[ActKey, Judgement]]:
    bursts = Burst.objects.filter(counts=False, guests__person__turns__record=record_id)
    for burst in bursts.distinct():
        if burst.decided_at:
            yield (verbs.NOT_COUNTED.key, burst.decided_at), Judgement(reason=burst.reason)


def _of_case(case: ModerationCase) -> Iterator[tuple[ActKey, Judgement]]:
    if case.proposed_at:
        proposed = Judgement(rule=case.proposed_rule, reason=case.proposed_reason)
        yield (verbs.HIDDEN_FOR_NOW.key, case.proposed_at), proposed
    if case.decided_at:
        decided = Judgement(rule=case.rule, reason=case.public_reason)
        for verb in (verbs.HIDDEN, verbs.KEPT, verbs.BROUGHT_BACK, verbs.SETTLED):
            yield (verb.key, case.decided_at), decided
    appeal: Appeal | None = getattr(case, "appeal", None)
    if appeal and appeal.decided_at and appeal.reason_is_public:
        for verb in (verbs.APPEAL_UPHELD, verbs.APPEAL_REFUSED):
            yield (verb.key, appeal.decided_at), Judgement(reason=appeal.reason)
