"""JSON written piece by piece, so that a file of any size costs the memory of one row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping


def json_object(head: Mapping[str, object], name: str, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """One object: the head's members, and under `name` a list whose rows are given as pieces of JSON."""
    yield json_text(head)[:-1]
    yield f",{json_text(name)}:" if head else f"{json_text(name)}:"
    yield from json_list(rows)
    yield "}\n"


def json_list(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A list, one row on each line."""
    yield "["
    for number, row in enumerate(rows):
        yield ",\n" if number else "\n"
        yield from row
    yield "]"


def json_text(value: object) -> str:
    """Plain JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
