"""The files of open data, piece by piece; docs/formats-process-data.md tells what each member means."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from mitstadt.spine.models import Process, Record
from mitstadt.spine.queries.open_data import public_links, public_records
from mitstadt.spine.queries.parts import phases_to_show
from mitstadt.ui.comments import shown_author
from mitstadt.ui.print.json_streams import json_list, json_text
from mitstadt.ui.print.spreadsheets import BYTE_ORDER_MARK, Line, harmless

FORMAT = "mitstadt process"
VERSION = 1
# The same in every process; what only some kinds have follows in one column as JSON.
COLUMNS = (
    "ref",
    "kind",
    "title",
    "body",
    "language",
    "author",
    "channel",
    "created_at",
    "changed_at",
    "reworded_at",
    "answer",
    "went_on",
    "supports",
    "guest_supports",
    "comments",
    "address",
)


# What the commitment says as it stands; bodies and days are told below in a form that others can read.
_IN_WORDS = ("what_is_open", "what_is_fixed", "who_decides", "level", "use_of_results", "money")


def json_pieces(process: Process, *, address: str, now: datetime) -> Iterator[str]:
    """Process, phases, commitment, records and links as one JSON object."""
    yield json_text({"format": FORMAT, "version": VERSION, "made_at": now.isoformat(), **_about(process, address)})[:-1]
    yield ',"records":'
    records = public_records(process)
    yield from json_list((json_text({**_row(record, address), **facts}),) for record, facts in records)
    yield ',"links":'
    yield from json_list((json_text(_arrow(*link)),) for link in public_links(process))
    yield "}\n"


def csv_lines(process: Process, *, address: str) -> Iterator[str]:
    """The records as a table: UTF-8 with a byte order mark, commas, English column names."""
    yield BYTE_ORDER_MARK
    writer = csv.writer(Line(), lineterminator="\r\n")
    yield writer.writerow([*COLUMNS, "facts"])
    for record, facts in public_records(process):
        row = _row(record, address)
        yield writer.writerow([*(harmless(str(row[name])) for name in COLUMNS), json_text(dict(facts))])


def _about(process: Process, address: str) -> dict[str, object]:
    commitment = process.commitment
    return {
        "process": {
            "ref": process.ref,
            "title": process.title,
            "body": process.body,
            "stage": process.stage,
            "host": process.host.name,
            "area": process.area.slug if process.area else None,
            "opened_at": process.opened_at.isoformat() if process.opened_at else None,
            "closed_at": process.closed_at.isoformat() if process.closed_at else None,
            "address": f"{address}/{process.ref}",
        },
        "commitment": {
            **{name: getattr(commitment, name) for name in _IN_WORDS},
            "decided_by": commitment.decided_by.name if commitment.decided_by else None,
            "decided_by_level": commitment.decided_by.level if commitment.decided_by else None,
            "decides_on": _day(commitment.decides_on),
            "answer_by": _day(commitment.answer_by),
            "kept_at": commitment.kept_at.isoformat() if commitment.kept_at else None,
        },
        "phases": [
            {
                "part": phase.part.ref,
                "format": phase.part.format,
                "deeds": phase.deeds,
                "title": phase.title,
                "opens_at": phase.opens_at.isoformat(),
                "closes_at": phase.closes_at.isoformat(),
            }
            for phase in phases_to_show(process)
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(record: Record, address: str) -> Mapping[str, object]:
    return {
        "ref": record.ref,
        "kind": record.kind,
        "title": record.title,
        "body": record.body,
        "language": record.language,
        "author": shown_author(record),
        "channel": record.channel,
        "created_at": record.created_at.isoformat(),
        "changed_at": record.changed_at.isoformat(),
        "reworded_at": record.reworded_at.isoformat() if record.reworded_at else "",
        "answer": record.answer_state,
        "went_on": record.moved_on,
        "supports": record.support_count,
        "guest_supports": record.guest_support_count,
        "guest_supports_being_checked": record.held_support_count,
        "comments": record.comment_count,
        "address": f"{address}/{record.ref}",
    }


def _arrow(source: str, kind: str, target: str, at: str) -> dict[str, str]:
    return {"source": source, "type": kind, "target": target, "created_at": at}
