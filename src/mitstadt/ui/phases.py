"""What can be done in a part now, in words: the deeds of the phases that run, and until when."""

from __future__ import annotations

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Part, Phase, RoomStage
from mitstadt.spine.queries.parts import phase_to_show
from mitstadt.spine.texts import OPENED_DEEDS


def running(part: Part, deed: Deed, *, now: datetime) -> Phase | None:
    """The phase in which this deed can be done now; of several the one that ends last."""
    phase = phase_to_show(part, now=now, deed=deed)
    return phase if phase and phase.is_open(now) else None


def still_open(part: Part, *, now: datetime) -> str:
    """“Jetzt möglich: …” with the last day; empty where nothing can be done."""
    if not part.is_up or part.home.stage == RoomStage.CLOSED:
        return ""
    told = [
        _("%(deed)s bis %(day)s") % {"deed": words, "day": _day(phase)}
        for deed, words in OPENED_DEEDS.items()
        if (phase := running(part, deed, now=now))
    ]
    return _("Jetzt möglich: %(deeds)s.") % {"deeds": ", ".join(told)} if told else ""


def _day(phase: Phase) -> str:
    return formats.date_format(timezone.localtime(phase.last_moment), "DATE_FORMAT")
