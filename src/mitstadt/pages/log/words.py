"""The acts of the log as short sentences without names: the log names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models import Act
from mitstadt.spine.verbs import in_the_log

ACTORS = {
    "person": _("eine Person mit Konto"),
    "code": _("eine Person mit Teilnahmecode"),
    "guest": _("eine Person ohne Konto"),
    "host": _("eine Stelle der Stadt"),
    "system": _("die Plattform selbst"),
}


@dataclass(frozen=True)
class ShownAct:
    """One act as a row."""

    index: int
    at: datetime
    what: str
    who: str
    ref: str
    fingerprint: str


def shown(act: Act) -> ShownAct:
    """The act in words."""
    who = act.actor or str(ACTORS.get(act.actor_kind, act.actor_kind))
    what = in_the_log(act.verb)
    return ShownAct(index=act.index, at=act.at, what=what, who=who, ref=act.ref, fingerprint=act.leaf_hash)
