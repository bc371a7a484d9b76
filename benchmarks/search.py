"""How well the search finds: precision and recall on 200 written queries over the demo city.

    ./mitstadt demo --fresh            (once; stop it when the city stands)
    PYTHONPATH=src python -m benchmarks.search [--worst 15]

Recall is the share of all records that are meant which the search finds; precision the share of what it finds that is
meant, and among the first ten. A record is meant where it says what `search_queries.txt` asks for.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).with_name("search_queries.txt")


@dataclass(frozen=True)
class Score:
    """One query: how much of what is meant was found, how much of what was found is meant, and in how long."""

    query: str
    meant: int
    found: int
    recall: float
    precision: float
    first_ten: float
    milliseconds: float


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--worst", type=int, default=0, help="also list so many queries with the lowest recall")
    chosen = asked.parse_args()
    set_up()
    texts = said()
    scores = [score(query, pattern, texts) for query, pattern in queries()]
    told = [one for one in scores if one.meant]
    print(f"{len(scores)} queries, {len(texts)} records; {len(scores) - len(told)} queries mean nothing in this city")
    for name, value in _FIGURES.items():
        figures = [value(one) for one in told]
        print(f"{name:24} mean {statistics.mean(figures):8.3f}   median {statistics.median(figures):8.3f}")
    for one in sorted(told, key=lambda one: (one.recall, one.first_ten))[: chosen.worst]:
        print(
            f"  {one.query:24} recall {one.recall:.2f}  first ten {one.first_ten:.2f}"
            f"  {one.found} found, {one.meant} meant"
        )


_FIGURES: dict[str, Callable[[Score], float]] = {
    "recall": lambda one: one.recall,
    "precision": lambda one: one.precision,
    "precision of first ten": lambda one: one.first_ten,
    "milliseconds": lambda one: one.milliseconds,
}


def set_up() -> None:
    """Load the city."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    django.setup()


def queries() -> list[tuple[str, str]]:
    """Each query with the pattern of what is meant."""
    lines = (line for line in QUERIES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return [(query, pattern) for query, _tab, pattern in (line.partition("\t") for line in lines)]


def said() -> dict[int, str]:
    """All that each record says that the search has."""
    from mitstadt.spine import kinds
    from mitstadt.spine.models import Record

    records = Record.objects.filter(search_entry__isnull=False).prefetch_related("translations")
    return {
        record.pk: " ".join(
            [
                record.title,
                record.body,
                record.theme,
                kinds.words(record),
                *(f"{one.title} {one.body}" for one in record.translations.all()),
            ]
        )
        for record in records
    }


def score(query: str, pattern: str, texts: dict[int, str]) -> Score:
    """Ask the search as the page does, page by page."""
    from mitstadt.spine.search.results import search

    meant = {key for key, text in texts.items() if re.search(pattern, text, re.IGNORECASE)}
    before = time.perf_counter()
    results = search(query, language="de")
    took = (time.perf_counter() - before) * 1_000
    found = [hit.record.pk for hit in results.hits]
    for number in range(2, results.page.paginator.num_pages + 1):
        found += [hit.record.pk for hit in search(query, language="de", page=number).hits]
    right = [key for key in found if key in meant]
    first = found[:10]
    return Score(
        query=query,
        meant=len(meant),
        found=len(found),
        recall=len(right) / len(meant) if meant else 1.0,
        precision=len(right) / len(found) if found else 0.0,
        first_ten=sum(key in meant for key in first) / len(first) if first else 0.0,
        milliseconds=took,
    )


if __name__ == "__main__":
    main()
