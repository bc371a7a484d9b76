"""Whether the days that a process promises and plans fit each other; every fault with its sentence and its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone

from mitstadt.spine.models import UP, Commitment, Phase, Process, in_order
from mitstadt.spine.texts import sentence_for


@dataclass(frozen=True)
class DateFault:
    """Two days that do not fit. ``phase`` is where it can be mended, without one the day of the answer."""

    reason: str
    phase: Phase | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What is wrong, and what to do."""
        return sentence_for(self.reason, **self.parameters)


def date_faults(process: Process, *, now: datetime) -> list[DateFault]:
    """All faults in the days of a process that is to open, in the order in which they are asked."""
    answer_by = process.commitment.answer_by
    phases = in_order(process.phases.all())
    faults = []
    if phases and all(phase.closes_at <= now for phase in phases):
        faults.append(DateFault("phases_over", phase=phases[-1]))
    if answer_by and answer_by < timezone.localdate(now):
        faults.append(DateFault("answer_day_over"))
    if answer_by:
        faults.extend(_too_late(phases, answer_by))
    return faults


def _too_late(phases: Iterable[Phase], answer_by: date) -> list[DateFault]:
    """The phases in which people still speak on the day on which all should have an answer."""
    return [_answer_before(phase, answer_by) for phase in phases if _last_day(phase) >= answer_by]


def _answer_before(phase: Phase, answer_by: date) -> DateFault:
    told = {"what": phase.title, "last": _written(_last_day(phase)), "answer": _written(answer_by)}
    return DateFault("answer_before_phase_ends", phase=phase, parameters=told)


def answer_day_fault(process_id: int, answer_by: date, *, now: datetime) -> DateFault | None:
    """Why a promise that is locked cannot name this day: people may still speak then, or it is over."""
    if answer_by < timezone.localdate(now):
        return DateFault("answer_day_over")
    planned = Phase.objects.filter(room=process_id, room__closed_at=None, part__state__in=UP)
    return next(iter(_too_late(in_order(planned), answer_by)), None)


def phase_day_fault(process_id: int, closes_at: datetime) -> DateFault | None:
    """Why a phase of a room that is open cannot end at this moment: the promise names an earlier day."""
    promised = Commitment.objects.filter(process=process_id, locked_at__isnull=False).first()
    if promised is None or promised.answer_by is None:
        return None
    last = timezone.localdate(closes_at - Phase.MOMENT)
    if last < promised.answer_by:
        return None
    return DateFault("phase_after_answer", parameters={"answer": _written(promised.answer_by)})


def _last_day(phase: Phase) -> date:
    return timezone.localdate(phase.last_moment)


def _written(day: date) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))
