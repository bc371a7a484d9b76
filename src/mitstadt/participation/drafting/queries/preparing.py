"""The phase and the text that editors prepare; the view has asked whether they may."""

from __future__ import annotations

from mitstadt.participation.drafting.models import CoText
from mitstadt.spine.models import Phase, Process

# The key of the format; `format.py` cannot be imported from below it.
_KEY = "drafting"


def drafting_phase(process: Process) -> Phase | None:
    """The first phase in which a text is written together."""
    phases = [phase for phase in process.phases.all() if phase.format == _KEY]
    return min(phases, key=lambda phase: (phase.opens_at, phase.pk), default=None)


def text_of_process(process: Process) -> CoText | None:
    """The text of the process, published or not; one query."""
    return CoText.objects.select_related("phase__process__host").filter(process=process).order_by("pk").first()
