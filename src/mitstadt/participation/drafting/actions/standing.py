"""An answer to a wording claims no more than stands in the text, and what stands there is linked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mitstadt.participation.drafting.links import PARTLY_IN, TAKEN_UP_IN
from mitstadt.participation.drafting.models import Contribution, ContributionForm
from mitstadt.participation.drafting.queries.standing import RANK, where_they_stand
from mitstadt.spine.kinds import Overstated
from mitstadt.spine.links import LinkType
from mitstadt.spine.models import AnswerDecision, Link

# How much of a wording must stand in an edition for an answer to say so, and why it is refused where it does not.
_NEEDED = {
    AnswerDecision.TAKEN_UP: ("whole", "wording_not_whole"),
    AnswerDecision.PARTLY: ("partly", "wording_not_partly"),
}


# What a question is not told, since it asks for nothing to be taken over; and what a wording is not told.
_UNFIT = {
    AnswerDecision.TAKEN_UP: (ContributionForm.QUESTION, "question_wants_answer"),
    AnswerDecision.PARTLY: (ContributionForm.QUESTION, "question_wants_answer"),
    AnswerDecision.NOT: (ContributionForm.QUESTION, "question_wants_answer"),
    AnswerDecision.ANSWERED: (ContributionForm.WORDING, "wording_is_no_question"),
}


def overstated(keys: Sequence[int], decision: AnswerDecision) -> Overstated | None:
    """Those that the decision does not fit, or the wordings of which it says more than an edition has."""
    return _unfit(keys, decision) or _beyond_the_text(keys, decision)


def _unfit(keys: Sequence[int], decision: AnswerDecision) -> Overstated | None:
    if decision not in _UNFIT:
        return None
    form, reason = _UNFIT[decision]
    refs = tuple(Contribution.objects.keyed(keys).filter(form=form).order_by("ref").values_list("ref", flat=True))
    return Overstated(reason, refs) if refs else None


def _beyond_the_text(keys: Sequence[int], decision: AnswerDecision) -> Overstated | None:
    if decision not in _NEEDED:
        return None
    needed, reason = _NEEDED[decision]
    stands = where_they_stand(keys)
    wordings = Contribution.objects.keyed(keys).exclude(wording="").order_by("ref").values_list("pk", "ref")
    short = tuple(
        ref for key, ref in wordings if key not in stands or RANK[stands[key].adoption.verdict] < RANK[needed]
    )
    return Overstated(reason, short) if short else None


def link_what_stands(keys: Sequence[int], decision: AnswerDecision, now: datetime) -> None:
    """Let the arrows from wordings into the text say what the answer says, and no more than stands there."""
    wanted = {
        (key, passage, arrow)
        for key, stands in where_they_stand(keys).items()
        if (arrow := _arrow(decision, stands.adoption.verdict))
        for passage in stands.passages
    }
    links = Link.objects.filter(source_id__in=keys, type__in=[TAKEN_UP_IN, PARTLY_IN])
    columns = links.values_list("pk", "source_id", "target_id", "type")
    there = {(source, target, kind): pk for pk, source, target, kind in columns}
    links.filter(pk__in=[pk for arrow, pk in there.items() if arrow not in wanted]).delete()
    Link.objects.bulk_create(
        [
            Link(source_id=source, target_id=target, type=kind, created_at=now)
            for source, target, kind in sorted(wanted - there.keys())
        ]
    )


def _arrow(decision: AnswerDecision, verdict: str) -> LinkType | None:
    if decision not in _NEEDED or verdict == "not":
        return None
    return TAKEN_UP_IN if decision is AnswerDecision.TAKEN_UP and verdict == "whole" else PARTLY_IN
