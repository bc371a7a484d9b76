"""A small city in which every kind of address has something to show, and in which secrets are planted.

An open process of the Bezirksamt Mitte, an open one of the Bezirksamt Pankow, and one of Mitte that is still in
preparation. What is done in them is brought by the slices: the module ``tests.city`` of each (see `slices`). Every word
that may not be read by a stranger carries a canary, a made-up word that a search for it finds at once.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import mitstadt.participation
from cast import COMPLETE_COMMITMENT, NOW, ayşe, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions import codes, processes
from mitstadt.spine.actors import GUEST, Actor
from mitstadt.spine.models import Channel, Process
from trial_runs import computed_run

THEN = NOW - timedelta(days=10)


def canary(what: str) -> str:
    """A word that stands nowhere else."""
    return f"Kanarienzwitscher{what}"


@dataclass
class WholeCity:
    """Who lives here, the processes, and by its name each record that a slice wants to be looked at."""

    people: dict[str, Person]
    process: Process
    other: Process
    draft: Process
    codes: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    planted: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        things = self.__dict__.get("things", {})
        if name not in things:
            raise AttributeError(f"No slice brought “{name}”. There are: {', '.join(things)}.")
        return things[name]

    def plant(self, what: str) -> str:
        """A word that stands nowhere else and that no stranger may read."""
        self.planted.append(canary(what))
        return self.planted[-1]

    @property
    def secrets(self) -> list[str]:
        """What no stranger may read: planted words, addresses of people, codes."""
        addresses = [someone.email for someone in self.people.values() if someone.email]
        return [*self.planted, *addresses, *self.codes.values()]

    @property
    def refs(self) -> dict[str, str]:
        """What addresses are made of, by name."""
        own = {"process": self.process.ref, "other": self.other.ref, "draft": self.draft.ref}
        return {**own, "host": self.process.host.slug, **{name: thing.ref for name, thing in self.things.items()}}


class Part(Protocol):
    """What a slice brings into the city."""

    def plan(self, city: WholeCity, *, mitte: Actor, pankow: Actor) -> None:
        """Plan its phases in the three processes, before any opens."""

    def fill(self, city: WholeCity, *, by_code: Actor) -> None:
        """Let people take part in the open processes, and name what came of it in ``city.things``."""


def slices() -> list[Part]:
    """The parts of all slices whose tests bring one, found by their folder."""
    folder = Path(mitstadt.participation.__file__).parent
    names = sorted(file.parents[1].name for file in folder.glob("*/tests/city.py"))
    return [importlib.import_module(f"mitstadt.participation.{name}.tests.city") for name in names]


def build() -> WholeCity:
    """The whole city, through the same actions that people use."""
    owner, pankow_owner = malik(), with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))
    people = _people(owner, pankow_owner)
    city = WholeCity(
        people=people,
        process=prepared(office(), owner, "Wie soll der Leopoldplatz werden?"),
        other=prepared(office("Bezirksamt Pankow", "ba-pankow"), pankow_owner, "Wie grün soll Pankow werden?"),
        draft=prepared(office(), owner, f"Frage {canary('entwurftitel')}", body=canary("entwurfkörper")),
        planted=[canary(what) for what in ("entwurftitel", "entwurfkörper", "entwurfzusage")],
    )
    processes.write_commitment(
        city.draft, actor=owner, fields={**COMPLETE_COMMITMENT, "what_is_open": canary("entwurfzusage")}, now=THEN
    )
    parts = slices()
    for part in parts:
        part.plan(city, mitte=owner, pankow=pankow_owner)
    city.process = _opened(city.process, owner)
    city.other = _opened(city.other, pankow_owner)
    by_code = _give_codes(city, owner)
    for part in parts:
        part.fill(city, by_code=by_code)
    city.things["run"] = computed_run(city.process, now=NOW)
    return city


def prepared(host: Organisation, owner: Actor, title: str, *, body: str = "Worum es geht.") -> Process:
    """A process in preparation, with a complete commitment."""
    process = processes.prepare_process(host=host, actor=owner, title=title, body=body, now=THEN)
    processes.write_commitment(process, actor=owner, fields=COMPLETE_COMMITMENT, now=THEN)
    return process


def _people(owner: Actor, pankow_owner: Actor) -> dict[str, Person]:
    platform = office("Senatskanzlei", "skzl", runs_platform=True)
    return {
        "joerg": jörg().person,
        "ayse": ayşe().person,
        "krueger": krüger().person,
        "editor": with_role(person("Bela"), Role.EDITOR).person,
        "malik": owner.person,
        "pankow": pankow_owner.person,
        "platform": with_role(person("Noor"), Role.MODERATOR, platform).person,
        "leader": with_role(person("Robert"), Role.OWNER, platform).person,
    }


def _opened(process: Process, owner: Actor) -> Process:
    processes.open_process(process, actor=owner, now=NOW - timedelta(days=2))
    return Process.objects.select_related("host").get(pk=process.pk)


def _give_codes(city: WholeCity, owner: Actor) -> Actor:
    """One code for each open process, in use, and one that nobody used."""
    by_code, city.codes["code"] = codes.participant(GUEST, city.process, now=NOW)
    by_other_code, _secret = codes.participant(GUEST, city.other, now=NOW)
    city.people |= {"code": by_code.person, "other_code": by_other_code.person}
    city.codes["unused"] = codes.issue_codes(city.process, actor=owner, count=1, channel=Channel.PAPER, now=NOW)[0]
    return by_code
