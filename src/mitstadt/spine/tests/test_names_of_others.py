"""A name that came to look like that of an office: its bearer keeps it, is told, and readers see the difference."""

import pytest
from django.core import mail

from cast import NOW, office, person, with_role
from mitstadt.ground.organisations.models import OrganisationKind, Role
from mitstadt.ground.people.models import AccountEvent, DigestRhythm, EventKind, Person
from mitstadt.spine.actions.accounts import Settings, change_settings
from mitstadt.spine.actions.organisations import (
    OrganisationFacts,
    change_organisation,
    end_membership,
    found_organisation,
    give_membership,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return with_role(person("Robert"), Role.OWNER, office("Stadt Berlin", slug="berlin", runs_platform=True))


def found(name, leader):
    return found_organisation(OrganisationFacts(name, OrganisationKind.CIVIL_SOCIETY), actor=leader, now=NOW)


def again(someone: Person) -> Person:
    return Person.objects.get(pk=someone.pk)


def test_who_had_the_name_before_the_organisation_keeps_it_marked_and_is_told(leader):
    first = person("Radforum Nord")

    found("Rad-Forum Nord", leader)

    assert again(first).public_name == "Radforum Nord (privat)"
    assert [letter.to for letter in mail.outbox] == [[first.email]]
    assert "(privat)" in mail.outbox[0].body
    assert AccountEvent.objects.get(person=first).kind == EventKind.NAME_MARKED


def test_nobody_is_told_twice_and_others_not_at_all(leader):
    for name in ("Radforum Nord", "Anna Beispiel"):
        person(name)

    found("Radforum Nord", leader)
    found("Etwas anderes", leader)

    assert len(mail.outbox) == 1
    assert again(person("Anna Beispiel")).public_name == "Anna Beispiel"


def test_the_mark_goes_when_the_organisation_takes_another_name(leader):
    first, made = person("Radforum Nord"), found("Radforum Nord", leader)

    facts = OrganisationFacts("Fahrradverein Nord", OrganisationKind.CIVIL_SOCIETY)
    change_organisation(made, facts, actor=leader, now=NOW)

    assert again(first).public_name == "Radforum Nord"


def test_the_mark_goes_with_the_name(leader):
    first = person("Radforum Nord")
    found("Radforum Nord", leader)
    first = again(first)

    change_settings(first, Settings("Paul", "de", DigestRhythm.OFF), now=NOW)

    assert again(first).public_name == "Paul"


def test_people_of_the_organisation_may_be_called_like_it(leader):
    spokesman = person("Radforum Nord")
    made = found("Radforum Nord", leader)
    give_membership(made, actor=leader, email=spokesman.email, role=Role.CONTRIBUTOR, now=NOW)

    assert again(spokesman).public_name == "Radforum Nord"
    end_membership(made, actor=leader, email=spokesman.email, role=Role.CONTRIBUTOR, now=NOW)
    assert again(spokesman).public_name == "Radforum Nord (privat)"


def test_the_full_name_of_somebody_who_gets_a_task_is_marked_at_others(leader):
    official, other = person("Malik Osman"), person("Zweiter")
    Person.objects.filter(pk=other.pk).update(display_name="Mаlik Osman")

    give_membership(office(), actor=leader, email=official.email, role=Role.EDITOR, now=NOW)

    assert again(other).public_name.endswith("(privat)")
    assert again(official).public_name == "Malik Osman"
