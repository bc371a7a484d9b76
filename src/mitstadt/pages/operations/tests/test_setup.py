"""What must hold so that a city can be run: the list of the first day and the doctor tell the same."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail.backends import smtp
from django.urls import reverse

from cast import person
from mitstadt.ground import clock, conditions
from mitstadt.ground.conditions import Condition, Finding, Verdict, answers
from mitstadt.ground.organisations.models import Membership, Organisation, OrganisationKind, Role
from mitstadt.ground.people.models import Person
from mitstadt.ground.tasks.models import Worker
from mitstadt.spine.actions.organisations import OrganisationFacts, found_platform
from mitstadt.spine.models import Act, CityCheck

pytestmark = pytest.mark.django_db


def _founded():
    leader = person("Robert Anders")
    facts = OrganisationFacts("Stadt Köln", OrganisationKind.ADMINISTRATION)
    return leader, found_platform(facts, leader=leader, now=clock.now())


def _verdicts(*, ask_others: bool = False) -> dict[str, Verdict]:
    return {one.condition.key: one.finding.verdict for one in answers(now=clock.now(), ask_others=ask_others)}


def test_a_new_city_lacks_an_imprint_a_second_leader_and_moderators():
    _founded()

    found = _verdicts()

    assert found["contact"] is Verdict.BAD
    assert found["leaders"] is Verdict.OPEN
    assert found["moderators"] is Verdict.OPEN


def test_each_is_fine_once_it_is_done():
    _leader, city = _founded()
    Organisation.objects.filter(pk=city.pk).update(contact_street="Rathausplatz 1", contact_mail="post@example.org")
    for name, role in (("Zweite", Role.OWNER), ("Dritte", Role.MODERATOR)):
        Membership.objects.create(organisation=city, person=person(name), role=role)
    now = clock.now()
    Worker.objects.create(pk="w", host="eins", started_at=now, seen_at=now)
    assert _verdicts()["leaders"] is Verdict.OPEN, "nobody knows yet whether the second one ever gets in"
    Person.objects.update(last_login=now)

    found = _verdicts()

    assert {found[key] for key in ("contact", "leaders", "moderators", "worker", "hosts")} == {Verdict.FINE}


def test_a_leader_whose_account_is_closed_leads_nobody():
    leader, _city = _founded()
    leader.is_active = False
    leader.save()

    assert _verdicts()["leaders"] is Verdict.BAD


def test_a_city_that_nobody_founded_says_how():
    found = {one.condition.key: one.finding for one in answers(now=clock.now(), ask_others=False)}

    assert found["contact"].verdict is Verdict.BAD
    assert "found_city" in str(found["contact"].step)


def test_a_worker_that_fell_silent_is_told():
    now = clock.now()
    Worker.objects.create(pk="w", host="eins", started_at=now, seen_at=now - timedelta(minutes=1))

    assert _verdicts()["worker"] is Verdict.BAD


def test_several_hosts_without_a_shared_cache_are_told():
    now = clock.now()
    for name in ("eins", "zwei"):
        Worker.objects.create(pk=name, host=name, started_at=now, seen_at=now)

    assert _verdicts()["hosts"] is Verdict.BAD


def test_a_clock_that_went_back_is_told():
    _founded()
    newest = Act.objects.latest("pk")

    found = answers(now=newest.at - timedelta(days=2), ask_others=False)

    assert {one.condition.key: one.finding.verdict for one in found}["clock"] is Verdict.BAD


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("https://mitstadt.example.org", Verdict.FINE),
        ("http://127.0.0.1:8000", Verdict.OPEN),
        ("http://[::1]:8000", Verdict.OPEN),
        ("http://mitstadt.example.org", Verdict.BAD),
    ],
)
def test_an_address_without_https_is_told(settings, address, verdict):
    settings.PUBLIC_URL, settings.SERVED_SECURELY, settings.DEMO = address, address.startswith("https"), False

    assert _verdicts()["address"] is verdict


def _backed_up(settings, *, age: timedelta, proved: timedelta | None = None, faults: int = 0) -> None:
    file = Path(settings.BACKUPS) / "city.zip"
    file.parent.mkdir(exist_ok=True)
    file.touch()
    now = clock.now()
    os.utime(file, ((now - age).timestamp(),) * 2)
    if proved is not None:
        CityCheck.objects.create(
            what=CityCheck.BACKUP, at=now - proved, subject=file.name, faults_total=faults, told=[]
        )


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_city_without_a_backup_is_told_how_to_make_one(settings):
    [found] = [one for one in answers(now=clock.now(), ask_others=False) if one.condition.key == "backup"]

    assert found.finding.verdict is Verdict.OPEN
    assert str(settings.BACKUPS) in str(found.finding.step)


@pytest.mark.parametrize(
    ("age", "proved", "faults", "verdict"),
    [
        (2 * DAY - HOUR, 13 * DAY, 0, Verdict.FINE),
        (2 * DAY + HOUR, HOUR, 0, Verdict.BAD),
        (HOUR, None, 0, Verdict.BAD),
        (HOUR, 15 * DAY, 0, Verdict.BAD),
        (HOUR, HOUR, 1, Verdict.BAD),
    ],
    ids=["young and proved", "too old", "never proved", "long not proved", "faulty"],
)
def test_a_backup_must_be_young_and_must_have_been_restored_on_trial(settings, age, proved, faults, verdict):
    _backed_up(settings, age=age, proved=proved, faults=faults)

    assert _verdicts()["backup"] is verdict


def test_a_newer_proof_counts(settings):
    _backed_up(settings, age=HOUR, proved=DAY, faults=1)
    _backed_up(settings, age=HOUR, proved=HOUR)

    assert _verdicts()["backup"] is Verdict.FINE


def test_a_demo_in_public_is_told(settings):
    settings.PUBLIC_URL, settings.SERVED_SECURELY, settings.DEMO = "https://mitstadt.example.org", True, True

    assert _verdicts()["address"] is Verdict.BAD


def test_a_mail_server_that_does_not_answer_is_told_only_where_one_may_wait(settings, monkeypatch):
    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"

    def refuse(*_given, **_named):
        raise ConnectionRefusedError

    monkeypatch.setattr(smtp.EmailBackend, "open", refuse)

    assert _verdicts(ask_others=True)["mail_server"] is Verdict.BAD
    assert "mail_server" not in _verdicts()


def test_what_cannot_be_looked_at_is_bad_and_hides_nothing_else(monkeypatch):
    def broken(_now) -> Finding:
        raise RuntimeError

    monkeypatch.setitem(conditions._CONDITIONS, "broken", Condition("broken", "Kaputt", broken))

    found = answers(now=clock.now(), ask_others=False)

    assert found[0].finding.verdict is Verdict.BAD
    assert _verdicts()["broken"] is Verdict.BAD
    assert len(found) == len({one.condition.key for one in found}) > 5


def test_the_worst_stands_first():
    _founded()

    order = [one.finding.verdict for one in answers(now=clock.now(), ask_others=False)]

    assert order == sorted(order, key=[Verdict.BAD, Verdict.OPEN, Verdict.FINE].index)


def test_who_leads_the_city_sees_the_list_on_the_workplace_and_nobody_else_does(client):
    leader, city = _founded()
    client.force_login(leader)
    said = "Im Impressum steht kein Weg"

    assert said in client.get(reverse("workplace")).text
    assert said in client.get(reverse("setup")).text

    other = person("Frau Krüger")
    Membership.objects.create(organisation=city, person=other, role=Role.DESK_CLERK)
    client.force_login(other)
    assert said not in client.get(reverse("workplace")).text
    assert client.get(reverse("setup")).status_code == 403
