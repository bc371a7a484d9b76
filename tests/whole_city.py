"""A small city in which every kind of address has something to show, and in which secrets are planted.

An open process of the Bezirksamt Mitte, an open one of the Bezirksamt Pankow, one of Mitte that is still in
preparation, and one of Mitte that only named offices read. What is done in them is brought by the slices: the module
``tests.city`` of each (see `slices`). Every word that no stranger may read carries a canary, a made-up word that
a search for it finds at once.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings

from cast import NOW, ayşe, complete_commitment, jörg, krüger, malik, office, person, with_role
from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.site.slices import folder_of
from mitstadt.spine.actions import codes, processes
from mitstadt.spine.actions.rooms import show_to
from mitstadt.spine.actors import GUEST, Actor
from mitstadt.spine.models import Channel, Pause, Process, RoleInvitation, RoomRole, Visibility
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
    # A process of Mitte that only the fire brigade reads beside it.
    internal: Process
    codes: dict[str, str] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    planted: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    # Rows that addresses name by their key.
    keys: dict[str, int] = field(default_factory=dict)

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
        own = {
            "process": self.process.ref,
            "other": self.other.ref,
            "draft": self.draft.ref,
            "internal": self.internal.ref,
        }
        keys = {name: str(key) for name, key in self.keys.items()}
        things = {name: thing.ref for name, thing in self.things.items()}
        return {**own, **keys, "host": self.process.host.slug, **things}


class Part(Protocol):
    """What a slice brings into the city."""

    def plan(self, city: WholeCity, *, mitte: Actor, pankow: Actor) -> None:
        """Plan its phases in the four processes, before any opens."""

    def fill(self, city: WholeCity, *, by_code: Actor) -> None:
        """Let people take part in the open processes, and name what came of it in ``city.things``."""


def slices() -> list[Part]:
    """The parts of all installed slices whose tests bring one."""
    named = [name for name in settings.SLICES if (folder_of(name) / "tests" / "city.py").exists()]
    return [importlib.import_module(f"{name}.tests.city") for name in sorted(named)]


def build() -> WholeCity:
    """The whole city, through the same actions that people use."""
    owner, pankow_owner = malik(), with_role(person("Svenja"), Role.OWNER, office("Bezirksamt Pankow", "ba-pankow"))
    people = _people(owner, pankow_owner)
    city = WholeCity(
        people=people,
        process=prepared(office(), owner, "Wie soll der Leopoldplatz werden?"),
        other=prepared(office("Bezirksamt Pankow", "ba-pankow"), pankow_owner, "Wie grün soll Pankow werden?"),
        draft=prepared(office(), owner, f"Frage {canary('entwurftitel')}", body=canary("entwurfkörper")),
        internal=prepared(office(), owner, f"Wo fahren Löschwagen? {canary('internfrage')}"),
        planted=[canary(what) for what in ("entwurftitel", "entwurfkörper", "entwurfzusage", "internfrage")],
    )
    readers = [office("Berliner Feuerwehr", "feuerwehr")]
    show_to(city.internal, Visibility.INTERNAL, readers, actor=owner, now=THEN)
    city.internal = Process.objects.get(pk=city.internal.pk)
    processes.write_commitment(
        city.draft, actor=owner, fields={**complete_commitment(), "what_is_open": canary("entwurfzusage")}, now=THEN
    )
    parts = slices()
    for part in parts:
        part.plan(city, mitte=owner, pankow=pankow_owner)
    city.process = _opened(city.process, owner)
    city.other = _opened(city.other, pankow_owner)
    city.internal = _opened(city.internal, owner)
    by_code = _give_codes(city, owner)
    for part in parts:
        part.fill(city, by_code=by_code)
    city.things["run"] = computed_run(city.process, now=NOW)
    _give_tasks(city)
    return city


def _give_tasks(city: WholeCity) -> None:
    """A role in one room, somebody who is invited, and somebody who is paused for a reason that no stranger reads."""
    mitte, someone = city.process.host, person("Pia")
    role = RoomRole.objects.create(room=city.process, person=someone, role=Role.CONTRIBUTOR)
    invited = RoleInvitation.objects.create(
        organisation=mitte,
        email=f"{city.plant('eingeladen')}@example.org",
        role=Role.EDITOR,
        digest="0" * 64,
        invited_at=NOW,
        expires_at=NOW + timedelta(days=14),
    )
    paused = Pause.objects.create(
        person=someone, organisation=mitte, reason=city.plant("pausengrund"), begun_at=NOW, begun_by=city.people["ayse"]
    )
    Person.objects.filter(pk=someone.pk).update(is_paused=True)
    city.keys = {
        "room_role": role.pk,
        "role_invitation": invited.pk,
        "pause": paused.pk,
        "membership": Membership.objects.get(person=city.people["ayse"]).pk,
        "person": city.people["joerg"].pk,
    }


def prepared(host: Organisation, owner: Actor, title: str, *, body: str = "Worum es geht.") -> Process:
    """A process in preparation, with a complete commitment."""
    process = processes.prepare_process(host=host, actor=owner, title=title, body=body, now=THEN)
    processes.write_commitment(process, actor=owner, fields=complete_commitment(), now=THEN)
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
        # No column of the tables: who reads the internal process.
        "reader": with_role(person("Elif"), Role.CASE_OFFICER, office("Berliner Feuerwehr", "feuerwehr")).person,
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
