"""A city of any size, made quickly and with a seed, for measurements: processes, people, contributions, comments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

WORDS = tuple(
    "Bank Baum Schatten Radweg Schule Lärm Kinder Spielplatz Brunnen Laterne Kiez Park Straße Ampel Bus".split()
    + "Bibliothek Garten Wasser Müll Treppe Rampe Markt Platz Fahrrad Auto Nacht Licht Sommer Winter Hitze".split()
)
VERBS = tuple("braucht bekommt verliert verdient wünscht erhält zeigt verbindet".split())


@dataclass(frozen=True)
class Size:
    """How large the city is."""

    processes: int = 200
    people: int = 20_000
    contributions: int = 100_000
    comments_at_one: int = 1_000


@dataclass(frozen=True)
class BigCity:
    """Where to look in the city that was made."""

    process_ref: str
    text_ref: str
    passage_ref: str
    contribution_ref: str
    owner_email: str


def sentence(rng: random.Random) -> str:
    """A short German sentence."""
    return (
        f"{rng.choice(WORDS)} {rng.choice(VERBS)} {rng.choice(WORDS)} und {rng.choice(WORDS)} {rng.randrange(10_000)}."
    )


def build(size: Size, *, seed: int = 1) -> BigCity:
    """Fill an empty, migrated database."""
    from mitstadt.ground.areas.actions import load_shipped_city

    rng = random.Random(seed)
    now = datetime.now(UTC)
    load_shipped_city("berlin", now=now)
    with transaction.atomic():
        people = _people(size)
        passages = _processes(size, now=now, rng=rng)
        return _contributions(size, people, passages, now=now, rng=rng)


def _people(size: Size) -> list[int]:
    from mitstadt.ground.people.models import Person

    Person.objects.bulk_create(
        [Person(email=f"p{n}@example.org", display_name=f"Mensch {n}", password="!") for n in range(size.people)],
        batch_size=2_000,
    )
    return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def _processes(size: Size, *, now: datetime, rng: random.Random) -> list[tuple[int, int, int]]:
    """Opened processes with a text each, through the real actions; gives (process, text, passage) ids."""
    from mitstadt.ground.areas.models import Area, Level
    from mitstadt.ground.organisations.models import Membership, Organisation, OrganisationKind, Role
    from mitstadt.ground.people.models import Person
    from mitstadt.participation.drafting import computations
    from mitstadt.participation.drafting.actions.working_copy import import_text
    from mitstadt.participation.drafting.models import CoText, Passage
    from mitstadt.spine.actions import processes
    from mitstadt.spine.actions.parts import plan_part
    from mitstadt.spine.actors import actor_for
    from mitstadt.spine.models import ParticipationLevel, Process

    host = Organisation.objects.create(name="Bezirksamt", slug="amt", kind=OrganisationKind.ADMINISTRATION)
    owner = Person.objects.create_account(email="leitung@example.org", display_name="Leitung")
    Membership.objects.create(person=owner, organisation=host, role=Role.OWNER)
    actor = actor_for(owner)
    areas = list(Area.objects.filter(level=Level.DISTRICT).values_list("pk", flat=True))
    words = "\n\n".join(["Der Text", *(sentence(rng) * 3 for _ in range(8))])
    for number in range(size.processes):
        process = processes.prepare_process(
            host=host,
            actor=actor,
            title=f"Frage {number}: {sentence(rng)}",
            body=sentence(rng),
            now=now,
            area_id=rng.choice(areas),
        )
        fields = {
            "what_is_open": "vieles",
            "what_is_fixed": "wenig",
            "who_decides": "die BVV",
            "use_of_results": "Vorlage",
            "level": ParticipationLevel.COOPERATE,
            "money": "keins",
            "answer_by": (now + timedelta(days=40)).date(),
        }
        processes.write_commitment(process, actor=actor, fields=fields, now=now)
        text = plan_part(
            process,
            actor=actor,
            format_key="drafting",
            title="Schreiben",
            now=now,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30 + number % 20),
        )
        text = CoText.objects.get(pk=text.pk)
        import_text(text, actor=actor, read=computations.read_pasted(words), source_name="", now=now)
        processes.open_process(Process.objects.get(pk=process.pk), actor=actor, now=now)
    return list(Passage.objects.order_by("pk").values_list("room_id", "part_id", "pk"))


def _contributions(
    size: Size, people: list[int], passages: list[tuple[int, int, int]], *, now: datetime, rng: random.Random
) -> BigCity:
    from mitstadt.participation.drafting.models import Contribution, Passage
    from mitstadt.spine.models import Comment, Record

    busy = passages[3]
    places = [rng.choice(passages) if n % 10 else busy for n in range(size.contributions)]
    refs = _refs(size.contributions + size.comments_at_one)
    made = Record.objects.bulk_create(
        [
            Record(
                ref=next(refs),
                kind=Contribution.KIND,
                body=sentence(rng),
                room_id=process,
                part_id=text,
                author_id=rng.choice(people),
                created_at=now - timedelta(minutes=n),
                changed_at=now,
                support_count=rng.randrange(50),
                answer_state=rng.choice(["", "", "taken_up", "not"]),
                theme="Klima",
            )
            for n, (process, text, _passage) in enumerate(places)
        ],
        batch_size=2_000,
    )
    _insert(
        "drafting_contribution",
        ("record_ptr_id", "passage_id", "form", "wording", "anchor"),
        ((row.pk, passage, "comment", "", "{}") for row, (_process, _text, passage) in zip(made, places, strict=True)),
    )
    comments = Record.objects.bulk_create(
        [
            Record(
                ref=next(refs),
                kind=Comment.KIND,
                body=sentence(rng),
                room_id=busy[0],
                part_id=busy[1],
                author_id=rng.choice(people),
                created_at=now,
                changed_at=now,
            )
            for _ in range(size.comments_at_one)
        ],
        batch_size=2_000,
    )
    _insert(
        "spine_comment",
        ("record_ptr_id", "target_id", "stance"),
        ((row.pk, made[0].pk, "neutral") for row in comments),
    )
    Record.objects.filter(pk=made[0].pk).update(comment_count=len(comments))
    for row in Contribution.objects.values("passage_id").annotate(n=Count("pk")).order_by():
        Passage.objects.filter(pk=row["passage_id"]).update(contribution_count=row["n"])
    _index([*made, *comments])
    _prove()
    passage = Passage.objects.select_related("room", "part").get(pk=busy[2])
    return BigCity(passage.home.ref, passage.own_part.ref, passage.ref, made[0].ref, "leitung@example.org")


def _index(records: list) -> None:  # Record, imported where Django is set up
    from mitstadt.spine.models import SearchEntry, SearchWord
    from mitstadt.spine.search.stems import stems_of

    entries = [SearchEntry(record_id=row.pk, body_stems=" ".join(stems_of(row.body, "de"))) for row in records]
    SearchEntry.objects.bulk_create(entries, batch_size=2_000)
    stems = {stem for entry in entries for stem in entry.body_stems.split()}
    SearchWord.objects.bulk_create(
        [SearchWord(stem=stem, length=len(stem)) for stem in sorted(stems)], ignore_conflicts=True, batch_size=2_000
    )


def _prove() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _refs(count: int) -> Iterator[str]:
    import secrets

    from mitstadt.ground.refs import new_ref
    from mitstadt.spine.models import Record

    taken = set(Record.objects.values_list("ref", flat=True))
    while count:
        ref = new_ref(secrets.token_bytes)
        if ref not in taken:
            taken.add(ref)
            count -= 1
            yield ref


def _insert(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """Rows of a child table; Django's bulk_create does not reach below a parent."""
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows))
