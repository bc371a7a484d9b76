"""Ten requests at once from one person, and one each from ten: a support counts once, and none is lost."""

import sqlite3
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from cast import NOW, ida, jörg, malik, person
from mitstadt.spine.actions.merging import merge
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.models import Act, Record, Support
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared_database(tmp_path, monkeypatch) -> Callable[[], None]:
    """Call it when the city stands: threads then work on one database, as on a server.

    The test's own SQLite lives in memory, where threads would lock whole tables; a copy in a file behaves as in a city.
    """

    def move() -> None:
        if connection.vendor != "sqlite":
            return
        file = tmp_path / "city.sqlite3"
        with sqlite3.connect(file) as copy:
            connection.connection.backup(copy)
        copy.close()
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))

    return move


def _at_once(deeds: list[Callable[[], object]]) -> list[object]:
    gate = threading.Barrier(len(deeds))
    results: list[object] = []

    def run(deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(deed())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _counted(record: Record) -> tuple[int, int, int]:
    """The counter, the rows and the acts, as the threads' database has them."""
    seen: list[tuple[int, int, int]] = []

    def look() -> None:
        counter = Record.objects.get(pk=record.pk).support_count
        rows = Support.objects.filter(record_id=record.pk).count()
        seen.append((counter, rows, Act.objects.filter(ref=record.ref, verb="supported").count()))
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return seen[0]


def _deed(record: Record, actor: Actor) -> Callable[[], object]:
    return lambda: support(record, actor=actor, now=NOW)


def test_ten_requests_at_once_from_ida_count_once(shared_database):
    said = contribution(running_process(), actor=jörg())
    who = ida()
    shared_database()

    results = _at_once([_deed(said, who) for _ in range(10)])

    assert sorted(map(str, results)) == ["False"] * 9 + ["True"]
    assert _counted(said) == (1, 1, 1)


def test_ten_people_at_once_all_count(shared_database):
    said = contribution(running_process(), actor=jörg())
    people = [actor_for(person(f"Nummer {number}")) for number in range(10)]
    shared_database()

    results = _at_once([_deed(said, who) for who in people])

    assert results == [True] * 10
    assert _counted(said) == (10, 10, 10)


def test_who_supports_while_it_is_merged_counts_at_the_target_or_is_told(shared_database):
    process = running_process()
    source, target = contribution(process, actor=jörg()), contribution(process, actor=jörg())
    people = [actor_for(person(f"Nummer {number}")) for number in range(6)]
    office = malik()
    shared_database()

    deeds = [_deed(source, who) for who in people]
    results = _at_once(
        [
            *deeds[:3],
            lambda: merge([source], target, actor=office, reason="Dasselbe.", now=NOW),
            lambda: merge([source], target, actor=office, reason="Dasselbe.", now=NOW),
            *deeds[3:],
        ]
    )

    counted = results.count(True)
    assert _counted(source) == (counted, counted, counted)
    assert _counted(target)[:2] == (counted, counted)
    refused = [one for one in results if isinstance(one, Exception)]
    assert {str(one) for one in refused} == {"went_on_in_another"}
    assert len(refused) == 6 - counted + 1
