"""How many acts a second one log takes: all writers wait for its one lock.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres .venv/bin/python benchmarks/log_lock.py [--seconds 5]

A database of its own is made beside the one that is named, and dropped. Writers are processes that do nothing else:
`bare` appends an act in a transaction, `support` and `contribute` are the actions behind the buttons. Beside acts a
second stands what bounds them, whatever machine the writers run on: how long the lock is held, from the moment one has
it until the commit is answered; `waited` is how long a writer stood in the queue. `acts/s` is what these writers did on
this machine. `most/s` was not reached: it is computed, a second divided by the calm twentieth of the holds (`held
5 %`), as an estimate for a database with cores of its own. Whoever reads it should know that the calm twentieth leaves
out checkpoints and every other writer; a sustained figure needs writers on other machines.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
for folder in ("src", "tests"):
    if str(ROOT / folder) not in sys.path:
        sys.path.insert(0, str(ROOT / folder))

NAME = "mitstadt_log_lock"
KINDS = ("bare", "support", "contribute")
PEOPLE, PASSAGES = 60, 20


@dataclass(frozen=True)
class Held:
    """What one writer did: the deeds, and for each how long it waited for the lock and held it, in milliseconds."""

    deeds: int
    cpu_s: float
    waited_ms: list[float]
    held_ms: list[float]


def set_up() -> None:
    """Load the city's code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mitstadt.site.settings"
    import django

    django.setup()


def build() -> None:
    """An open process with a text, people and contributions."""
    set_up()
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from mitstadt.ground.organisations.contact import Contact, columns_of
    from mitstadt.ground.organisations.models import Membership, Organisation
    from mitstadt.ground.people.models import Person
    from mitstadt.participation.drafting import computations
    from mitstadt.participation.drafting.actions.contributions import Said, contribute
    from mitstadt.participation.drafting.actions.working_copy import import_text
    from mitstadt.participation.drafting.models import ContributionForm, CoText, Passage
    from mitstadt.spine.actions import processes
    from mitstadt.spine.actions.parts import plan_part
    from mitstadt.spine.actors import actor_for

    now = timezone.now()
    reached = columns_of(Contact("Amt", "Platz 1", "030 1", "amt@example.org", "immer", "yes"))
    office = Organisation.objects.create(name="Amt", slug="amt", kind="administration", **reached)
    leader = Person.objects.create_account(email="amt@example.org", display_name="Amt")
    Membership.objects.create(person=leader, organisation=office, role="owner")
    owner = actor_for(leader)
    process = processes.prepare_process(host=office, actor=owner, title="Was soll gelten?", body="", now=now)
    promise: dict[str, Any] = dict.fromkeys(("what_is_open", "what_is_fixed", "use_of_results", "money"), "Alles.")
    promise |= {"level": "consult", "decided_by_id": office.slug, "answer_by": (now + timedelta(days=40)).date()}
    processes.write_commitment(process, actor=owner, fields=promise, now=now)
    text = plan_part(
        process,
        actor=owner,
        format_key="drafting",
        title="Schreiben",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=9),
        now=now,
    )
    words = "Leitbild\n\n" + "\n\n".join(f"Absatz {number} handelt von der Stadt." for number in range(PASSAGES))
    draft = CoText.objects.get(pk=text.pk)
    import_text(draft, actor=owner, read=computations.read_pasted(words), source_name="", now=now)
    processes.open_process(process, actor=owner, now=now)
    author = actor_for(Person.objects.create_account(email="author@example.net", display_name="Mensch"))
    for passage in Passage.objects.exclude(shape="title"):
        contribute(passage, actor=author, said=Said(ContributionForm.COMMENT, "Mehr Schatten, bitte."), now=now)
    for number in range(PEOPLE):
        Person.objects.create_account(email=f"{number}@example.org", display_name=f"Mensch {number}")


def write(kind: str, number: int, writers: int, seconds: float, start: Any, results: Any) -> None:
    """One writer, in a process of its own."""
    set_up()
    from mitstadt.spine.actions import acts

    taken: list[tuple[float, float]] = []
    lock = acts.locked_state

    def measured() -> Any:
        asked = time.perf_counter()
        state = lock()
        taken.append((asked, time.perf_counter()))
        return state

    acts.locked_state = measured
    deed = _deed(kind, number, writers)
    deed()
    taken.clear()
    start.wait()
    waited, held, count = [], [], 0
    cpu, until = time.process_time(), time.monotonic() + seconds
    while time.monotonic() < until:
        deed()
        done = time.perf_counter()
        asked, had = taken.pop()
        waited.append((had - asked) * 1000)
        held.append((done - had) * 1000)
        count += 1
    results.put(Held(count, time.process_time() - cpu, waited, held))


