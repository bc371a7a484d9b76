"""The file form of a public log: JSON Lines that are read once, from top to bottom, in constant memory.

The first line names the log and its public keys. Each entry is one line. A signed head stands right below the last
entry it covers, and the last line of the file is a signed head. Contents lie in a file of their own, so that they can
be left out or erased without touching the log.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mitstadt.methods.log.entries import canonical_bytes, content_hash
from mitstadt.methods.log.heads import PublicKey, SignedHead
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import Json

FORMAT = "mitstadt log"
VERSION = 1
LONGEST_LINE = 1 << 20
LONGEST_CONTENT = 1 << 24

_HEAD_START = b'{"head":'


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: which log this is, and the keys of that name that sign it (several after a change of key)."""

    origin: str
    keys: tuple[PublicKey, ...]

    def line(self) -> bytes:
        """The line without its end."""
        keys = [str(key) for key in self.keys]
        return canonical_bytes({"format": FORMAT, "keys": keys, "origin": self.origin, "version": VERSION})

    @classmethod
    def from_line(cls, line: bytes) -> "Header":
        """The header that this line stands for; ``header_unreadable`` otherwise."""
        sentence = "The first line is not the header of an exported log."
        try:
            fields = json.loads(line)
            header = cls(fields["origin"], tuple(map(PublicKey.from_text, fields["keys"])))
            if {key.name for key in header.keys} == {header.origin} and header.line() == line:
                return header
            if fields["format"] == FORMAT and fields["version"] != VERSION:
                sentence = f"This log is written in version {fields['version']!r}; version {VERSION} can be read here."
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise MethodError("header_unreadable", sentence) from error
        raise MethodError("header_unreadable", sentence)


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry's salted hash stands for, as long as it is not erased."""

    index: int
    record: str | None
    salt: bytes
    content: Json

    @property
    def hash(self) -> str:
        """The hash that the entry must bear."""
        return content_hash(self.content, salt=self.salt)

    def line(self) -> bytes:
        """The line of a contents file, without its end."""
        fields = {"content": self.content, "index": self.index, "record": self.record, "salt": self.salt.hex()}
        return canonical_bytes(fields)

    @classmethod
    def from_line(cls, line: bytes) -> "Content":
        """The content that this line stands for; ``content_unreadable`` otherwise."""
        try:
            fields = json.loads(line)
            index, record, salt = fields["index"], fields["record"], bytes.fromhex(fields["salt"])
            if type(index) is int and (record is None or isinstance(record, str)):
                return cls(index, record, salt, fields["content"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise MethodError("content_unreadable", "This line is no content of a log entry.") from error
        raise MethodError("content_unreadable", "This line is no content of a log entry.")


def head_line(signed: SignedHead) -> bytes:
    """The line of a signed head, without its end."""
    return canonical_bytes({"head": str(signed)})


def is_head_line(line: bytes) -> bool:
    """Whether this line is meant as a signed head; an entry never begins so."""
    return line.startswith(_HEAD_START)


def read_head_line(line: bytes) -> SignedHead:
    """The signed head of this line; ``head_unreadable`` for a line that `head_line` would not have written."""
    try:
        signed = SignedHead.from_text(json.loads(line)["head"])
        if head_line(signed) == line:
            return signed
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MethodError("head_unreadable", "This line is no signed head of a log.") from error
    raise MethodError("head_unreadable", "This line is no signed head of a log in its exact form.")


def exported_lines(header: Header, entries: Iterable[bytes], heads: Iterable[SignedHead]) -> Iterator[bytes]:
    """The whole file, line by line with line ends: each head below the last entry it covers.

    Parameters
    ----------
    header : Header
    entries : iterable of bytes
        `Entry.line` of every entry in order; read one at a time, and no further than the last head covers.
    heads : iterable of SignedHead
        In the order they were signed; read one at a time, too.
    """
    yield header.line() + b"\n"
    lines = iter(entries)
    written = 0
    for signed in heads:
        while written < signed.head.size:
            line = next(lines, None)
            if line is None:
                sentence = f"A head covers {signed.head.size} entries, but there are only {written}."
                raise MethodError("entries_missing", sentence, size=signed.head.size, entries=written)
            yield line + b"\n"
            written += 1
        yield head_line(signed) + b"\n"


def bounded_lines(stream: BinaryIO, *, longest: int = LONGEST_LINE) -> Iterator[bytes]:
    """The lines of a binary stream with their ends; ``line_too_long`` instead of a full memory."""
    number = 1
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            raise MethodError("line_too_long", f"Line {number} is longer than {longest} bytes.", line=number)
        yield line
        number += 1
