"""What must hold so that a city can be run. Each floor or slice declares its own in a module ``conditions``.

The doctor on the command line and the list of the first day on the workplace tell the same, from here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class Verdict(StrEnum):
    """How it stands."""

    FINE = "fine"
    OPEN = "open"  # something is still to be done; the city works without it
    BAD = "bad"  # people are hurt by it today


@dataclass(frozen=True)
class Finding:
    """What was found, and the one step that mends it; ``page`` is the name of an address where a leader takes it."""

    verdict: Verdict
    sentence: str | Promise
    step: str | Promise = ""
    page: str = ""


@dataclass(frozen=True)
class Condition:
    """One thing that must hold. ``look`` gets the time and never changes anything."""

    key: str
    name: str | Promise
    look: Callable[[datetime], Finding]
    asks_others: bool = False  # waits for another machine: not while a page is made


@dataclass(frozen=True)
class Answer:
    """A condition and what was found."""

    condition: Condition
    finding: Finding

    @property
    def is_fine(self) -> bool:
        """Whether nothing is to be done."""
        return self.finding.verdict is Verdict.FINE


_CONDITIONS: dict[str, Condition] = {}


def declare(condition: Condition) -> None:
    """Make it known; the same key twice is an error of the program."""
    known = _CONDITIONS.setdefault(condition.key, condition)
    if known is not condition:
        raise ValueError(f"Two conditions are called “{condition.key}”.")


def answers(*, now: datetime, ask_others: bool) -> list[Answer]:
    """How each condition stands, the worst first; one that cannot be looked at is bad, and says so."""
    looked = [Answer(one, _look(one, now)) for one in _CONDITIONS.values() if ask_others or not one.asks_others]
    return sorted(looked, key=lambda answer: _ORDER[answer.finding.verdict])


_ORDER = {Verdict.BAD: 0, Verdict.OPEN: 1, Verdict.FINE: 2}


def _look(condition: Condition, now: datetime) -> Finding:
    try:
        return condition.look(now)
    except Exception as error:  # whatever is in the way of looking is the finding
        logger.warning("Condition %s could not be looked at: %s", condition.key, type(error).__name__)
        return Finding(
            Verdict.BAD,
            _("Das ließ sich nicht prüfen (%(error)s).") % {"error": type(error).__name__},
            _("Sehen Sie zuerst nach, was sonst in dieser Liste steht."),
        )
