"""``./mitstadt log`` on files: verify an exported log, prove one entry, check such a proof.

Neither database nor Django is needed, so that anyone can recount what the city says.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.log import (
    LONGEST_CONTENT,
    Entry,
    Fault,
    InclusionProof,
    PublicKey,
    SignedHead,
    Verification,
    bounded_lines,
    prove_inclusion,
    utc_text,
    verify_log,
)
from mitstadt.methods.shared.errors import MethodError

_LONGEST_SMALL_FILE = 1 << 22
_ERASED_SHOWN = 20


def verify(options: Typed) -> Told:
    """Sound, or every fault with its lines and exit code 1."""
    options.doing(_("Protokoll nachrechnen"))
    keys = [PublicKey.from_text(text) for text in options.key]
    heads = [SignedHead.from_text(_small_text(name)) for name in options.head]
    with ExitStack() as files:
        lines = bounded_lines(files.enter_context(_opened(options.file)))
        contents = None
        if options.contents:
            contents = bounded_lines(files.enter_context(_opened(options.contents)), longest=LONGEST_CONTENT)
        verification = verify_log(lines, contents=contents, keys=keys, known_heads=heads)
    return Told(_report(verification), _result(verification), code=0 if verification.sound else 1)


def _result(verification: Verification) -> dict[str, object]:
    head = verification.last_head
    result: dict[str, object] = {**asdict(verification), "sound": verification.sound, "last_head": None}
    if head:
        result["last_head"] = {"size": head.size, "root": head.root.hex(), "at": utc_text(head.at)}
    return result


def _report(verification: Verification) -> Iterator[str]:
    if verification.origin:
        yield f"Log {verification.origin}: {verification.entries} entries, {verification.heads} signed heads,"
        yield f"  {verification.heads_confirmed} of these heads confirmed."
    if head := verification.last_head:
        yield f"  Newest confirmed head: {head.size} entries at {utc_text(head.at)}, root {head.root.hex()}"
    if verification.known_heads_confirmed:
        yield f"  Heads you hold that agree with this log: {verification.known_heads_confirmed}"
    if verification.contents_given:
        yield f"  Contents that fit their hash: {verification.contents_checked}; erased: {verification.erased}"
        yield from _erased_lines(verification)
    yield from _lines(verification.faults, verification.faults_total)
    if verification.notices:
        yield "To know, and no fault:"
        yield from _lines(verification.notices, verification.notices_total)
    if verification.keys_from_file:
        yield "The key comes from the file itself. Compare it with the published one, or give that with --key:"
        yield from (f"  {key}" for key in verification.keys)
    yield "SOUND: nothing was changed." if verification.sound else f"NOT SOUND: {verification.faults_total} faults."


def _erased_lines(verification: Verification) -> Iterator[str]:
    for index, record in verification.erased_entries[:_ERASED_SHOWN]:
        yield f"    erased: entry {index}, {record or 'no record'}"
    if (more := verification.erased - _ERASED_SHOWN) > 0:
        yield f"    … and {more} more."


def _lines(found: Sequence[Fault], total: int) -> Iterator[str]:
    yield from map(_fault_line, found)
    if more := total - len(found):
        yield f"  … and {more} more."


def _fault_line(fault: Fault) -> str:
    where = f"line {fault.line}" if fault.since == fault.line else f"lines {fault.since} to {fault.line}"
    place = "  contents, " if fault.file == "contents" else "  "
    return f"{place}{where}: {fault.sentence}" if fault.line else f"  {fault.sentence}"


def prove(options: Typed) -> Told:
    """The proof that an entry stands in the log, as a text that may be handed on."""
    options.doing(_("Beweis suchen"))
    with _opened(options.file) as stream:
        proof, _head = prove_inclusion(bounded_lines(stream), options.index)
    return Told(str(proof))


def check_proof(options: Typed) -> Told:
    """Whether a proof holds under a published key; exit code 1 where it does not."""
    keys = [PublicKey.from_text(text) for text in options.key]
    proof = InclusionProof.from_text(_small_text(options.file))
    if not keys:
        raise MethodError("key_missing", "A proof does not name its key: give the log's published key with --key.")
    holds = any(proof.holds(key) for key in keys)
    head = proof.head.head
    entry = Entry.from_line(proof.entry)
    holds = holds and entry.index == proof.index
    result = {"holds": holds, "index": proof.index, "entry": json.loads(proof.entry), "size": head.size}
    words = [
        f"Log {head.origin}, {head.size} entries at {utc_text(head.at)}; entry {proof.index}:",
        f"  {proof.entry.decode()}",
        "HOLDS: the entry stands in the log." if holds else "DOES NOT HOLD: key, entry, path and head do not fit.",
    ]
    return Told(words, {**result, "origin": head.origin, "at": utc_text(head.at)}, code=0 if holds else 1)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file's bytes, or standard input for ``-``; whatever is in the way is told in a sentence."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; a fault while it is read is not ours to catch
    except OSError as error:
        sentence = f"“{name}” cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unreadable", sentence, file=name) from error
    with stream:
        yield stream


def _small_text(name: str) -> str:
    with _opened(name) as stream:
        raw = stream.read(_LONGEST_SMALL_FILE + 1)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise MethodError("file_not_text", f"“{name}” is no text in UTF-8.", file=name) from error
    if len(raw) > _LONGEST_SMALL_FILE:
        raise MethodError("file_too_long", f"“{name}” is too long for this.", file=name)
    return text
