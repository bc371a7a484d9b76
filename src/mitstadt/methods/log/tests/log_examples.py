"""A small log as a city would export it, for the tests of this folder."""

import hashlib
from datetime import UTC, datetime, timedelta

from mitstadt.methods.log import (
    Content,
    Entry,
    Frontier,
    Header,
    TreeHead,
    exported_lines,
    leaf_hash,
    public_key,
    sign_head,
)

ORIGIN = "berlin.example/log"
SECRET = hashlib.sha256(b"the log's key in tests").digest()
KEY = public_key(ORIGIN, SECRET)
START = datetime(2026, 5, 3, 8, 0, tzinfo=UTC)


def content(index: int) -> Content | None:
    """Every third entry is the system's and has no content."""
    if index % 3 == 2:
        return None
    salt = hashlib.sha256(b"salt %d" % index).digest()[:16]
    return Content(index, f"REF-{index % 5}", salt, {"text": f"Mehr Bänke, bitte: {index}"})


def entry(index: int) -> Entry:
    words = content(index)
    return Entry(
        index=index,
        at=START + timedelta(minutes=index),
        actor_kind="person" if words else "system",
        actor=f"p{index % 4}" if words else None,
        verb="comment_added" if words else "phase_closed",
        record=f"REF-{index % 5}",
        content=words.hash if words else None,
        details={"state_before": "open"} if index % 2 else {},
    )


def heads_over(lines, sizes, *, secret=SECRET, origin=ORIGIN):
    heads, frontier = [], Frontier()
    for size in sizes:
        frontier = frontier.extend(leaf_hash(line) for line in lines[frontier.size : size])
        at = START + timedelta(hours=1, minutes=size)
        heads.append(sign_head(TreeHead(origin, size, frontier.root, at), secret_key=secret))
    return heads


def exported(count=12, sizes=(4, 7, 12)):
    """The lines of an exported log with heads over these sizes."""
    lines = [entry(index).line() for index in range(count)]
    return list(exported_lines(Header(ORIGIN, (KEY,)), lines, heads_over(lines, sizes)))


def contents(count=12):
    """The lines of its contents file."""
    return [words.line() + b"\n" for index in range(count) if (words := content(index))]
