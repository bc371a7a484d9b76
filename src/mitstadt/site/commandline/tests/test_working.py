"""`./mitstadt work` and `./mitstadt tasks`: work goes on until it is told to stop, and the operator sees what waits."""

import json
import re
import threading
import time
from pathlib import Path
from unittest.mock import Mock

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

import trial_tasks
from mitstadt.ground.commands import Typed
from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.tasks.models import Worker as Sign
from mitstadt.ground.tasks.schedule import SCHEDULE
from mitstadt.ground.tasks.worker import Worker, run_until_empty
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.commandline import tasks, work


@pytest.fixture(autouse=True)
def kept_in_the_database(settings):
    settings.TASKS = {
        "default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}
    }


@pytest.mark.django_db
def test_the_operator_sees_what_died_and_gives_it_another_try():
    trial_tasks.despair.enqueue()
    run_until_empty()
    key = str(DBTaskResult.objects.get().pk)

    told = tasks.show(Typed())

    assert "0 workers; 0 tasks due, 0 later, 0 running" in told.words
    assert any(key in line and "the mail server refuses the address (550)" in line for line in told.words)
    assert json.loads(json.dumps(told.result))["dead_tasks"][0]["key"] == key
    assert tasks.retry(Typed(which=key)).code == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert tasks.retry(Typed(which=key)).code == 1, "it is not dead any more"


@pytest.mark.django_db
def test_what_died_can_be_forgotten_and_the_schedule_run_by_hand():
    trial_tasks.despair.enqueue()
    run_until_empty()

    assert tasks.drop(Typed(which="all")).result == {"count": 1}
    assert "is enqueued" in str(tasks.enqueue(Typed(entry="forget_counts")).words)
    assert DBTaskResult.objects.get().task_path.endswith("forget_counts")


def test_what_cannot_be_meant_is_told_in_a_sentence():
    with pytest.raises(MethodError, match="no entry “coffee”, but: alerts, check_city, digests"):
        tasks.enqueue(Typed(entry="coffee"))
    with pytest.raises(MethodError, match="“coffee” is no key"):
        tasks.drop(Typed(which="coffee"))
    with pytest.raises(MethodError, match="at least one lane"):
        work.run(Typed(lanes=0))


@pytest.mark.usefixtures("one_database_file")
def test_a_worker_does_what_waits_and_stops_when_it_is_told():
    trial_tasks.found.enqueue(name="Chor")
    done = threading.Event()
    worker = Worker(is_wanted=lambda: not done.is_set())
    thread = threading.Thread(target=worker.work)
    thread.start()
    try:
        for _look in range(200):
            if Organisation.objects.filter(name="Chor").exists():
                break
            done.wait(0.05)
    finally:
        worker.stop()
        thread.join(timeout=30)

    assert not thread.is_alive()
    assert Organisation.objects.get().name == "Chor"
    assert DBTaskResult.objects.get(task_path="trial_tasks.found").status == TaskResultStatus.SUCCESSFUL
    assert not Sign.objects.exists(), "it said goodbye"


@pytest.mark.usefixtures("one_database_file")
def test_what_takes_too_long_when_the_worker_must_stop_is_handed_back(monkeypatch):
    monkeypatch.setattr("mitstadt.ground.tasks.worker.os._exit", left := Mock())
    trial_tasks.ponder.enqueue()
    done = threading.Event()
    monkeypatch.setattr(time, "sleep", lambda _seconds: done.wait(30))
    worker = Worker(grace_s=0.1)
    thread = threading.Thread(target=worker.work)
    thread.start()
    for _look in range(200):
        if DBTaskResult.objects.filter(task_path="trial_tasks.ponder", status=TaskResultStatus.RUNNING).exists():
            break
        done.wait(0.05)
    worker.stop()
    thread.join(timeout=30)

    task = DBTaskResult.objects.get(task_path="trial_tasks.ponder")
    done.set()
    left.assert_called_once_with(0)
    assert (task.status, task.worker_ids) == (TaskResultStatus.READY, [])


def test_the_operate_page_names_every_entry_of_the_schedule():
    page = (Path(__file__).parents[5] / "docs" / "operate" / "background.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)

    assert sorted(told) == sorted(SCHEDULE.entries)
