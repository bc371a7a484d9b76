"""A city of any size, made quickly and with a seed, for measurements: processes, people, contributions, comments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

if TYPE_CHECKING:
    from django.db.models import Model

    from mitstadt.spine.models import Process, Record

WORDS = tuple(
    "Bank Baum Schatten Radweg Schule Lärm Kinder Spielplatz Brunnen Laterne Kiez Park Straße Ampel Bus".split()
    + "Bibliothek Garten Wasser Müll Treppe Rampe Markt Platz Fahrrad Auto Nacht Licht Sommer Winter Hitze".split()
)
VERBS = tuple("braucht bekommt verliert verdient wünscht erhält zeigt verbindet".split())


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


def _processes(size: Size, *, now: datetime, rng: random.Random) -> list[tuple[int, int, int]]:
    """Opened processes with a text each, one by the real actions, then copies; gives (process, text, passage) ids."""
    from mitstadt.ground.areas.models import Area, Level
    from mitstadt.participation.drafting.models import Passage
    from mitstadt.spine.models import Process

    areas = list(Area.objects.filter(level=Level.DISTRICT).values_list("pk", flat=True))
    opened = now - timedelta(days=20, minutes=size.processes)
    _opened(opened, area=areas[0], closes_at=now + timedelta(days=30), rng=rng)
    refs = _refs(12 * size.processes)
    copies = [
        Copy(
            area=rng.choice(areas),
            title=f"Frage {number}: {sentence(rng)}",
            opened_at=now - timedelta(days=20, minutes=size.processes - number),
            closes_at=now + timedelta(days=30 + number % 20, minutes=number),
            answer_by=(now + timedelta(days=number % 60 - 5)).date(),
        )
        for number in range(1, size.processes)
    ]
    _copied(Process.objects.get(), copies, refs)
    _finish_some(now=now)
    return list(Passage.objects.order_by("pk").values_list("room_id", "part_id", "pk"))


@dataclass(frozen=True)
class Copy:
    """What differs in one copy of the first process."""

    area: int
    title: str
    opened_at: datetime
    closes_at: datetime
    answer_by: date


def _opened(now: datetime, *, area: int, closes_at: datetime, rng: random.Random) -> None:
    """The first process, with a text of eight paragraphs."""
    from mitstadt.ground.organisations.contact import Contact, columns_of
    from mitstadt.ground.organisations.models import Membership, Organisation, OrganisationKind, Role
    from mitstadt.ground.people.models import Person
    from mitstadt.participation.drafting import computations
    from mitstadt.participation.drafting.actions.working_copy import import_text
    from mitstadt.participation.drafting.models import CoText
    from mitstadt.spine.actions import processes
    from mitstadt.spine.actions.parts import plan_part
    from mitstadt.spine.actors import actor_for
    from mitstadt.spine.models import ParticipationLevel, Process

    reached = columns_of(Contact("Amt", "Platz 1", "030 1", "amt@example.org", "immer", "yes"))
    host = Organisation.objects.create(name="Bezirksamt", slug="amt", kind=OrganisationKind.ADMINISTRATION, **reached)
    owner = Person.objects.create_account(email="leitung@example.org", display_name="Leitung")
    Membership.objects.create(person=owner, organisation=host, role=Role.OWNER)
    actor = actor_for(owner)
    process = processes.prepare_process(
        host=host, actor=actor, title=f"Frage: {sentence(rng)}", body=sentence(rng), now=now, area_id=area
    )
    fields = {
        "what_is_open": "vieles",
        "what_is_fixed": "wenig",
        "decided_by_id": host.slug,
        "use_of_results": "Vorlage",
        "level": ParticipationLevel.COOPERATE,
        "money": "keins",
        "answer_by": (closes_at + timedelta(days=14)).date(),
    }
    processes.write_commitment(process, actor=actor, fields=fields, now=now)
    planned = plan_part(
        process, actor=actor, format_key="drafting", title="Schreiben", now=now, opens_at=now, closes_at=closes_at
    )
    words = "\n\n".join(["Der Text", *(sentence(rng) * 3 for _ in range(8))])
    text = CoText.objects.get(pk=planned.pk)
    import_text(text, actor=actor, read=computations.read_pasted(words), source_name="", now=now)
    processes.open_process(Process.objects.get(pk=process.pk), actor=actor, now=now)


def _copied(first: Process, copies: list[Copy], refs: Iterator[str]) -> None:
    """Rows of each table for all copies, table by table."""
    from mitstadt.participation.drafting.models import CoText, Edition, Passage
    from mitstadt.spine.models import Commitment, Phase, Record

    def again(record: Record, **changed: object) -> Record:
        fields = {field.attname: getattr(record, field.attname) for field in Record._meta.concrete_fields[1:]}  # noqa: SLF001  # documented by Django
        return Record(**{**fields, "ref": next(refs), **changed})

    text = CoText.objects.get()
    edition, passages = Edition.objects.get(), list(Passage.objects.order_by("position"))
    commitment, phase = first.commitment, Phase.objects.get()
    rooms = _made([again(first, area_id=one.area, title=one.title, created_at=one.opened_at) for one in copies])
    _insert(
        "spine_room",
        ("record_ptr_id", "host_id", "stage", "visibility", "four_eyes", "opened_at"),
        ((r.pk, first.host_id, "open", "public", False, one.opened_at) for r, one in zip(rooms, copies, strict=True)),
    )
    texts = _made([again(text, room_id=room.pk) for room in rooms])
    _insert(
        "spine_part",
        ("record_ptr_id", "format", "access", "checks_first", "settings"),
        ((row.pk, text.format, text.access, False, "{}") for row in texts),
    )
    _insert("drafting_cotext", ("part_ptr_id", "source_name"), ((row.pk, "") for row in texts))
    editions = Edition.objects.bulk_create(
        [Edition(text_id=row.pk, number=1, published_at=edition.published_at) for row in texts], batch_size=2_000
    )
    places = [(row, edition, old) for row, edition in zip(texts, editions, strict=True) for old in passages]
    made = _made([again(old, room_id=row.room_id, part_id=row.pk) for row, _edition, old in places])
    _insert(
        "drafting_passage",
        ("record_ptr_id", "edition_id", "position", "number", "level", "shape", "contribution_count"),
        (
            (row.pk, edition.pk, old.position, old.number, old.level, old.shape, 0)
            for row, (_text, edition, old) in zip(made, places, strict=True)
        ),
    )
    Commitment.objects.bulk_create(
        [
            Commitment(**{**_values(commitment), "process_id": row.pk, "answer_by": one.answer_by})
            for row, one in zip(rooms, copies, strict=True)
        ],
        batch_size=2_000,
    )
    Phase.objects.bulk_create(
        [
            Phase(**{**_values(phase), "room_id": row.room_id, "part_id": row.pk, "closes_at": one.closes_at})
            for row, one in zip(texts, copies, strict=True)
        ],
        batch_size=2_000,
    )


def _values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}  # noqa: SLF001  # documented by Django


def _finish_some(*, now: datetime) -> None:
    """A tenth of the promises is kept, some of those processes are closed; never the first, where most is said."""
    from mitstadt.spine.models import Commitment, Process, RoomStage

    keys = list(Process.objects.order_by("pk").values_list("pk", flat=True))
    kept = keys[9::10]
    Commitment.objects.filter(process__in=kept).update(kept_at=now - timedelta(days=2))
    Process.objects.filter(pk__in=kept[::2]).update(stage=RoomStage.CLOSED, closed_at=now - timedelta(days=1))


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
    count = size.contributions + size.in_one + size.comments_at_one
    crowd = Crowd(rng, people, now, sentences, _refs(count))
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
    answered = _answers(crowd, ours[:200])
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
    made = _made(
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
    _insert(
        "drafting_contribution",
        ("record_ptr_id", "passage_id", "form", "wording", "anchor"),
        ((row.pk, row.about_id, _form(n), "", "{}") for n, row in enumerate(made)),
    )
    return made


def _form(place: int) -> str:
    return "comment" if place % 3 else "question"


def _comments(crowd: Crowd, targets: list[Record]) -> None:
    from mitstadt.spine.models import Comment

    made = _made([crowd.record(Comment.KIND, (to.room_id or 0, to.part_id or 0, to.pk)) for to in targets])
    _insert(
        "spine_comment",
        ("record_ptr_id", "target_id", "stance"),
        ((row.pk, row.about_id, "neutral") for row in made),
    )


def _answers(crowd: Crowd, records: list[Record]) -> Record:
    """An answer to each, in office; gives the first that has one."""
    from mitstadt.spine.links import ANSWERS
    from mitstadt.spine.models import Answer, Link

    made = _made([crowd.record(Answer.KIND, (to.room_id or 0, to.part_id or 0, to.pk)) for to in records])
    _insert("spine_answer", ("record_ptr_id", "decision"), ((row.pk, "noted") for row in made))
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


def _made(records: list[Record]) -> list[Record]:
    """These records with their search entries, saved."""
    from mitstadt.spine.models import Record, SearchEntry, SearchWord
    from mitstadt.spine.search.stems import stems_of

    made = Record.objects.bulk_create(records, batch_size=2_000)
    stems = {body: stems_of(body, "de") for body in {row.body for row in made}}
    entries = [SearchEntry(record_id=row.pk, body_stems=" ".join(stems[row.body])) for row in made]
    SearchEntry.objects.bulk_create(entries, batch_size=2_000)
    words = {stem for found in stems.values() for stem in found}
    SearchWord.objects.bulk_create(
        [SearchWord(stem=stem, length=len(stem)) for stem in sorted(words)], ignore_conflicts=True, batch_size=2_000
    )
    return made


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
    marks = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for some in iter(lambda: list(islice(rows, 500)), []):
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * len(some))}"
            cursor.execute(statement, [value for row in some for value in row])
