"""Files that ``./mitstadt budget`` reads and writes, and the count that its options ask for."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from mitstadt.methods.budgeting import Election, Outcome, TieBreaking, count, read_pb
from mitstadt.methods.budgeting.pabulib.numbers import amount
from mitstadt.methods.shared.errors import MethodError


def read_election(name: str) -> tuple[Election, str]:
    """The election in a file and the hash of the file."""
    try:
        with Path(name).open("rb") as stream:
            election = read_pb(stream)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise MethodError("file_unreadable", f"{name} cannot be read: {error.strerror}.", file=name) from None
    return election, digest


def counted(options: argparse.Namespace, election: Election) -> Outcome:
    """The outcome by the rule that the options name."""
    return count(
        election,
        rule=options.rule,
        utility=options.utility,
        completion=options.completion,
        ties=TieBreaking.parse(options.ties),
        step=None if options.step is None else amount(options.step, row=0, what="the step"),
    )


def write_json(name: str, value: dict[str, Any]) -> None:
    """Write a document."""
    write(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())


def write(name: str, data: bytes) -> None:
    """Write a file."""
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise MethodError("file_unwritable", f"{name} cannot be written: {error.strerror}.", file=name) from None
