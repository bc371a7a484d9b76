"""Every way to take part in a process, paper and places on equal terms with the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.ground.organisations.contact import contact_of
from mitstadt.pages.presenting import day
from mitstadt.spine import formats
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Part, Phase, Process, RoomStage
from mitstadt.spine.permits import permit, permit_any
from mitstadt.spine.queries.parts import phase_to_show, phases_to_show
from mitstadt.ui.parts import Link
from mitstadt.ui.phases import running, still_open


@dataclass(frozen=True)
class Way:
    """One way to take part: a drawing's name, what it is called, where it leads, and a sentence."""

    icon: str
    title: str
    href: str
    text: str
    is_online: bool = False
    """Whether it is the way straight into a part, here and now."""
    call: str = ""
    """The deed, as the one button of the page says it."""


def ways_to_take_part(process: Process, *, now: datetime) -> list[Way]:
    """The ways of all parts that are open or still to come, and those that are always there."""
    if process.stage == RoomStage.CLOSED:
        return []
    parts = [part for part, phases in _by_part(process) if any(phase.closes_at > now for phase in phases)]
    ways = [way for part in parts for way in _of_part(part, alone=len(parts) == 1, now=now)]
    return [*ways, *_by_word(process, parts)] if parts else []


def main_way(ways: list[Way]) -> Way | None:
    """The one thing to do here: the way into the only open part, else the choice between several."""
    online = [way for way in ways if way.is_online]
    if len(online) > 1:
        return Way("", _("Jetzt mitmachen"), "#wege", "", call=_("Jetzt mitmachen"))
    return online[0] if online else None


def _by_part(process: Process) -> list[tuple[Part, list[Phase]]]:
    """The parts that people can see, each with its phases: by their first beginning."""
    found: dict[int, tuple[Part, list[Phase]]] = {}
    for phase in phases_to_show(process):
        found.setdefault(phase.part_id, (phase.part, []))[1].append(phase)
    return list(found.values())


def _of_part(part: Part, *, alone: bool, now: datetime) -> list[Way]:
    """How people take part there now; several parts are told apart by their titles."""
    declared = formats.format_of(part)
    if declared is None:
        return []
    phase = phase_to_show(part, now=now)
    if phase is None or not phase.is_open(now):
        text = _("Es beginnt am %(day)s.") % {"day": day(phase.opens_at)} if phase else ""
        return [Way(declared.icon, part.title, "", text)]
    name = str(declared.name) if alone else f"{declared.name}: {part.title}"
    if running(part, Deed.CONTRIBUTE, now=now) is None:
        text = still_open(part, now=now)
        return [
            Way(declared.icon, name, declared.take_part(part), text, is_online=True, call=_("Lesen und unterstützen"))
        ]
    on_paper = _("Auf Papier") if alone else _("Auf Papier: %(part)s") % {"part": part.title}
    paper = _("Drucken Sie den Bogen aus, oder holen Sie ihn vor Ort. Er zählt wie jeder andere Beitrag.")
    return [
        Way(
            declared.icon,
            name,
            declared.take_part(part),
            str(declared.summary),
            is_online=True,
            call=str(declared.call or declared.name),
        ),
        Way("paper", on_paper, declared.paper_form(part), paper),
    ]


def _by_word(process: Process, parts: list[Part]) -> list[Way]:
    ways = []
    # Whoever has a code alone cannot read what is internal.
    if not process.is_internal and any(part.access != Access.ACCOUNT for part in parts):
        text = _("Sie haben einen Code auf Papier? Er gibt Ihnen alle Rechte, ohne Namen und Adresse.")
        ways.append(Way("code", _("Mit Teilnahmecode"), reverse("code"), text))
    if words := contact_of(process.host).in_a_line:
        ways.append(Way("phone", _("Am Telefon und vor Ort"), "#kontakt", words))
    return ways


def work_links(process: Process, *, actor: Actor, now: datetime) -> list[Link]:
    """For people who work on this process: the pages they need. Strangers get none."""
    if not actor.works_on(process):
        return []
    links = []
    if permit(actor, Deed.SEE_DASHBOARD, process, now=now):
        links.append(Link(label=_("Leitung"), href=reverse("host", args=[process.ref])))
    parts = [part for part, _phases in _by_part(process)]
    if permit_any(actor, Deed.ENTER_FOR_OTHERS, [part for part in parts if formats.desk_of(part)], now=now):
        links.append(Link(label=_("Bögen erfassen"), href=reverse("desk_process", args=[process.ref])))
    if permit(actor, Deed.MODERATE, process, now=now):
        links.append(Link(label=_("Moderation"), href=reverse("moderation")))
    if permit(actor, Deed.ANSWER, process, now=now):
        at_work = [(part, declared) for part in parts if (declared := formats.format_of(part))]
        links.extend(_work(part, declared, alone=len(at_work) == 1) for part, declared in at_work)
    return links


def _work(part: Part, declared: formats.Format, *, alone: bool) -> Link:
    """Where the people of a part work; several parts are told apart by their titles."""
    label = str(declared.work_label) if alone else f"{declared.work_label}: {part.title}"
    return Link(label=label, href=declared.work(part))


def result_links(process: Process, *, now: datetime) -> list[Link]:
    """All that was said, as a list to narrow, and the result page of each part that has begun."""
    pages = [
        Link(label=_("Alle Beiträge und Antworten: %(part)s") % {"part": part.title}, href=declared.results(part))
        for part, phases in _by_part(process)
        if phases[0].opens_at <= now and (declared := formats.format_of(part))
    ]
    said = Link(label=_("Alle Beiträge, nach Antwort, Art und Thema"), href=reverse("said", args=[process.ref]))
    return [said, *pages] if pages else []