def _deed(kind: str, number: int, writers: int) -> Callable[[], object]:
    from django.db import transaction
    from django.utils import timezone

    from mitstadt.ground.people.models import Person
    from mitstadt.participation.drafting.actions.contributions import Said, contribute
    from mitstadt.participation.drafting.models import Contribution, ContributionForm, Passage
    from mitstadt.spine import own_verbs as verbs
    from mitstadt.spine.actions.acts import record_act
    from mitstadt.spine.actions.supports import end_support, support
    from mitstadt.spine.actors import actor_for
    from mitstadt.spine.models import Turn

    people = list(Person.objects.filter(email__contains="@example.org").exclude(email="amt@example.org").order_by("pk"))
    actors = [actor_for(person) for person in people[number::writers]]
    Turn.objects.filter(person__in=[actor.person for actor in actors]).delete()
    passages = list(Passage.objects.order_by("position").exclude(shape="title"))
    liked = list(Contribution.objects.order_by("pk")[: len(passages)])
    turns: Iterator[int] = iter(range(sys.maxsize))
    said = Said(ContributionForm.COMMENT, "Mehr Schatten, weniger Lärm, bitte bald.")

    def bare() -> None:
        now = timezone.now()
        with transaction.atomic():
            record_act(actor=None, verb=verbs.CLOSED, record=None, now=now, content={"person": 1})

    def contribution() -> None:
        turn = next(turns)
        contribute(passages[turn % len(passages)], actor=actors[turn % len(actors)], said=said, now=timezone.now())

    def supporting() -> None:
        turn = next(turns)
        actor, record = actors[turn // len(liked) % len(actors)], liked[(turn + 5 * number) % len(liked)]
        rounds = turn // (len(liked) * len(actors))
        (end_support if rounds % 2 else support)(record, actor=actor, now=timezone.now())

    return {"bare": bare, "support": supporting, "contribute": contribution}[kind]


def measure(kind: str, writers: int, seconds: float) -> None:
    """Let so many write at once, and print the line."""
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(writers + 1), context.Queue()
    processes = [
        context.Process(target=write, args=(kind, number, writers, seconds, start, results))
        for number in range(writers)
    ]
    for process in processes:
        process.start()
    start.wait(timeout=120)
    told = [results.get(timeout=seconds + 60) for _process in processes]
    for process in processes:
        process.join()
    deeds = sum(one.deeds for one in told)
    held = sorted(ms for one in told for ms in one.held_ms)
    waited = statistics.median(ms for one in told for ms in one.waited_ms)
    calm, middle = held[len(held) // 20], statistics.median(held)
    cpu = sum(one.cpu_s for one in told) / deeds * 1000
    print(
        f"{kind:11} {writers:7} {deeds / seconds:9.0f} {cpu:10.2f} {waited:9.2f} {middle:9.2f} {calm:9.2f}"
        f" {1000 / calm:7.0f}",
        flush=True,
    )


@contextmanager
def database_of_its_own(url: str) -> Iterator[str]:
    """The address of a fresh database that is dropped afterwards."""
    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
        settings = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("server_version", "fsync", "synchronous_commit")
        }
        print(" ".join(f"{name}={value}" for name, value in settings.items()))
        try:
            yield urlunsplit(parts._replace(path=f"/{NAME}"))
        finally:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def main() -> int:
    """Measure every kind with one, two and four writers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 2, 4])
    chosen = parser.parse_args()
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        print("Name a PostgreSQL server: DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres", file=sys.stderr)
        return 2
    with database_of_its_own(url) as own, tempfile.TemporaryDirectory(prefix="mitstadt-log-lock-") as folder:
        os.environ.update(DATABASE_URL=own, MITSTADT_VAR=folder)
        builder = multiprocessing.get_context("spawn").Process(target=build)
        builder.start()
        builder.join()
        print("kind        writers    acts/s  CPU ms/act  waited ms  held ms held 5 %  most/s")
        for kind in KINDS:
            for writers in chosen.writers:
                measure(kind, writers, chosen.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
