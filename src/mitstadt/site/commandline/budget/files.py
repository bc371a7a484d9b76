"""What ``./mitstadt budget`` reads, and the count that its options ask for."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mitstadt.ground.commands import Typed
from mitstadt.methods.budgeting import Election, Outcome, TieBreaking, count, read_pb
from mitstadt.methods.budgeting.pabulib.numbers import amount
from mitstadt.methods.shared.errors import MethodError


@contextmanager
def without_collection() -> Iterator[None]:
    """Nothing here makes circles, and a million rows would be searched for them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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


def counted(options: Typed, election: Election) -> Outcome:
    """The outcome by the rule that the options name."""
    return count(
        election,
        rule=options.rule,
        utility=options.utility,
        completion=options.completion,
        ties=TieBreaking.parse(options.ties),
        step=None if options.step is None else amount(options.step, row=0, what="the step"),
    )
