"""Rows of the spine in the words and shapes of the components: frozen, worded, linked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import formats as local_formats
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Announcement as Announced
from mitstadt.spine.models import AnswerDecision, Commitment, Part, ParticipationLevel, Phase, Process, Room, RoomStage
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.attachments import attachments_of
from mitstadt.spine.queries.decisions import outcome_of
from mitstadt.spine.queries.parts import phase_to_show, phases_to_show
from mitstadt.spine.queries.processes import hosts_beside, outcome_on_card
from mitstadt.spine.queries.promises import PromiseState, promise_state
from mitstadt.spine.queries.tallies import by_answer
from mitstadt.spine.texts import LEVELS_IN_A_SENTENCE
from mitstadt.ui.deciding import decided, recommended_to
from mitstadt.ui.drawings import drawing_for
from mitstadt.ui.parts import Announcement, Link, Outcome, ProcessCard, Promise, State, Stretch
from mitstadt.ui.uploads.showing import downloads_of, pictures_of


def day(moment: datetime) -> str:
    """A day in words."""
    return _written(timezone.localtime(moment))


def _written(when: date) -> str:
    return local_formats.date_format(when, "DATE_FORMAT")


def stretches(process: Process, *, now: datetime) -> tuple[Stretch, ...]:
    """The phases of a process and its promised answer, as one thread."""
    return (
        *(_stretch(phase, now=now) for phase in phases_to_show(process)),
        *_answer_stretch(process.commitment, now=now),
    )


def _stretch(phase: Phase, *, now: datetime) -> Stretch:
    if phase.room.closed_at is not None and phase.closes_at > phase.room.closed_at:
        return _cut_short(phase, phase.room.closed_at)
    running = phase.is_open(now)
    state = State.NOW if running else State.DONE if phase.closes_at <= now else State.NEXT
    elapsed = (now - phase.opens_at) / (phase.closes_at - phase.opens_at) if running else 0.0
    declared = formats.format_of(phase.part)
    when = gettext("bis %(day)s") % {"day": day(phase.last_moment)}
    if state is State.NEXT:
        when = gettext("ab %(day)s") % {"day": day(phase.opens_at)}
    href = declared.take_part(phase.part) if declared and state is not State.NEXT else ""
    return Stretch(title=phase.title, state=state, when=when, elapsed=elapsed, href=href)


def _cut_short(phase: Phase, closed_at: datetime) -> Stretch:
    """A phase of a room that was closed before the phase was over, or before it began."""
    declared = formats.format_of(phase.part)
    if phase.opens_at >= closed_at:
        return Stretch(title=phase.title, state=State.DONE, when=gettext("fand nicht mehr statt"))
    when = gettext("bis %(day)s") % {"day": day(closed_at)}
    href = declared.take_part(phase.part) if declared else ""
    return Stretch(title=phase.title, state=State.DONE, when=when, href=href)


def _answer_stretch(commitment: Commitment, *, now: datetime) -> tuple[Stretch, ...]:
    if commitment.answer_by is None:
        return ()
    state = promise_state(commitment, today=timezone.localdate(now))
    when = pgettext("answer", "bis %(day)s") % {"day": _written(commitment.answer_by)}
    return (Stretch(title=gettext("Antwort für alle"), state=_KNOTS[state], when=when),)


_KNOTS = {
    PromiseState.OVERDUE: State.MISSED,
    PromiseState.DUE_SOON: State.NEXT,
    PromiseState.RUNNING: State.NEXT,
    PromiseState.KEPT: State.DONE,
    PromiseState.KEPT_LATE: State.DONE,
    PromiseState.RELEASED: State.DONE,
}


def state_of(process: Process, *, now: datetime) -> tuple[State, str]:
    """The knot and the word for where a process stands."""
    if process.stage == RoomStage.PREPARED:
        return State.NEXT, gettext("in Vorbereitung")
    promise = promise_state(process.commitment, today=timezone.localdate(now))
    if promise is PromiseState.OVERDUE:
        return State.MISSED, gettext("Antwort überfällig")
    if process.cancelled_at is not None:
        return State.DONE, gettext("abgesagt")
    if process.stage == RoomStage.CLOSED:
        return State.DONE, gettext("abgeschlossen")
    phases = phases_to_show(process)
    if any(phase.is_open(now) for phase in phases):
        return State.NOW, gettext("offen")
    if any(phase.opens_at > now for phase in phases):
        return State.NEXT, gettext("beginnt bald")
    if promise in {PromiseState.KEPT, PromiseState.KEPT_LATE}:
        return State.DONE, gettext("beantwortet")
    return State.NEXT, gettext("wird beantwortet")


def standing_of(part: Part, *, now: datetime) -> str:
    """Where a part stands, in a few words; with its phases prefetched nothing is queried."""
    if not part.is_up:
        return gettext("in Vorbereitung")
    phase = phase_to_show(part, now=now)
    if phase is None or phase.closes_at <= now or part.home.stage == RoomStage.CLOSED:
        return gettext("vorbei")
    if phase.is_open(now):
        return gettext("offen bis %(day)s") % {"day": day(phase.last_moment)}
    return gettext("ab %(day)s") % {"day": day(phase.opens_at)}


def card_of(process: Process, *, now: datetime, voices: int | None = None, with_phases: bool = True) -> ProcessCard:
    """A process in a list; where its phases are not told, it is told for something else than taking part."""
    state, label = state_of(process, now=now)
    due, due_label = _due(process, now=now)
    came_of = outcome_on_card(process)
    return ProcessCard(
        title=process.title,
        href=reverse("process", args=[process.ref]),
        state=state,
        state_label=label,
        area=area_name(process),
        host=process.host.name,
        together=together_with(process),
        phases=stretches(process, now=now) if with_phases else (),
        due=due,
        due_label=due_label,
        left=time_left(due, now=now) if due and state is State.NOW else "",
        presses=bool(due and state is State.NOW and _days_until(due, now=now) <= PRESSES_DAYS),
        promise=_promised_day(process) if state is State.NOW else "",
        voices=voices,
        language=process.language,
        way=_way_in(process, now=now) if with_phases else None,
        outcome=came_of.body if came_of else "",
        decided=decided(came_of) if came_of else "",
        drawing=drawing_for(process.title, process.ref),
    )


# A week or less is told as pressing.
PRESSES_DAYS = 7


def time_left(last_moment: datetime, *, now: datetime) -> str:
    """How long something is still open, in a few words."""
    days = _days_until(last_moment, now=now)
    if days <= 0:
        return gettext("nur noch heute")
    return ngettext("noch %(days)s Tag", "noch %(days)s Tage", days) % {"days": days}


def _days_until(moment: datetime, *, now: datetime) -> int:
    return (timezone.localdate(moment) - timezone.localdate(now)).days


def _promised_day(process: Process) -> str:
    answer_by = process.commitment.answer_by
    return gettext("Antwort bis %(day)s") % {"day": _written(answer_by)} if answer_by else ""


def _way_in(process: Process, *, now: datetime) -> Link | None:
    """Straight to where people say something now, where that is one part alone."""
    if process.stage != RoomStage.OPEN:
        return None
    running = [one for one in phases_to_show(process) if one.is_open(now) and Deed.CONTRIBUTE in one.deeds]
    parts = {phase.part_id: phase.part for phase in running}
    for part in parts.values() if len(parts) == 1 else ():
        if declared := formats.format_of(part):
            return Link(label=str(declared.call or declared.name), href=declared.take_part(part))
    return None


def together_with(room: Room) -> str:
    """The further hosts of a room in words; empty where one invites alone."""
    names = [host.name for host in hosts_beside(room)]
    return gettext("gemeinsam mit %(names)s") % {"names": ", ".join(names)} if names else ""


def area_name(process: Process) -> str:
    """Where a process takes place."""
    return process.area.name(get_language() or "de") if process.area else gettext("ganze Stadt")


def _due(process: Process, *, now: datetime) -> tuple[datetime | None, str]:
    running = [phase.last_moment for phase in phases_to_show(process) if phase.is_open(now)]
    if process.stage == RoomStage.OPEN and running:
        return max(running), gettext("mitmachen bis")
    return None, ""


def outcome_block(process: Process, *, actor: Actor, now: datetime) -> Outcome | None:
    """What came of a process that is over, with the counts by verdict and its files."""
    came_of = outcome_of(process)
    if came_of is None:
        return None
    files = attachments_of([came_of], actor=actor).get(came_of.pk, [])
    may_correct = permit(actor, Deed.AMEND, process, now=now)
    return Outcome(
        ref=came_of.ref,
        sentence=came_of.body,
        decided=decided(came_of),
        trail=reverse("trail", args=[came_of.ref]),
        language=came_of.language,
        counts=verdicts_of(process),
        pictures=pictures_of(files),
        documents=downloads_of(files),
        link=came_of.link,
        correct=reverse("host_outcome", args=[process.ref]) if may_correct else "",
    )


def news_of(told: Sequence[Announced], *, actor: Actor) -> list[Announcement]:
    """What a host told, each with its pictures and files."""
    files = attachments_of(told, actor=actor) if told else {}
    return [
        Announcement(
            title=one.title,
            text=one.body,
            at=one.created_at,
            language=one.language,
            pictures=pictures_of(files.get(one.pk, [])),
            documents=downloads_of(files.get(one.pk, [])),
        )
        for one in told
    ]


def verdicts_of(process: Process) -> list[Link]:
    """How many contributions were answered in which way, and how many wait, each with its word."""
    counts = by_answer(process.pk)
    words = {**{one.value: str(one.label) for one in AnswerDecision}, "": gettext("ohne Antwort")}
    return [Link(label=word, href="", count=counts[key]) for key, word in words.items() if counts.get(key)]


def promise_card_of(process: Process, *, now: datetime) -> Promise:
    """The commitment as people read it."""
    commitment = process.commitment
    if commitment.answer_by is None:
        raise ValueError("A commitment is shown once it is complete.")
    state, came_of = promise_state(commitment, today=timezone.localdate(now)), outcome_of(process)
    return Promise(
        open=commitment.what_is_open,
        fixed=commitment.what_is_fixed,
        decides=decided(came_of) if came_of else recommended_to(commitment),
        reach=str(LEVELS_IN_A_SENTENCE[ParticipationLevel(commitment.level)]),
        use=commitment.use_of_results,
        answer_by=commitment.answer_by,
        money=commitment.money,
        language=process.language,
        state=_KNOTS[state],
        state_label=promise_words(state, days=(commitment.answer_by - timezone.localdate(now)).days),
        changes_href=reverse("commitment", args=[process.ref]),
        is_changed=commitment.changes.exists(),
    )


def promise_words(state: PromiseState, *, days: int) -> str:
    """A promise's state in a few words."""
    if state is PromiseState.OVERDUE:
        return ngettext("seit %(days)s Tag überfällig", "seit %(days)s Tagen überfällig", -days) % {"days": -days}
    if state is PromiseState.RELEASED:
        return gettext("abgesagt")
    if state is PromiseState.KEPT:
        return gettext("gehalten")
    if state is PromiseState.KEPT_LATE:
        return gettext("gehalten, aber zu spät")
    return ngettext("noch %(days)s Tag", "noch %(days)s Tage", days) % {"days": days}
