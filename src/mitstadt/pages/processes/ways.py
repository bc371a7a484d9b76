"""Every way to take part in a process, paper and places on equal terms with the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.pages.presenting import day
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Phase, Process
from mitstadt.spine.permits import permit
from mitstadt.ui.parts import Link


@dataclass(frozen=True)
class Way:
    """One way to take part: a drawing's name, what it is called, where it leads, and a sentence."""

    icon: str
    title: str
    href: str
    text: str


def ways_to_take_part(process: Process, *, now: datetime) -> list[Way]:
    """The ways of all phases that are open or still to come, and those that are always there."""
    phases = [phase for phase in process.phases.all() if phase.closes_at > now]
    ways = [way for phase in phases for way in _of_phase(phase, now=now)]
    return [*ways, *_by_word(process)] if phases else []


def _of_phase(phase: Phase, *, now: datetime) -> list[Way]:
    declared = formats.format_of(phase)
    if declared is None:
        return []
    if not phase.is_open(now):
        text = _("Es beginnt am %(day)s.") % {"day": day(phase.opens_at)}
        return [Way("pen", phase.title, "", text)]
    paper = _("Drucken Sie den Bogen aus, oder holen Sie ihn vor Ort. Er zählt wie jeder andere Beitrag.")
    return [
        Way("pen", str(declared.name), declared.take_part(phase), str(declared.summary)),
        Way("paper", _("Auf Papier"), declared.paper_form(phase), paper),
    ]


def _by_word(process: Process) -> list[Way]:
    ways = []
    if process.access != Access.ACCOUNT:
        text = _("Sie haben einen Code auf Papier? Er gibt Ihnen alle Rechte, ohne Namen und Adresse.")
        ways.append(Way("code", _("Mit Teilnahmecode"), reverse("code"), text))
    if process.host.contact:
        ways.append(Way("phone", _("Am Telefon und vor Ort"), "", process.host.contact))
    return ways


def work_links(process: Process, *, actor: Actor, now: datetime) -> list[Link]:
    """For people who work on this process: the pages they need. Strangers get none."""
    if not actor.works_on(process):
        return []
    rooms = [
        (Deed.SEE_DASHBOARD, Link(label=_("Leitung"), href=reverse("host", args=[process.ref]))),
        (Deed.ENTER_FOR_OTHERS, Link(label=_("Bögen erfassen"), href=reverse("desk_process", args=[process.ref]))),
        (Deed.MODERATE, Link(label=_("Moderation"), href=reverse("moderation"))),
    ]
    links = [link for deed, link in rooms if permit(actor, deed, process, now=now)]
    if permit(actor, Deed.ANSWER, process, now=now):
        for phase in process.phases.all():
            declared = formats.format_of(phase)
            if declared:
                links.append(Link(label=_("Antworten und Redaktion"), href=declared.work(phase)))
    return links


def result_links(process: Process, *, now: datetime) -> list[Link]:
    """The result page of each phase that has begun."""
    links = []
    for phase in process.phases.all():
        declared = formats.format_of(phase)
        if declared and phase.opens_at <= now:
            links.append(
                Link(
                    label=_("Alle Beiträge und Antworten: %(phase)s") % {"phase": phase.title},
                    href=declared.results(phase),
                )
            )
    return links
