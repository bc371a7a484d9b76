"""Whether somebody does the work in the background, and whether it succeeds."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mitstadt.ground.conditions import Condition, Finding, Verdict, declare
from mitstadt.ground.tasks.operating import state
from mitstadt.ground.tasks.workers import living


def _worker(now: datetime) -> Finding:
    if living(now=now):
        return Finding(Verdict.FINE, _("Aufträge im Hintergrund werden erledigt."))
    return Finding(
        Verdict.BAD,
        _("Niemand erledigt Aufträge im Hintergrund: Mails bleiben liegen."),
        _("Starten Sie ./mitstadt work, oder ./mitstadt serve ohne --no-worker."),
        "operations",
    )


def _given_up(now: datetime) -> Finding:
    dead = state(now=now).dead
    if not dead:
        return Finding(Verdict.FINE, _("Kein Auftrag ist aufgegeben."))
    return Finding(
        Verdict.BAD,
        ngettext_lazy("%(count)s Auftrag ist aufgegeben.", "%(count)s Aufträge sind aufgegeben.", dead)
        % {"count": dead},
        _("Sehen Sie den Grund an, beheben Sie ihn, und versuchen Sie es noch einmal."),
        "operations",
    )


declare(Condition("worker", _("Hintergrundarbeit"), _worker))
declare(Condition("given_up", _("Aufgegebene Aufträge"), _given_up))
