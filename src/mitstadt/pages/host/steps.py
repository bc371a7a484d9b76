"""The questions that a host answers before a process opens: one a page, each with why we ask and a good example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.organisations.contact import contact_of
from mitstadt.spine import formats
from mitstadt.spine.actions.parts import is_ready
from mitstadt.spine.models import Part, Process, in_order
from mitstadt.spine.queries.dates import date_faults
from mitstadt.spine.queries.parts import parts_of
from mitstadt.spine.texts import sentence_for


@dataclass(frozen=True)
class Step:
    """One page of the guided form; `field` names the part of the commitment that it fills."""

    key: str
    title: str | Promise
    question: str | Promise
    why: str | Promise
    example: str | Promise = ""
    field: str = ""


STEPS: tuple[Step, ...] = (
    Step(
        "frage",
        _("Frage"),
        _("Welche Frage stellen Sie der Stadt?"),
        _("Die Frage ist die Überschrift. Wer sie liest, soll wissen, worum es geht, und Lust auf eine Antwort haben."),
        _("Wie soll der Leopoldplatz werden, damit sich dort alle gern aufhalten?"),
    ),
    Step(
        "gebiet",
        _("Gebiet"),
        _("Um welches Gebiet geht es?"),
        _("So finden die Menschen die Beteiligung, die dort wohnen, arbeiten oder zur Schule gehen."),
    ),
    Step(
        "offen",
        _("Was offen ist"),
        _("Was ist noch offen?"),
        _("Niemand gibt sich Mühe, wenn schon alles entschieden ist. Nennen Sie, worüber wirklich zu reden ist."),
        _("Offen ist, wo Wege, Bänke und Wasser liegen und wie der Platz nachts beleuchtet wird."),
        field="what_is_open",
    ),
    Step(
        "fest",
        _("Was feststeht"),
        _("Was steht schon fest?"),
        _("Was feststeht, enttäuscht nur, wenn man es verschweigt. Sagen Sie auch, warum es feststeht."),
        _("Die alten Bäume bleiben; sie sind geschützt. Der Marktplatz bleibt donnerstags frei für den Markt."),
        field="what_is_fixed",
    ),
    Step(
        "entscheidung",
        _("Wer entscheidet"),
        _("Wer entscheidet am Ende?"),
        _("Mitreden bereitet eine Entscheidung vor und ersetzt sie nicht. Alle sollen wissen, wer sie trifft."),
        field="decided_by_id",
    ),
    Step(
        "entscheidungstag",
        _("Wann entschieden wird"),
        _("Wann wird entschieden?"),
        _("Bei den Ergebnissen steht dann: „Empfehlung an …“, und an welchem Tag dort entschieden wird."),
        field="decides_on",
    ),
    Step(
        "entscheidung-dazu",
        _("Was dazugehört"),
        _("Gehört zur Entscheidung noch etwas dazu?"),
        _("Wer vorher berät oder zustimmen muss. Lassen Sie es leer, wenn nichts dazugehört."),
        _("Vorher berät der Ausschuss für Stadtentwicklung."),
        field="who_decides",
    ),
    Step(
        "mitsprache",
        _("Wie weit"),
        _("Wie weit bestimmen die Menschen mit?"),
        _("Wählen Sie die Stufe, die Sie halten. Ehrliche Mitsprache ist mehr als leere Mitentscheidung."),
        field="level",
    ),
    Step(
        "verwendung",
        _("Was daraus wird"),
        _("Was geschieht mit den Ergebnissen?"),
        _("Sagen Sie, in welches Papier, welchen Plan oder welchen Beschluss die Beiträge eingehen."),
        _("Jeder Beitrag bekommt eine Antwort. Die zweite Fassung geht als Vorlage in den Ausschuss."),
        field="use_of_results",
    ),
    Step(
        "antwort",
        _("Antwort bis"),
        _("Bis wann haben alle eine Antwort?"),
        _("Dieses Datum steht öffentlich auf der Tafel der Zusagen. Wählen Sie eines, das Sie halten können."),
        _("Vier bis acht Wochen nach dem letzten Tag zum Mitmachen sind üblich."),
        field="answer_by",
    ),
    Step(
        "geld",
        _("Geld"),
        _("Welches Geld ist da?"),
        _("Auch „noch keines“ ist eine Antwort. Dann wissen alle, woran sie sind."),
        _("400.000 Euro aus dem Haushalt 2028. Für den Betrieb danach ist noch nichts eingeplant."),
        field="money",
    ),
    Step(
        "phase",
        _("Zeit und Weg"),
        _("Wann und auf welchem Weg machen die Menschen mit?"),
        _("Vier bis sechs Wochen sind gut. Ferien und Feiertage zählen kaum."),
    ),
    Step(
        "zugang",
        _("Wer mitmacht"),
        _("Was braucht man, um mitzumachen?"),
        _("Je weniger, desto mehr Menschen kommen zu Wort. Papierbögen zählen in jedem Fall."),
    ),
    Step(
        "umgang",
        _("Umgang"),
        _("Wie achten wir auf den Umgang?"),
        _("Wer ausblendet, nennt immer Regel und Grund, und die Person kann widersprechen."),
    ),
    Step(
        "sichtbarkeit",
        _("Wer es liest"),
        _("Wer darf diese Beteiligung lesen?"),
        _("Fast immer: alle. Nur was Ämter unter sich klären, bleibt bei den Stellen, die Sie nennen."),
    ),
    Step(
        "inhalt",
        _("Was vorliegt"),
        _("Worüber wird gesprochen?"),
        _("Was besprochen wird, liegt bereit, bevor sie öffnet."),
    ),
)
BY_KEY = {step.key: step for step in STEPS}
BY_FIELD = {step.field: step for step in STEPS if step.field}


def missing_steps(process: Process) -> list[Step]:
    """The questions that are still without an answer, in their order."""
    empty = set(_empty_keys(process))
    return [step for step in STEPS if step.key in empty]


def _empty_keys(process: Process) -> Iterator[str]:
    if not process.title.strip() or not process.body.strip():
        yield "frage"
    yield from (BY_FIELD[field].key for field in process.commitment.missing_fields)
    parts = parts_of(process)
    if not parts:
        yield "phase"
    if any(not is_ready(part) for part in parts):
        yield "inhalt"


@dataclass(frozen=True)
class Prepared:
    """A part that its host makes ready on a page of its own: whether it is, and what the way there is called."""

    part: Part
    is_ready: bool
    href: str
    label: str | Promise


def preparations(process: Process) -> list[Prepared]:
    """The parts of a process whose format wants something made ready."""
    return [
        Prepared(part, ready, asked.address(part), asked.change if ready else asked.begin)
        for part in parts_of(process)
        if (declared := formats.format_of(part)) and (asked := declared.prepare)
        for ready in [is_ready(part)]
    ]


def clashes(process: Process, step: Step, *, now: datetime) -> list[str]:
    """What does not fit in the days that were planned, as far as it can be mended with this question."""
    if step.key == "antwort":
        return [fault.sentence for fault in date_faults(process, now=now) if fault.reason != "phases_over"]
    first = next(iter(in_order(process.phases.all())), None) if step.key == "phase" else None
    return [fault.sentence for fault in date_faults(process, now=now) if fault.phase == first] if first else []


def all_clashes(process: Process, *, now: datetime) -> list[tuple[str, str]]:
    """Every fault in the days and in how to reach the host, with the page on which it can be mended."""
    first = next(iter(in_order(process.phases.all())), None)
    found = []
    for fault in date_faults(process, now=now):
        if fault.reason == "phases_over" and fault.phase is not None and fault.phase != first:
            href = reverse("host_part", args=[fault.phase.part.ref])
        else:
            step = BY_KEY["phase" if fault.reason == "phases_over" else "antwort"]
            href = f"{step_address(process, step)}?dann=pruefen"
        found.append((fault.sentence, href))
    return [*found, *_contact_fault(process)]


def _contact_fault(process: Process) -> Iterator[tuple[str, str]]:
    """Whoever asks the city can be asked back: what is missing for that, where those who lead the office write it."""
    if missing := contact_of(process.host).missing:
        sentence = sentence_for("contact_incomplete", contact=", ".join(missing))
        yield sentence, reverse("organisation_facts", args=[process.host.slug])


def step_address(process: Process, step: Step) -> str:
    """Where a question is asked."""
    return reverse("host_step", args=[process.ref, step.key])


def address_after(process: Process, step: Step) -> str:
    """The next question, or the check of all answers after the last."""
    place = STEPS.index(step) + 1
    return step_address(process, STEPS[place]) if place < len(STEPS) else reverse("host_check", args=[process.ref])
