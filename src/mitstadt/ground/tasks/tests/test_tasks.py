"""Tasks: written with their reason, run once a key, tried again with pauses, shown when given up, never lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

import trial_tasks
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.tasks import operating
from mitstadt.ground.tasks.backend import enqueue_once
from mitstadt.ground.tasks.running import run_claimed, run_next
from mitstadt.ground.tasks.worker import run_until_empty
from mitstadt.ground.tasks.workers import SILENT_FOR, give_sign, hand_back_the_lost, leave

pytestmark = pytest.mark.django_db
NOW = clock.now()
QUEUES = ("default", "mail")


@pytest.fixture(autouse=True)
def kept_in_the_database(settings):
    settings.TASKS = {
        "default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}
    }
    yield
    trial_tasks.trouble.clear()


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def pass_by(**span):
        moment = clock.now() + timedelta(**span)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return pass_by


def names() -> set[str]:
    return set(Organisation.objects.values_list("name", flat=True))


def test_a_task_of_a_change_that_did_not_happen_does_not_happen():
    with transaction.atomic():
        trial_tasks.found.enqueue(name="Chor")
        transaction.set_rollback(True)

    assert run_until_empty() == 0


def test_the_same_key_runs_once_also_after_it_is_done():
    assert enqueue_once(trial_tasks.found, "einmal", name="Chor")
    assert not enqueue_once(trial_tasks.found, "einmal", name="Verein")
    run_until_empty()

    assert not enqueue_once(trial_tasks.found, "einmal", name="Bund")
    assert run_until_empty() == 0
    assert names() == {"Chor"}
    assert enqueue_once(trial_tasks.tell, "einmal", name="Bund"), "each task has keys of its own"


def test_a_failed_attempt_leaves_nothing_and_is_tried_again_after_a_pause(later):
    trial_tasks.trouble[:] = ["broken"]
    trial_tasks.found.enqueue(name="Chor")

    assert run_until_empty() == 1
    assert names() == set(), "what a failed attempt wrote is taken back"
    assert run_until_empty() == 0, "not at once"
    later(seconds=7)
    assert run_until_empty() == 1
    assert names() == {"Chor"}


def test_pauses_grow():
    from mitstadt.ground.tasks.declaring import PAUSES, pause_after

    pauses = [pause_after(attempts, spread=0) for attempts in range(1, 9)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == PAUSES[-1]
    assert pause_after(1, spread=1) == pytest.approx(PAUSES[0] * 1.2)


def test_after_its_last_attempt_a_task_is_dead_and_the_operator_may_give_it_another(later):
    trial_tasks.trouble[:] = ["broken"] * 3
    trial_tasks.found.enqueue(name="Chor")
    for _attempt in range(3):
        run_until_empty()
        moment = later(hours=1)

    [dead] = operating.dead_tasks()
    assert (dead.says, dead.attempts, dead.reason) == ("Einen Verein gründen", 3, "OSError: broken")
    assert operating.state(now=moment).dead == 1
    assert operating.try_again(dead.key, now=moment) == 1
    run_until_empty()
    assert names() == {"Chor"}
    assert operating.dead_tasks() == []


def test_what_is_hopeless_is_not_tried_again_and_can_be_forgotten():
    trial_tasks.despair.enqueue()
    run_until_empty()

    [dead] = operating.dead_tasks()
    assert dead.attempts == 1
    assert operating.drop(None) == 1
    assert not DBTaskResult.objects.exists()


def test_no_word_of_a_person_is_kept_of_an_error(caplog):
    trial_tasks.blurt.enqueue()
    trial_tasks.despair.enqueue()
    run_until_empty()

    kept = "".join(DBTaskResult.objects.values_list("traceback", flat=True))
    assert "trial_tasks.py" in kept
    assert "linh@" not in kept
    assert "linh@" not in caplog.text


def test_a_task_that_nobody_declares_any_more_is_dead_and_stops_no_worker():
    trial_tasks.found.enqueue(name="Chor")
    DBTaskResult.objects.update(task_path="trial_tasks.gone")

    assert run_until_empty() == 1
    assert operating.dead_tasks()[0].says == "gone"


def test_what_leaves_no_trace_is_gone_when_it_is_done():
    trial_tasks.tell.enqueue(name="Chor")
    run_until_empty()

    assert names() == {"Chor"}
    assert not DBTaskResult.objects.exists()


def claimed(worker: str) -> DBTaskResult:
    task = DBTaskResult.objects.get()
    task.claim(worker)
    return task


def test_what_a_silent_worker_held_is_given_to_another_and_its_own_work_no_longer_counts(later):
    trial_tasks.found.enqueue(name="Chor")
    give_sign("first", host="a", now=clock.now())
    held = claimed("first")

    moment = later(seconds=SILENT_FOR.seconds - 1)
    assert hand_back_the_lost("second", in_hand=(), now=moment) == 0
    moment = later(seconds=2)
    assert hand_back_the_lost("second", in_hand=(), now=moment) == 1

    run_claimed(held)
    assert names() == set(), "the first worker woke up too late, and its work is taken back"
    assert run_next("second", QUEUES)
    assert names() == {"Chor"}
    assert DBTaskResult.objects.get().worker_ids == ["first", "second"]


def test_what_a_living_worker_holds_stays_with_it(later):
    trial_tasks.found.enqueue(name="Chor")
    held = claimed("first")
    moment = later(minutes=10)
    give_sign("first", host="a", now=moment)

    assert hand_back_the_lost("second", in_hand=(), now=moment) == 0
    assert hand_back_the_lost("first", in_hand={held.pk}, now=moment) == 0
    assert hand_back_the_lost("first", in_hand=(), now=moment) == 1, "it lost hold of it"


def test_a_task_that_ends_every_worker_is_given_up(later):
    trial_tasks.found.enqueue(name="Chor")
    for worker in ("first", "second", "third"):
        claimed(worker)
        moment = later(minutes=1)
        hand_back_the_lost("last", in_hand=(), now=moment)

    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert operating.dead_tasks()[0].reason == "worker_died"


def test_a_worker_that_is_stopped_hands_back_what_it_holds_as_if_it_had_not_begun():
    trial_tasks.found.enqueue(name="Chor")
    give_sign("first", host="a", now=NOW)
    claimed("first")

    assert leave("first", now=clock.now()) == 1

    task = DBTaskResult.objects.get()
    assert (task.status, task.worker_ids) == (TaskResultStatus.READY, [])
    assert operating.state(now=clock.now()).workers == 0


def test_done_tasks_and_dead_ones_are_forgotten_after_a_month(later):
    from mitstadt.ground.tasks.tasks import forget_old_tasks

    trial_tasks.found.enqueue(name="Chor")
    trial_tasks.despair.enqueue()
    run_until_empty()
    later(days=29)
    forget_old_tasks.call()
    assert DBTaskResult.objects.count() == 2
    later(days=2)
    forget_old_tasks.call()
    assert not DBTaskResult.objects.exists()


def test_a_worker_that_wakes_up_while_another_holds_the_task_leaves_nothing(later):
    trial_tasks.found.enqueue(name="Chor")
    give_sign("first", host="a", now=clock.now())
    held = claimed("first")
    hand_back_the_lost("second", in_hand=(), now=later(minutes=1))
    again = claimed("second")

    run_claimed(held)
    assert names() == set()
    run_claimed(again)
    assert names() == {"Chor"}


def test_what_was_claimed_this_moment_is_not_taken_from_one_who_gave_no_sign_yet():
    trial_tasks.found.enqueue(name="Chor")
    claimed("new")

    assert hand_back_the_lost("second", in_hand=(), now=clock.now()) == 0


def test_the_lane_of_mail_takes_nothing_else():
    trial_tasks.found.enqueue(name="Chor")

    assert not run_next("first", ("mail",))
    assert run_next("first", QUEUES)
