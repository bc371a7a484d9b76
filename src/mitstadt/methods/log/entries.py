"""One entry of the public log, and the one line of bytes that stands for it.

An entry tells who (by a pseudonym) did what to which record and when. It holds no person's words: those lie beside the
log and enter it as a salted hash, so that erasing salt and words leaves nothing to guess from and the log verifiable.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import canonical_json

SALT_BYTES = 16

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_MARK = re.compile(r"[!-~]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_KEYS = {"actor", "actor_kind", "at", "content", "details", "index", "record", "verb"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which record, and when.

    Parameters
    ----------
    index : int
        Place in the log, from 0.
    at : datetime
        When, with a time zone; written in UTC to the microsecond.
    actor_kind : str
        Small letters, for example ``"person"``, ``"host"``, ``"code"``, ``"system"``.
    actor : str or None
        A pseudonym without meaning (ASCII, at most 64 signs), never a name or an address; None where nobody is meant.
    verb : str
        What was done, in small letters, for example ``"comment_added"``.
    record : str or None
        Ref of the record it was done to.
    content : str or None
        Salted hash of the content (`content_hash`), 64 hexadecimal digits.
    details : dict
        Facts that name no person, such as the state before; plain JSON, never erased.

    Raises
    ------
    MethodError
        ``entry_unfit`` where a field is not as told here.
    """

    index: int
    at: datetime
    actor_kind: str
    actor: str | None
    verb: str
    record: str | None = None
    content: str | None = None
    details: Mapping[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fits = {
            "index": type(self.index) is int and self.index >= 0,
            "at": self.at.tzinfo is not None,
            "actor_kind": _NAME.fullmatch(self.actor_kind),
            "actor": self.actor is None or _MARK.fullmatch(self.actor),
            "verb": _NAME.fullmatch(self.verb),
            "record": self.record is None or _MARK.fullmatch(self.record),
            "content": self.content is None or _HASH.fullmatch(self.content),
            "details": isinstance(self.details, dict),
        }
        for name, fit in fits.items():
            if not fit:
                value = getattr(self, name)
                raise MethodError("entry_unfit", f"A log entry cannot have {value!r} as its {name}.", field=name)

    def line(self) -> bytes:
        """The bytes that are hashed into the log, and the line (without its end) of an exported log.

        Canonical JSON: keys sorted, no spaces, UTF-8.
        """
        return canonical_bytes(
            {
                "actor": self.actor,
                "actor_kind": self.actor_kind,
                "at": utc_text(self.at),
                "content": self.content,
                "details": self.details,
                "index": self.index,
                "record": self.record,
                "verb": self.verb,
            }
        )

    @classmethod
    def from_line(cls, line: bytes) -> "Entry":
        """The entry that this line stands for.

        Raises
        ------
        MethodError
            ``entry_unreadable`` for a line that `line` would not have written, down to the last byte.
        """
        try:
            fields = _DECODER.decode(line.decode())
            if type(fields) is dict and fields.keys() == _KEYS:
                entry = cls(**{**fields, "at": read_utc(fields["at"])})
                if entry.line() == line:
                    return entry
        except (ValueError, TypeError, RecursionError) as error:
            raise MethodError("entry_unreadable", "This line is no log entry.") from error
        raise MethodError("entry_unreadable", "This line is no log entry in canonical form.")


def content_hash(content: Json, *, salt: bytes) -> str:
    """SHA-256 of salt and canonical JSON of the content: 64 hexadecimal digits that say nothing once the salt is gone.

    Raises
    ------
    MethodError
        ``salt_unfit`` if the salt is not 16 bytes; ``content_unfit`` if the content is not plain JSON.

    Examples
    --------
    >>> content_hash({"text": "Mehr Bänke!"}, salt=bytes(16))[:16]
    'efbb0ccd84d790ff'
    """
    if len(salt) != SALT_BYTES:
        raise MethodError("salt_unfit", f"A salt has {SALT_BYTES} random bytes, not {len(salt)}.", length=len(salt))
    return hashlib.sha256(salt + canonical_bytes(content)).hexdigest()


def canonical_bytes(value: Json) -> bytes:
    """Canonical JSON of a plain value: text, numbers, true, false, null, lists, and objects with text as keys."""
    try:
        if _is_plain(value):
            return canonical_json(value)
    except (UnicodeEncodeError, RecursionError) as error:
        raise MethodError("content_unfit", "This cannot be written as JSON in UTF-8.") from error
    raise MethodError("content_unfit", "Only text, finite numbers, true, false, null, lists and objects can be logged.")


def utc_text(at: datetime) -> str:
    """A time in UTC to the microsecond with Z, always 27 signs long, so that the text sorts as the times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def read_utc(text: Any) -> datetime:
    """The time that `utc_text` wrote; ``ValueError`` for anything else."""
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        raise ValueError("no time in UTC with microseconds and Z")
    return datetime.fromisoformat(text)


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, str | bool | int):
        return True
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    return isinstance(value, list | tuple) and all(map(_is_plain, value))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
