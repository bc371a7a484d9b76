"""The public log on the command line: verify an exported log, prove one entry, check such a proof.

Works on files alone: neither database nor Django is needed, so that anyone can recount what the city says.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

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


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word after ``./mitstadt log``: what it is for, what it takes, what it does."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand: 0 if all is sound, 1 if the log or proof is not, 2 if it could not be checked."""
    parser = argparse.ArgumentParser(prog="./mitstadt log", description="The public log, for everyone to check.")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for subcommand in SUBCOMMANDS:
        subparser = subparsers.add_parser(subcommand.name, help=subcommand.help, description=subcommand.help)
        subcommand.add_arguments(subparser)
        subparser.set_defaults(run=subcommand.run)
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the exported log; - reads standard input")
    parser.add_argument("--contents", metavar="FILE", help="the contents, to be held against the hashes in the log")
    _add_key_argument(parser)
    parser.add_argument(
        "--head", metavar="FILE", action="append", default=[], help="a signed head noted earlier (may be repeated)"
    )
    parser.add_argument("--json", action="store_true", help="the whole result as JSON")


def _add_key_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key",
        metavar="PUBLICKEY",
        action="append",
        default=[],
        help="the log's public key as published, name+id+base64 (may be repeated)",
    )


def _verify(options: argparse.Namespace) -> int:
    keys = [PublicKey.from_text(text) for text in options.key]
    heads = [SignedHead.from_text(_small_text(name)) for name in options.head]
    with ExitStack() as files:
        lines = bounded_lines(files.enter_context(_opened(options.file)))
        contents = None
        if options.contents:
            contents = bounded_lines(files.enter_context(_opened(options.contents)), longest=LONGEST_CONTENT)
        verification = verify_log(lines, contents=contents, keys=keys, known_heads=heads)
    print(_as_json(verification) if options.json else "\n".join(_report(verification)))
    return 0 if verification.sound else 1


def _as_json(verification: Verification) -> str:
    head = verification.last_head
    result = {**asdict(verification), "sound": verification.sound, "last_head": None}
    if head:
        result["last_head"] = {"size": head.size, "root": head.root.hex(), "at": utc_text(head.at)}
    return json.dumps(result, indent=2, ensure_ascii=False)


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
    yield from map(_fault_line, verification.faults)
    if more := verification.faults_total - len(verification.faults):
        yield f"  … and {more} more."
    if verification.keys_from_file:
        yield "The key comes from the file itself. Compare it with the published one, or give that with --key:"
        yield from (f"  {key}" for key in verification.keys)
    yield "SOUND: nothing was changed." if verification.sound else f"NOT SOUND: {verification.faults_total} faults."


def _erased_lines(verification: Verification) -> Iterator[str]:
    for index, record in verification.erased_entries[:_ERASED_SHOWN]:
        yield f"    erased: entry {index}, {record or 'no record'}"
    if (more := verification.erased - _ERASED_SHOWN) > 0:
        yield f"    … and {more} more."


def _fault_line(fault: Fault) -> str:
    where = f"line {fault.line}" if fault.since == fault.line else f"lines {fault.since} to {fault.line}"
    place = "  contents, " if fault.file == "contents" else "  "
    return f"{place}{where}: {fault.sentence}" if fault.line else f"  {fault.sentence}"


def _add_prove_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the exported log; - reads standard input")
    parser.add_argument("index", metavar="INDEX", type=int, help="number of the entry, from 0")


def _prove(options: argparse.Namespace) -> int:
    with _opened(options.file) as stream:
        proof, _ = prove_inclusion(bounded_lines(stream), options.index)
    sys.stdout.write(str(proof))
    return 0


def _add_check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="PROOFFILE", help="a proof as printed by ./mitstadt log prove")
    _add_key_argument(parser)
    parser.add_argument("--json", action="store_true", help="the result as JSON")


def _check_proof(options: argparse.Namespace) -> int:
    keys = [PublicKey.from_text(text) for text in options.key]
    proof = InclusionProof.from_text(_small_text(options.file))
    if not keys:
        raise MethodError("key_missing", "A proof does not name its key: give the log's published key with --key.")
    holds = any(proof.holds(key) for key in keys)
    head = proof.head.head
    entry = Entry.from_line(proof.entry)
    holds = holds and entry.index == proof.index
    if options.json:
        result = {"holds": holds, "index": proof.index, "entry": json.loads(proof.entry), "size": head.size}
        print(json.dumps({**result, "origin": head.origin, "at": utc_text(head.at)}, indent=2, ensure_ascii=False))
    else:
        print(f"Log {head.origin}, {head.size} entries at {utc_text(head.at)}; entry {proof.index}:")
        print(f"  {proof.entry.decode()}")
        print(
            "HOLDS: the entry stands in the log." if holds else "DOES NOT HOLD: key, entry, path and head do not fit."
        )
    return 0 if holds else 1


def _add_export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="where to write the log")
    parser.add_argument(
        "--contents", metavar="FILE", help="where to write the contents too; they hold personal data: keep them"
    )


def _export(options: argparse.Namespace) -> int:
    """The one subcommand that needs the city's database."""
    from mitstadt.site.commandline.log_exporting import export

    return export(Path(options.file), Path(options.contents) if options.contents else None)


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


SUBCOMMANDS: tuple[Subcommand, ...] = (
    Subcommand("verify", "verify an exported log down to the last byte", _add_verify_arguments, _verify),
    Subcommand("prove", "print the proof that an entry stands in an exported log", _add_prove_arguments, _prove),
    Subcommand("export", "sign this city's log and write it to a file", _add_export_arguments, _export),
    Subcommand("check-proof", "check such a proof against the published key", _add_check_arguments, _check_proof),
)
