"""Who leads the platform sees how background work stands, and gives what was given up another try."""

from uuid import uuid4

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

import trial_tasks
from cast import malik, office, person, with_role
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Role
from mitstadt.ground.tasks.worker import run_until_empty
from mitstadt.ground.tasks.workers import give_sign
from visits import visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in_the_database(settings):
    settings.TASKS = {
        "default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}
    }


@pytest.fixture
def leader():
    return visit(with_role(person("Robert"), Role.OWNER, office("Senatskanzlei", "skzl", runs_platform=True)))


def test_who_leads_the_platform_is_warned_when_nobody_works(leader):
    page = leader.get("/betrieb/").content.decode()
    assert "Gerade arbeitet niemand" in page
    assert "Nichts. Alles" in page

    give_sign("first", host="a", now=clock.now())
    assert "Gerade arbeitet niemand" not in leader.get("/betrieb/").content.decode()


def test_what_was_given_up_is_shown_without_a_word_of_anyone_and_can_be_tried_again(leader):
    trial_tasks.despair.enqueue()
    run_until_empty()

    page = leader.get("/betrieb/").content.decode()
    assert "Etwas Unmögliches tun" in page
    assert "the mail server refuses the address (550)" in page
    assert "linh@" not in page

    leader.post("/betrieb/", {"task": DBTaskResult.objects.get().pk, "do": "retry"})
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_it_can_be_forgotten(leader):
    trial_tasks.despair.enqueue()
    run_until_empty()

    page = leader.post("/betrieb/", {"task": "all", "do": "drop"}, follow=True).content.decode()

    assert "1 Auftrag ist verworfen." in page
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("form", [{"task": "x", "do": "drop"}, {"task": str(uuid4()), "do": "retry"}, {"task": "all"}])
def test_a_form_that_means_nothing_changes_nothing_and_says_so(leader, form):
    trial_tasks.despair.enqueue()
    run_until_empty()

    assert "Es gab nichts zu tun" in leader.post("/betrieb/", form, follow=True).content.decode()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_who_leads_another_office_does_not_see_it():
    assert visit(malik()).get("/betrieb/").status_code == 403
