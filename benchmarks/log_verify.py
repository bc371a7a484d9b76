"""CPU seconds and memory for verifying an exported log: how long a citizen's laptop needs for the city's whole record.

Run: PYTHONPATH=src .venv/bin/python benchmarks/log_verify.py [ENTRIES]
A head is signed every 1000 entries. Two logs: one whose entries' details repeat, as states do, and one in which no two
are alike, which is the worst case since details are checked for their canonical form.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mitstadt.methods.log import (
    Entry,
    Frontier,
    Header,
    TreeHead,
    bounded_lines,
    head_line,
    leaf_hash,
    public_key,
    sign_head,
    verify_log,
)

SECRET = bytes(32)
ORIGIN = "benchmark.example/log"
START = datetime(2026, 5, 3, tzinfo=UTC)
HEAD_EVERY = 1000


def entry(index: int, *, alike: bool) -> bytes:
    return Entry(
        index=index,
        at=START + timedelta(seconds=index),
        actor_kind="person",
        actor=f"p{index % 20_000}",
        verb="comment_added",
        record="7K3Q-M9XD",
        content=f"{index:064x}",
        details={"number": index % 5 if alike else index, "state_before": "open"},
    ).line()


def exported(count: int, *, alike: bool) -> Iterator[bytes]:
    frontier = Frontier()
    yield Header(ORIGIN, (public_key(ORIGIN, SECRET),)).line()
    for index in range(count):
        line = entry(index, alike=alike)
        yield line
        frontier = frontier.append(leaf_hash(line))
        if (index + 1) % HEAD_EVERY == 0 or index + 1 == count:
            head = TreeHead(ORIGIN, frontier.size, frontier.root, START + timedelta(seconds=index))
            yield head_line(sign_head(head, secret_key=SECRET))


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(count: int, *, alike: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.jsonl")
        before = time.process_time()
        with path.open("wb") as stream:
            stream.writelines(line + b"\n" for line in exported(count, alike=alike))
        written = time.process_time()
        with path.open("rb") as stream:
            verification = verify_log(bounded_lines(stream))
        verified = time.process_time()
        assert verification.sound
        size = path.stat().st_size // 1_000_000
    print(f"{count} entries, details {'repeat' if alike else 'all differ'}: {size} MB, {verification.heads} heads")
    print(f"  written  {written - before:6.2f} CPU s (encode, append, sign)")
    print(f"  verified {verified - written:6.2f} CPU s; most memory of the run so far {megabytes()} MB")


if __name__ == "__main__":
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    measure(entries, alike=True)
    measure(entries, alike=False)
