"""The schedule: each entry runs once a slot, however many workers look at the clock."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

import trial_tasks
from mitstadt.ground.tasks.schedule import SCHEDULE, Daily, Every, Schedule, Timekeeper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in_the_database(settings):
    settings.TASKS = {
        "default": {"BACKEND": "mitstadt.ground.tasks.backend.CityBackend", "QUEUES": ["default", "mail"]}
    }


@pytest.fixture
def schedule():
    made = Schedule()
    made.add("despair", trial_tasks.despair, Daily(time(6, 30)))
    return made


def test_two_workers_never_run_the_same_entry_twice(schedule):
    first, second = Timekeeper(schedule), Timekeeper(schedule)
    morning = datetime(2026, 5, 4, 8, tzinfo=UTC)

    assert first.enqueue_due(now=morning) == 1
    assert second.enqueue_due(now=morning) == 0
    assert second.enqueue_due(now=morning + timedelta(hours=12)) == 0
    assert second.enqueue_due(now=morning + timedelta(days=1)) == 1
    assert first.enqueue_due(now=morning + timedelta(days=1)) == 0
    assert DBTaskResult.objects.count() == 2


def test_a_day_begins_when_the_city_says_in_summer_and_in_winter():
    rhythm = Daily(time(6, 30))

    assert rhythm.slot(datetime(2026, 7, 1, 4, 29, tzinfo=UTC)) == "2026-06-30"
    assert rhythm.slot(datetime(2026, 7, 1, 4, 30, tzinfo=UTC)) == "2026-07-01"
    assert rhythm.slot(datetime(2026, 1, 1, 5, 29, tzinfo=UTC)) == "2025-12-31"
    assert rhythm.slot(datetime(2026, 1, 1, 5, 30, tzinfo=UTC)) == "2026-01-01"


def test_an_hour_has_one_slot():
    rhythm, hour = Every(minutes=60), datetime(2026, 7, 1, 4, tzinfo=UTC)

    assert rhythm.slot(hour) == rhythm.slot(hour + timedelta(minutes=59)) != rhythm.slot(hour + timedelta(minutes=60))


def test_a_name_stands_once(schedule):
    with pytest.raises(ValueError, match="despair"):
        schedule.add("despair", trial_tasks.despair, Every(minutes=1))


def test_the_city_signs_forgets_and_writes_by_the_clock():
    assert set(SCHEDULE.entries) >= {"sign_log", "digests", "forget_counts", "forget_sessions", "forget_old_tasks"}
