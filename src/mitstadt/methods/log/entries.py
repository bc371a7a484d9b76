"""One entry of the public log, and the one line of bytes that stands for it.

An entry tells who (by a pseudonym) did what to which record and when. It holds no person's words: those lie beside the
log and enter it as a salted hash, so that erasing salt and words leaves nothing to guess from and the log verifiable.
"""

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import Json, canonical_json

SALT_BYTES = 16
_OFTEN = 200  # details shorter than this, such as a state before, come again and again

_NAME = r"[a-z][a-z0-9_.-]{0,63}"
_MARK = r"[!#-\[\]-~]{1,64}"  # printable ASCII that JSON writes as it is
_HASH = r"[0-9a-f]{64}"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
_is_name = re.compile(_NAME).fullmatch
_is_mark = re.compile(_MARK).fullmatch
_is_hash = re.compile(_HASH).fullmatch
_is_time = re.compile(_TIME).fullmatch
_match_line = re.compile(
    rf'\{{"actor":(?:null|"({_MARK})"),"actor_kind":"({_NAME})","at":"({_TIME})",'
    rf'"content":(?:null|"({_HASH})"),"details":(\{{.*\}}),"index":(0|[1-9][0-9]{{0,17}}),'
    rf'"record":(?:null|"({_MARK})"),"verb":"({_NAME})"\}}'
).fullmatch
_FITS: Mapping[str, Callable[[Any], object]] = {
    "index": lambda index: type(index) is int and 0 <= index < 10**18,
    "at": lambda at: at.tzinfo is not None,
    "actor_kind": _is_name,
    "actor": lambda actor: actor is None or _is_mark(actor),
    "verb": _is_name,
    "record": lambda record: record is None or _is_mark(record),
    "content": lambda content: content is None or _is_hash(content),
    "details": lambda details: isinstance(details, dict),
}


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
        for name, fits in _FITS.items():
            value = getattr(self, name)
            if not fits(value):
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
        actor, actor_kind, at, content, details, index, record, verb = _fields(line)
        return cls(
            index=int(index),
            at=datetime.fromisoformat(at),
            actor_kind=actor_kind,
            actor=actor,
            verb=verb,
            record=record,
            content=content,
            details=json.loads(details),
        )


class Outline(NamedTuple):
    """What verifying needs to know of an entry."""

    place: int
    record: str | None
    content: str | None
    at: str

    @classmethod
    def from_line(cls, line: bytes) -> "Outline":
        """The outline of this entry; as strict as `Entry.from_line`, at half the cost."""
        _, _, at, content, _, index, record, _ = _fields(line)
        return cls(int(index), record, content, at)


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


def read_utc(text: str) -> datetime:
    """The time that `utc_text` wrote; ``ValueError`` for anything else."""
    if not _is_time(text):
        raise ValueError("no time in UTC with microseconds and Z")
    return datetime.fromisoformat(text)


def _fields(line: bytes) -> tuple[Any, ...]:
    """The fields of an entry's line in the order of their keys, each in the form that `Entry.line` gives it."""
    try:
        found = _match_line(line.decode())
        if found:
            fields = found.groups()
            datetime.fromisoformat(fields[2])
            details = fields[4]
            if (_is_often_canonical if len(details) < _OFTEN else _is_canonical)(details):
                return fields
    except (ValueError, RecursionError) as error:
        raise MethodError("entry_unreadable", "This line is no log entry.") from error
    raise MethodError("entry_unreadable", "This line is no log entry in canonical form.")


def _is_canonical(text: str) -> bool:
    value, _ = _DECODER.raw_decode(text)
    return canonical_json(value) == text.encode()


_is_often_canonical = lru_cache(maxsize=1024)(_is_canonical)


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
