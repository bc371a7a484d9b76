"""The organisations and people of the demo city, and the many who take part with a code alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from mitstadt.ground.areas.models import Area
from mitstadt.ground.areas.queries import area_by_official_id
from mitstadt.ground.organisations.contact import Contact, columns_of
from mitstadt.ground.organisations.models import Membership, Organisation
from mitstadt.ground.people.models import Person
from mitstadt.site.demo.reading import City, OrganisationFacts, PersonFacts
from mitstadt.spine.actors import Actor, actor_for

SCHEME = "berlin-lor-2021"
# A domain that can never exist: no mail of the demo reaches anyone.
MAIL_DOMAIN = "demo.invalid"
# Paper, phone and desk are typed in by the clerk; what is said at a stand or in a workshop, by the facilitator.
ENTERED_BY = {
    **dict.fromkeys(("paper", "phone", "desk"), "krueger"),
    **dict.fromkeys(("stand", "workshop", "school"), "tomasz"),
}


class Residents:
    """Everyone in the city, found by the key that the files use."""

    def __init__(self, city: City, *, today: date) -> None:
        self._today = today
        self.organisations = {facts.slug: self._organisation(facts) for facts in city.organisations}
        self._people = {facts.key: self._person(facts) for facts in city.people if facts.account}
        self._actors = {key: actor_for(person) for key, person in self._people.items()}
        self._names = {facts.key: facts.name for facts in city.people}
        self.without_account = {facts.key for facts in city.people if not facts.account}
        # Those who act for nobody else: they support, follow and discuss.
        self.neighbours = tuple(facts.key for facts in city.people if facts.account and not facts.roles)

    def area(self, official_id: str) -> Area:
        """The area with this official id."""
        found = area_by_official_id(official_id, scheme=SCHEME, on=self._today)
        if found is None:
            raise LookupError(f"No area {official_id} is loaded.")
        return found

    def actor(self, key: str) -> Actor:
        """Someone with an account, with all their roles."""
        return self._actors[key]

    def name(self, key: str) -> str:
        """The name by which someone of the cast wants to be shown."""
        return self._names[key]

    def _organisation(self, facts: OrganisationFacts) -> Organisation:
        return Organisation.objects.create(
            slug=facts.slug,
            name=facts.name,
            kind=facts.kind,
            area=self.area(facts.area),
            level=facts.level,
            article=facts.article,
            **columns_of(Contact(**facts.reach, more=facts.contact)),
            runs_platform=facts.runs_platform,
        )

    def _person(self, facts: PersonFacts) -> Person:
        person = Person.objects.create_account(email=f"{facts.key}@{MAIL_DOMAIN}", display_name=facts.name)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if facts.language:
            person.language = facts.language
            person.save(update_fields=["language"])
        Membership.objects.bulk_create(
            [Membership(person=person, organisation=self.organisations[slug], role=role) for slug, role in facts.roles]
        )
        return person


class Calendar:
    """Days of one story as moments: people act between breakfast and bedtime."""

    def __init__(self, *, now: datetime, opened_days_ago: int, rng: random.Random) -> None:
        self._now = now
        self._opened = timezone.localtime(now).date() - timedelta(days=opened_days_ago)
        self._rng = rng

    def date(self, day: int) -> date:
        """The date of a day since the opening."""
        return self._opened + timedelta(days=day)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment of that day."""
        midnight = datetime.combine(self.date(day), datetime.min.time(), timezone.get_current_timezone())
        return midnight + timedelta(hours=hour, minutes=minute)

    def some_time(self, day: int, *, earliest: int = 8, latest: int = 22) -> datetime:
        """A moment of that day when someone is awake."""
        return self.at(day, self._rng.randrange(earliest, latest), self._rng.randrange(60))

    def soon_after(self, when: datetime, *, days: float) -> datetime:
        """A moment in the days after, sooner rather than later, and in daylight."""
        later = when + timedelta(
            days=min(self._rng.expovariate(1 / days), days * 5), minutes=self._rng.randrange(5, 90)
        )
        local = timezone.localtime(later)
        return later + timedelta(hours=8) if local.hour < 7 else later


def office_hours(calendar: Calendar, day: int, *, place: int) -> datetime:
    """A moment when an office works; the place of a deed among those of a day keeps them in order."""
    return calendar.at(day, 9, 5 + 7 * place % 400)


def sample(keys: Sequence[str], size: int, rng: random.Random) -> list[str]:
    """So many different ones, or all there are."""
    return rng.sample(list(keys), min(size, len(keys)))
