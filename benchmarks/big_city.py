"""A city of any size, made quickly and with a seed, for measurements: processes, people, contributions, comments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.many_processes import many_processes
from benchmarks.rows import insert, new_refs, saved, sentence
from django.db import connection, transaction

if TYPE_CHECKING:
    from mitstadt.spine.models import Record

# So many contributions have an answer.
_ANSWERED = 200


@dataclass(frozen=True)
class Size:
    """How large the city is; `in_one` records lie in one process, the contributions all over the city."""

    processes: int = 200
    people: int = 20_000
    contributions: int = 100_000
    in_one: int = 0
    comments_at_one: int = 1_000

    @property
    def comments_in_one(self) -> int:
        """How many comments stand at one contribution: a fifth of what lies in the one process."""
        return max(self.comments_at_one, self.in_one // 5)


@dataclass(frozen=True)
class BigCity:
    """Where to look in the city that was made."""

    process_ref: str
    text_ref: str
    passage_ref: str
    contribution_ref: str
    answered_ref: str
    owner_email: str
    author_email: str


def build(size: Size, *, seed: int = 1) -> BigCity:
    """Fill an empty, migrated database."""
    from mitstadt.ground.areas.actions import load_shipped_city

    rng = random.Random(seed)
    now = datetime.now(UTC)
    load_shipped_city("berlin", now=now)
    with transaction.atomic():
        people = _people(size)
        passages = many_processes(size.processes, now=now, rng=rng)
        city = _voices(size, people, passages, now=now, rng=rng)
    _take_stock()
    return city


def _people(size: Size) -> list[int]:
    from mitstadt.ground.people.models import Person

    Person.objects.bulk_create(
        [Person(email=f"p{n}@example.org", display_name=f"Mensch {n}", password="!") for n in range(size.people)],
        batch_size=2_000,
    )
    return list(Person.objects.order_by("pk").values_list("pk", flat=True))


@dataclass
class Crowd:
    """Who speaks, when, in which words: from a seed, in few different sentences, so that stems are made once."""

    rng: random.Random
    people: list[int]
    now: datetime
    sentences: list[str]
    refs: Iterator[str]
    spoken: int = 0

    def record(self, kind: str, place: tuple[int, int, int], **more: object) -> Record:
        """One record about something in a process, not yet saved; every fiftieth is by the first person."""
        from mitstadt.spine.models import Record

        self.spoken += 1
        return Record(
            ref=next(self.refs),
            kind=kind,
            body=self.rng.choice(self.sentences),
            room_id=place[0],
            part_id=place[1],
            about_id=place[2],
            author_id=self.people[0] if self.spoken % 50 == 0 else self.rng.choice(self.people),
            created_at=self.now - timedelta(seconds=10 * self.spoken),
            changed_at=self.now,
            support_count=self.rng.randrange(50),
            **more,
        )


def _voices(
    size: Size, people: list[int], passages: list[tuple[int, int, int]], *, now: datetime, rng: random.Random
) -> BigCity:
    from mitstadt.participation.drafting.models import Passage

    sentences = [sentence(rng) for _ in range(3_000)]
    count = size.contributions + size.in_one + size.comments_at_one + _ANSWERED
    crowd = Crowd(rng, people, now, sentences, new_refs(count))
    busy = passages[3]
    own = [place for place in passages if place[1] == busy[1]]
    places = [rng.choice(passages) if n % 10 else busy for n in range(size.contributions)]
    places += [busy] * (size.in_one // 5) + [rng.choice(own) for _ in range(2 * size.in_one // 5)]
    rng.shuffle(places)
    contributions = _contributions(crowd, places)
    first = next(row for row, place in zip(contributions, places, strict=True) if place == busy)
    _comments(crowd, [first] * size.comments_in_one)
    ours = [row for row in contributions if row.part_id == busy[1]]
    _comments(crowd, [rng.choice(ours) for _ in range(size.in_one // 5)])
    answered = _answers(crowd, ours[:_ANSWERED])
    _cases(size, crowd)
    passage = Passage.objects.select_related("room", "part").get(pk=busy[2])
    return BigCity(
        process_ref=passage.home.ref,
        text_ref=passage.own_part.ref,
        passage_ref=passage.ref,
        contribution_ref=first.ref,
        answered_ref=answered.ref,
        owner_email="leitung@example.org",
        author_email="p0@example.org",
    )


def _contributions(crowd: Crowd, places: list[tuple[int, int, int]]) -> list[Record]:
    from mitstadt.participation.drafting.models import Contribution

    choices = ["", "", "", "taken_up", "not"]
    themes = ("Klima", "Wege", "")
    made = saved(
        [
            crowd.record(
                Contribution.KIND,
                place,
                answer_state=crowd.rng.choice(choices),
                theme=themes[n % 3],
                variant=_form(n),
            )
            for n, place in enumerate(places)
        ]
    )
    insert(
        "drafting_contribution",
        ("record_ptr_id", "passage_id", "form", "wording", "anchor"),
        ((row.pk, row.about_id, _form(n), "", "{}") for n, row in enumerate(made)),
    )
    return made


def _form(place: int) -> str:
    return "comment" if place % 3 else "question"


def _comments(crowd: Crowd, targets: list[Record]) -> None:
    from mitstadt.spine.models import Comment

    made = saved([crowd.record(Comment.KIND, (to.room_id or 0, to.part_id or 0, to.pk)) for to in targets])
    insert(
        "spine_comment",
        ("record_ptr_id", "target_id", "stance"),
        ((row.pk, row.about_id, "neutral") for row in made),
    )


def _answers(crowd: Crowd, records: list[Record]) -> Record:
    """An answer to each, in office; gives the first that has one."""
    from mitstadt.spine.links import ANSWERS
    from mitstadt.spine.models import Answer, Link

    made = saved([crowd.record(Answer.KIND, (to.room_id or 0, to.part_id or 0, to.pk)) for to in records])
    insert("spine_answer", ("record_ptr_id", "decision"), ((row.pk, "noted") for row in made))
    links = [
        Link(source_id=row.pk, target_id=to.pk, type=ANSWERS, created_at=crowd.now)
        for row, to in zip(made, records, strict=True)
    ]
    Link.objects.bulk_create(links, batch_size=2_000)
    return records[0]


def _cases(size: Size, crowd: Crowd) -> None:
    """One in twenty records was reported; nearly all of these cases are decided."""
    from mitstadt.spine.models import Comment, ModerationCase, Notice, Record

    reported = Record.objects.filter(kind=Comment.KIND).order_by("pk").values_list("pk", "room_id")
    rooms = dict(reported[: size.contributions // 20])
    decided = {"verdict": "keep", "rule": "other", "reason": "Bleibt.", "decided_at": crowd.now}
    cases = [
        ModerationCase(record_id=key, room_id=room, opened_at=crowd.now, **({} if n % 50 == 0 else decided))
        for n, (key, room) in enumerate(rooms.items())
    ]
    ModerationCase.objects.bulk_create(cases, batch_size=2_000)
    told = [
        Notice(person_id=crowd.people[0], record_id=key, event="commented", created_at=crowd.now)
        for key in list(rooms)[:2_000]
    ]
    Notice.objects.bulk_create(told, batch_size=2_000)


def _take_stock() -> None:
    """Counters as the actions would have kept them, and the statistics that the planner reads."""
    from mitstadt.spine.actions.tallies import recount_all

    recount_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE drafting_passage SET contribution_count = coalesce((SELECT sum(count) FROM spine_tally t WHERE "
            "t.place_id = record_ptr_id AND facet = '' AND state = 'published'), 0)"
        )
        cursor.execute(
            "UPDATE spine_record SET comment_count = said.n, thread_count = said.n FROM (SELECT about_id, count(*) n "
            "FROM spine_record WHERE kind = 'comment' GROUP BY about_id) said WHERE said.about_id = spine_record.id"
        )
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
