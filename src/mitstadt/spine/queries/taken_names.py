"""Names that nobody else may borrow now: of organisations, and of people who work for them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from mitstadt.ground.organisations.models import Membership, Organisation, Role
from mitstadt.ground.people.models import Person
from mitstadt.ground.people.names import TakenNames
from mitstadt.spine.models import RoomRole


def taken_names(*, but: Person | None = None) -> TakenNames:
    """All of them, but the person's own."""
    people = people_with_a_task()
    if but is not None:
        people = people.exclude(pk=but.pk)
    return TakenNames(
        offices=Organisation.objects.values_list("name", flat=True),
        people=people.values_list("display_name", flat=True),
    )


def people_with_a_task() -> QuerySet[Person]:
    """Everybody who does more for an organisation or a room than speak for it."""
    tasks = [
        Exists(rows.filter(person=OuterRef("pk")).exclude(role=Role.CONTRIBUTOR))
        for rows in (Membership.objects, RoomRole.objects)
    ]
    return Person.objects.filter(tasks[0] | tasks[1], is_active=True)


def people_who_may_be_mistaken() -> QuerySet[Person]:
    """Everybody with a name who belongs to no organisation and has no task."""
    bound = [Exists(rows.filter(person=OuterRef("pk"))) for rows in (Membership.objects, RoomRole.objects)]
    return Person.objects.filter(~bound[0], ~bound[1], is_active=True).exclude(display_name="")
