"""The list of what was erased: refs and numbers of accounts, no words, outside the database and every backup.

Who restores an older backup gets back what was erased since. By this list it is erased again, before anybody sees it.
One line each: when, and what must not come back. An account is named by its number and the moment it was made, since
numbers are given anew after a restore.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mitstadt.ground.people.models import Person

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """What must not come back: a record, an account, or the link between the two."""

    ref: str = ""
    account: int = 0
    account_made_at: str = ""

    @classmethod
    def of(cls, *, ref: str = "", person: Person | None = None) -> Erased:
        """A record by its ref, a person, or that this person wrote this record."""
        return cls(ref, person.pk, _utc(person.created_at)) if person else cls(ref)

    def __str__(self) -> str:
        account = f"account {self.account} {self.account_made_at}" if self.account else ""
        return " ".join(filter(None, (f"record {self.ref}" if self.ref else "", account)))

    @classmethod
    def from_words(cls, words: list[str]) -> Erased | None:
        """What a line says after its time; None for anything else."""
        match words:
            case ["record", ref]:
                return cls(ref)
            case ["account", number, made] if number.isdecimal():
                return cls("", int(number), made)
            case ["record", ref, "account", number, made] if number.isdecimal():
                return cls(ref, int(number), made)
        return None

    def is_account(self, person: Person) -> bool:
        """Whether it means this very person, not one who got the same number later."""
        return self.account_made_at == _utc(person.created_at)


def note(*erased: Erased, now: datetime) -> None:
    """Add to the list once the transaction is safe. A list that cannot be written stops no erasure: see `complete`."""
    transaction.on_commit(lambda: _append(erased, now=now), robust=True)


def listed(*files: Path) -> list[Erased]:
    """All that was erased, by the list of this city and by others, each once, in their order."""
    found = dict.fromkeys(erased for file in (place(), *files) if file.exists() for erased in _read(file))
    return list(found)


def complete(all_erased: Iterable[Erased], *, now: datetime) -> int:
    """Add what the database knows to be erased and the list does not; how much that was."""
    known = set(listed())
    missing = tuple(erased for erased in all_erased if erased not in known)
    _append(missing, now=now)
    return len(missing)


def place() -> Path:
    """Where the list lies."""
    return Path(settings.ERASURES_FILE)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _append(erased: Iterable[Erased], *, now: datetime) -> None:
    lines = "".join(f"{_utc(now)} {one}\n" for one in erased)
    if not lines:
        return
    place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def _read(file: Path) -> Iterator[Erased]:
    with file.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            erased = Erased.from_words(line.split()[1:])
            if erased is None:
                logger.warning("A line in the list of erasures cannot be read: %s", file)
            else:
                yield erased
