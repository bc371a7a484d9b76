"""``./mitstadt log check-mine``: hold one's own words, as downloaded, against the public log. No city is needed."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.log import Content, PublicKey, Verification, bounded_lines, verify_log
from mitstadt.methods.shared.errors import MethodError

_WORDS = ("title", "body", "language")


def check_mine(options: Typed) -> Told:
    """Whether the log promises these very words, and whether the city still shows them; exit code 1 where not."""
    options.doing(_("Eigene Worte prüfen"))
    mine = _read(Path(options.mine))
    contents = sorted(_contents(mine), key=lambda one: one.index)
    keys = [PublicKey.from_text(text) for text in options.key]
    try:
        with Path(options.file).open("rb") as log:
            lines = (one.line() + b"\n" for one in contents)
            checked = verify_log(bounded_lines(log), contents=lines, keys=keys)
    except OSError as error:
        sentence = f"“{options.file}” cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unreadable", sentence, file=options.file) from error
    changed = _changed(mine, contents)
    sound = checked.sound and not changed
    return Told(_report(checked, contents, changed), _result(checked, changed, sound=sound), code=0 if sound else 1)


def _report(checked: Verification, contents: list[Content], changed: list[str]) -> Iterator[str]:
    fit = f"{checked.contents_checked} of {len(contents)}"
    yield f"Log {checked.origin}: {checked.entries} entries. Yours that fit it: {fit}."
    yield from (f"  entry {one.index}, {one.record}" for one in contents)
    yield from (f"  {fault.sentence}" for fault in checked.faults)
    yield from (f"  {ref}: the city shows other words than it promised in the log." for ref in changed)
    if checked.keys_from_file:
        yield "The key comes from the log file. Compare it with the published one, or give that with --key."
    sound = checked.sound and not changed
    yield "FITS: your words are what the log promised." if sound else "DOES NOT FIT."


def _result(checked: Verification, changed: list[str], *, sound: bool) -> dict[str, object]:
    return {
        "fits": sound,
        "checked": checked.contents_checked,
        "changed": changed,
        "faults": [asdict(fault) for fault in checked.faults],
    }


def _changed(mine: dict[str, Any], contents: list[Content]) -> list[str]:
    """The refs whose words in the download differ from the last content that says them."""
    promised: dict[str, dict[str, Any]] = {}
    for one in contents:
        if one.record and isinstance(one.content, dict) and {"title", "body"} <= one.content.keys():
            promised[one.record] = one.content
    shown = {row["ref"]: row for row in mine.get("records", ())}
    return [
        ref
        for ref, said in promised.items()
        if ref in shown and any(shown[ref].get(name) != said.get(name) for name in _WORDS)
    ]


def _contents(mine: dict[str, Any]) -> Iterator[Content]:
    try:
        for row in mine["log_contents"]:
            yield Content(row["act__index"], row["record__ref"], bytes.fromhex(row["salt"]), row["content"])
    except (KeyError, TypeError, ValueError) as error:
        raise _no_download() from error


def _read(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        sentence = f"“{file}” cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise MethodError("file_unreadable", sentence, file=str(file)) from error
    except (ValueError, RecursionError) as error:
        raise _no_download() from error
    if not isinstance(read, dict):
        raise _no_download()
    return read


def _no_download() -> MethodError:
    return MethodError("no_download", "This is no file of your data, or one from before it held what the log promises.")
