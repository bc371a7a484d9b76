"""Many rows at once, for measurements: records with their search entries, rows of child tables, refs, and sentences."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from mitstadt.spine.models import Record

WORDS = tuple(
    "Bank Baum Schatten Radweg Schule Lärm Kinder Spielplatz Brunnen Laterne Kiez Park Straße Ampel Bus".split()
    + "Bibliothek Garten Wasser Müll Treppe Rampe Markt Platz Fahrrad Auto Nacht Licht Sommer Winter Hitze".split()
)
VERBS = tuple("braucht bekommt verliert verdient wünscht erhält zeigt verbindet".split())


def sentence(rng: random.Random) -> str:
    """A short German sentence."""
    return (
        f"{rng.choice(WORDS)} {rng.choice(VERBS)} {rng.choice(WORDS)} und {rng.choice(WORDS)} {rng.randrange(10_000)}."
    )


def saved(records: list[Record]) -> list[Record]:
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


def new_refs(count: int) -> Iterator[str]:
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


def insert(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """Rows of a child table; Django's bulk_create does not reach below a parent."""
    marks = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for some in iter(lambda: list(islice(rows, 500)), []):
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * len(some))}"
            cursor.execute(statement, [value for row in some for value in row])
