"""Hold the place of every record, and its pictures and documents, against the acts that put them there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.models import QuerySet

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.queries.record_findings import NOT_HELD

Row = dict[str, Any]
_PLACE = ("longitude", "latitude", "precision", "words")
_FILE = {"sha256": "file__sha256", "description": "description", "caption": "caption"}


class Belongings:
    """What the acts about records say of where they are about and of what hangs on them; some records at a time.

    Nothing is held against contents that were let go: of a coarser place, of a file that was taken off, of words that
    were blacked out.
    """

    def __init__(self, tables: Apps) -> None:
        self._tables = tables

    def compare(self, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
        """The refs of those whose place or files are not as the log says; each row has key, ref and state."""
        refs = {row["pk"]: row["ref"] for row in rows if row["state"] not in NOT_HELD}
        yield from self._places(refs)
        yield from self._files(refs)

    def _places(self, refs: dict[int, str]) -> Iterator[tuple[str, str]]:
        stands = {row.pop("record"): row for row in self._of("Place", refs).values("record", *_PLACE)}
        # The last word last.
        told = dict(self._told(verbs.PLACED.key, refs))
        for key, ref in refs.items():
            if ref not in told:
                differs = key in stands
            else:
                said = told[ref]
                differs = said is not None and stands.get(key) != {name: said[name] for name in _PLACE}
            if differs:
                yield ref, "place"

    def _files(self, refs: dict[int, str]) -> Iterator[tuple[str, str]]:
        stands: dict[int, list[Row]] = defaultdict(list)
        rows = self._of("Attachment", refs).order_by("record", "position")
        for key, *values in rows.values_list("record", *_FILE.values()):
            stands[key].append(dict(zip(_FILE, values, strict=True)))
        said: dict[str, list[Row]] = defaultdict(list)
        let_go: set[str] = set()
        for ref, content in self._told(verbs.ATTACHED.key, refs):
            if content is None:
                let_go.add(ref)
            else:
                said[ref] += content["files"]
        for key, ref in refs.items():
            fits = _stand_among(said[ref], stands[key]) if ref in let_go else said[ref] == stands[key]
            if not fits:
                yield ref, "files"

    def _of(self, name: str, refs: dict[int, str]) -> QuerySet[Any, Any]:
        return self._rows(name).filter(record__in=list(refs))

    def _told(self, verb: str, refs: dict[int, str]) -> Iterator[tuple[str, Row | None]]:
        acts = self._rows("Act").filter(ref__in=list(refs.values()), verb=verb).order_by("index")
        yield from acts.values_list("ref", "content__content")

    def _rows(self, name: str) -> QuerySet[Any, Any]:
        return QuerySet(self._tables.get_model("spine", name))


def _stand_among(said: list[Row], stands: list[Row]) -> bool:
    """Whether all of these stand there in their order, whatever stands between them."""
    left = iter(stands)
    return all(one in left for one in said)
