"""The one place that knows whose a record is. Every page, permit, download and erasure asks here.

A record has a first author and perhaps further ones who confirmed that they wrote it too. All of them read it in every
state, appeal, and take part in what is done with it. Nobody withdraws or erases it over the heads of the others: who
leaves takes their own name and link away, and whoever is the last may withdraw or erase the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.people.models import Person
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Authorship, Record


def shown_name(office: Organisation | None, person: Person | None) -> str:
    """Who said it, as the city shows it: the office, or the name that the person chose; else nobody by name."""
    if office:
        return office.name
    return (person.public_name if person else "") or gettext("jemand ohne Namen")


def authored_by(person: Person, prefix: str = "") -> Q:
    """What this person wrote, alone or with others, among rows that something else narrows already.

    `prefix` leads from another table to the record ("record__"). To list all that a person wrote, ask `written_by`.
    """
    shared = Authorship.objects.filter(person=person, confirmed_at__isnull=False).values("record_id")
    return Q(**{f"{prefix}author": person}) | Q(**{f"{prefix}pk__in": shared})


def written_by(person: Person) -> Q:
    """The same for all records of the city: the keys of what was written with others are named, one query for them.

    So the database finds the rows by its indexes; behind an “or” it would go through every record for a subquery.
    """
    shared = Authorship.objects.filter(person=person, confirmed_at__isnull=False)
    keys = list(shared.values_list("record_id", flat=True))
    return Q(author=person) | Q(pk__in=keys) if keys else Q(author=person)


def is_author(actor: Actor, record: Record) -> bool:
    """Whether the actor wrote it, alone or with others; no query for the first author and for guests."""
    if actor.person is None:
        return False
    if record.author_id == actor.person.pk:
        return True
    return bool(record.further_authors) and authorship_of(actor, record) is not None


def is_named_at(actor: Actor, record: Record) -> bool:
    """Whether words of the actor stand in it: as an author, or brought in by merging and named by their ref."""
    if actor.person is None:
        return False
    if record.author_id == actor.person.pk:
        return True
    return Authorship.objects.filter(record_id=record.pk, person=actor.person).exists()


def authored_among(records: Collection[Record], *, actor: Actor) -> frozenset[int]:
    """The keys of those records that the actor wrote, alone or with others; no query where nobody wrote together."""
    if actor.person is None:
        return frozenset()
    first = {record.pk for record in records if record.author_id == actor.person.pk}
    shared = [record.pk for record in records if record.further_authors]
    if shared:
        confirmed = Authorship.objects.filter(person=actor.person, confirmed_at__isnull=False, record_id__in=shared)
        first.update(confirmed.values_list("record_id", flat=True))
    return frozenset(first)


def authorship_of(actor: Actor, record: Record) -> Authorship | None:
    """The row by which the actor is a further author."""
    confirmed = Authorship.objects.filter(record_id=record.pk, confirmed_at__isnull=False)
    return confirmed.filter(person=actor.person).first() if actor.person else None


def has_other_authors(actor: Actor, record: Record) -> bool:
    """Whether words would stay with somebody else if the actor left."""
    if actor.person is None or not record.further_authors:
        return False
    if record.author_id not in {None, actor.person.pk}:
        return True
    confirmed = Authorship.objects.filter(record_id=record.pk, confirmed_at__isnull=False)
    return confirmed.exclude(person=actor.person).exists()


def authors_of(record: Record) -> list[int]:
    """The people who wrote a record, in their order."""
    further = Authorship.objects.filter(record_id=record.pk, confirmed_at__isnull=False, person__isnull=False)
    keys = further.order_by("position").values_list("person_id", flat=True)
    return [key for key in (record.author_id, *keys) if key is not None]


def names_of_authors(record: Record) -> list[str]:
    """The names of the people who wrote a record, where they have one."""
    people = Person.objects.filter(pk__in=authors_of(record)).exclude(display_name="")
    return list(people.values_list("display_name", flat=True))


def fetch_further_authors(records: Iterable[Record]) -> None:
    """Load the further authors of those records that have some: no query where there are none, else one for all."""
    shared = [record for record in records if record.further_authors]
    if shared:
        rows = Authorship.objects.select_related("person", "organisation", "origin").order_by("position")
        prefetch_related_objects(shared, Prefetch("authorships", queryset=rows))
