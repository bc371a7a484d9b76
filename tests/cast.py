"""The cast of all tests, and the small city they live in: plain functions with defaults.

Ayşe moderates, Jörg lives in Mitte, Linh has no account, Frau Krüger enters paper forms at the desk, Malik works in the
Bezirksamt and leads its processes, together with Petra, Ida is blind and uses a screen reader.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from mitstadt.ground.organisations.contact import Contact, columns_of
from mitstadt.ground.organisations.models import (
    Article,
    Level,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    StepFree,
)
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions import processes
from mitstadt.spine.actions.amendments import amend, confirm
from mitstadt.spine.actions.outcomes import Outcome
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.amending import SHORTEN, Amending
from mitstadt.spine.models import Amendment, ParticipationLevel, Process, Room
from mitstadt.spine.queries.shortening import ending_at

NOW = datetime(2027, 5, 4, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DECIDED_ON = NOW.date() - timedelta(days=30)
AFTER_THE_PHASE = NOW + timedelta(days=60)


# How every office of the tests is reached.
REACHED = Contact(
    person="Malik Haddad",
    street="Müllerstraße 146, 13353 Berlin",
    phone="030 23125 101",
    mail="beteiligung@example.org",
    hours="montags 9 bis 12 Uhr",
    step_free=StepFree.YES.value,
)


def person(name: str, **fields: Any) -> Person:
    """A person with an account."""
    address = f"{name.lower().encode('ascii', 'ignore').decode().replace(' ', '.')}@example.org"
    made = Person.objects.filter(email=address).first()
    return made or Person.objects.create_account(email=address, display_name=name, **fields)


def office(name: str = "Bezirksamt Mitte", slug: str = "ba-mitte", **fields: object) -> Organisation:
    """An office of the administration."""
    defaults = {"name": name, "kind": OrganisationKind.ADMINISTRATION, **columns_of(REACHED), **fields}
    return Organisation.objects.get_or_create(slug=slug, defaults=defaults)[0]


def assembly() -> Organisation:
    """The body that decides about what is asked in Mitte."""
    return office("BVV Mitte", "bvv-mitte", level=Level.DISTRICT_ASSEMBLY, article=Article.DIE)


def complete_commitment() -> dict[str, object]:
    """A promise with all that it needs."""
    return {
        "what_is_open": "Wie die Wege und Ruheorte liegen.",
        "what_is_fixed": "Die alten Bäume bleiben.",
        "decided_by_id": assembly().slug,
        "level": ParticipationLevel.COOPERATE,
        "use_of_results": "Jeder Beitrag wird beantwortet; der Text geht als Vorlage in den Ausschuss.",
        "answer_by": date(2027, 7, 1),
        "money": "400.000 Euro aus dem Haushalt 2028.",
    }


def outcome(sentence: str = "Der Platz bekommt Bänke und Wasser.", *, on: date = DECIDED_ON, **more: Any) -> Outcome:
    """What came of a process, as its host says it when it closes."""
    return Outcome(sentence, assembly(), on, **more)


def with_role(someone: Person, role: Role, organisation: Organisation | None = None) -> Actor:
    """The person as an actor who has this role in the organisation."""
    Membership.objects.get_or_create(person=someone, organisation=organisation or office(), role=role)
    return actor_for(someone)


def jörg() -> Actor:
    """Lives in Mitte and has an account."""
    return actor_for(person("Jörg"))


def ida() -> Actor:
    """Is blind, uses a screen reader, has an account."""
    return actor_for(person("Ida"))


def ayşe() -> Actor:
    """Moderates."""
    return with_role(person("Ayşe"), Role.MODERATOR)


def krüger() -> Actor:
    """Enters paper forms at the desk."""
    return with_role(person("Frau Krüger"), Role.DESK_CLERK)


def malik() -> Actor:
    """Works in the Bezirksamt and leads its processes."""
    return with_role(person("Malik"), Role.OWNER)


def petra() -> Actor:
    """Leads the processes of the Bezirksamt with Malik: what takes two, takes her."""
    return with_role(person("Petra"), Role.OWNER)


def changed_by_two(
    process: Room, way: Amending, *, after: dict[str, Any], reason: str = "So ist es richtig.", now: datetime = NOW
) -> Amendment:
    """What Malik proposes and Petra confirms."""
    return confirm(amend(process, way, actor=malik(), after=after, reason=reason, now=now), actor=petra(), now=now)


def time_ends(process: Room, *, now: datetime = NOW) -> None:
    """Nobody takes part any more from now on: Malik proposes it, and Petra confirms it."""
    if phases := ending_at(process, now, now=now):
        changed_by_two(process, SHORTEN, after={"phases": phases}, reason="Es ist alles gesagt.", now=now)


def closed_early(process: Process, *, said: Outcome | None = None, now: datetime = NOW) -> Process:
    """A process whose time two people shortened, and which Malik then closed."""
    time_ends(process, now=now)
    return processes.close_process(process, actor=malik(), outcome=said or outcome(), now=now)


def prepared_process(
    title: str = "Wie soll der Leopoldplatz werden?",
    *,
    host: Organisation | None = None,
) -> Process:
    """A process in preparation, with a complete commitment and no phase yet."""
    host = host or office()
    owner = with_role(person("Malik"), Role.OWNER, host)
    process = processes.prepare_process(
        host=host, actor=owner, title=title, body="Worum es geht.", now=NOW - timedelta(days=10)
    )
    processes.write_commitment(process, actor=owner, fields=complete_commitment(), now=NOW - timedelta(days=10))
    return process
