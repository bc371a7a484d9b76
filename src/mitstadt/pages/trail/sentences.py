"""The steps of a trail as sentences about people: moving to read, exact in their facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from mitstadt.ground.organisations.naming import named_first
from mitstadt.pages.trail.answers import Answers
from mitstadt.pages.trail.wordings import Wordings
from mitstadt.spine import kinds, links, own_verbs, verbs
from mitstadt.spine.models import Channel
from mitstadt.spine.queries.promises import promise_state, promised_in
from mitstadt.spine.queries.trails import Trail, TrailStep
from mitstadt.ui.comments import first_author
from mitstadt.ui.parts import State, Step
from mitstadt.ui.supporters import supported_by, what_guests_are, what_is_checked


def steps_of(trail: Trail, *, wordings: Wordings | None, now: datetime) -> list[Step]:
    """All steps that a reader needs, oldest first, with what is still to come at the end.

    `wordings` are what the record said from when on; none for those who do not read its words.
    """
    told: list[Step] = []
    answers = Answers(trail)
    for step in trail.steps:
        shown = _linked(step, answers) if step.link else _acted(trail, step, wordings)
        if told and _leads_on(step) and told[-1].at == shown.at and not told[-1].href:
            told[-1] = replace(told[-1], href=shown.href, link_label=shown.link_label)
        else:
            told.append(shown)
    return [*told, *_voices(trail), *_outlook(trail, now=now)]


def _leads_on(step: TrailStep) -> bool:
    """Whether it only says where the record went by the act that was told just before."""
    return not step.leads_here and step.link in {links.MERGED_INTO, links.SPLIT_INTO}


def _acted(trail: Trail, step: TrailStep, wordings: Wordings | None) -> Step:
    told = verbs.on_the_trail(step.verb)
    if isinstance(told, verbs.Untold):
        return _begun(trail, step, wordings)
    quote = str(step.details.get(told.quotes, "")) if told.quotes else ""
    reason = step.judgement.reason if step.judgement else ""
    if wordings and step.verb == own_verbs.REWORDED.key:
        quote, reason = wordings.after(step.at)
    href = told.leads_to(step.details) if told.leads_to else ""
    return Step(
        title=str(told.title),
        state=State.DONE,
        at=step.at,
        text=" ".join(filter(None, (str(told.text), _rule(step)))),
        quote=quote,
        reason=reason,
        href=href,
        link_label=str(told.link) if href else "",
    )


def _rule(step: TrailStep) -> str:
    rule = step.judgement.rule_label if step.judgement else ""
    return gettext("Regel: Der Beitrag %(rule)s.") % {"rule": rule} if rule else ""


def _begun(trail: Trail, step: TrailStep, wordings: Wordings | None) -> Step:
    record = trail.record
    who = first_author(record) if wordings else gettext("Jemand")
    channel = Channel(record.channel)
    entered = gettext("Erfasst hat es der Schalter.") if record.entered_by_id else ""
    text = "" if channel == Channel.WEB else gettext("Es kam %(channel)s.") % {"channel": channel.label}
    quote, reason = wordings.at_first() if wordings else ("", "")
    return Step(
        title=capfirst(kinds.begun(record, who, step.details)),
        state=State.DONE,
        at=step.at,
        text=f"{text} {entered}".strip(),
        quote=quote,
        reason=reason,
    )


def _linked(step: TrailStep, answers: Answers) -> Step:
    if step.answer and step.leads_here:
        return answers.told(step, step.answer)
    way = links.back(step.link) if step.leads_here else links.forth(step.link)
    href = reverse("trail", args=[step.other.ref]) if step.other else ""
    return Step(title=str(way.title), state=State.DONE, at=step.at, href=href, link_label=str(way.label))


def _voices(trail: Trail) -> list[Step]:
    if not (trail.support_count or trail.guest_support_count or trail.held_support_count):
        return []
    title = f"{supported_by(trail.support_count, trail.guest_support_count, trail.held_support_count)}."
    told = [what_guests_are()] if trail.guest_support_count else []
    held = [what_is_checked()] if trail.held_support_count else []
    return [Step(title=title, state=State.DONE, text=" ".join([*told, *held]))]


def _outlook(trail: Trail, *, now: datetime) -> list[Step]:
    """What is still owed: an answer, by when, and whether that day has passed."""
    record = trail.record
    room = record.room
    waits = record.is_public and not record.is_answered and not record.moved_on
    owed = waits and kinds.kind_of(record).answerable
    commitment = promised_in(room) if room and owed else None
    if room is None or commitment is None or commitment.answer_by is None:
        return []
    overdue = promise_state(commitment, today=timezone.localdate(now)).value == "overdue"
    title = gettext("Die Antwort ist überfällig.") if overdue else gettext("Die Antwort steht noch aus.")
    text = gettext("%(host)s hat sie zugesagt.") % {"host": named_first(room.host)}
    return [
        Step(title=title, state=State.MISSED if overdue else State.NEXT, at=commitment.answer_by, text=text),
    ]
