"""Open exported conversations and note draws; whatever is wrong with a path is said in a sentence."""

import contextlib
import gzip
import io
import json
from pathlib import Path
from typing import IO, Any

from mitstadt.ground.commands import Typed
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.exports import TABLES, read_conversation, table_kind
from mitstadt.methods.opinion.models import Options
from mitstadt.methods.shared.errors import MethodError


def options_of(typed: Typed) -> Options:
    """Model, axes and seed as they were typed."""
    return Options(typed.model, typed.dim, typed.seed)


def open_conversation(path: Path) -> Conversation:
    """A conversation from an export folder or from one table of votes, plain or gzip-compressed."""
    with contextlib.ExitStack() as stack:
        try:
            if path.is_dir():
                return read_conversation(_tables_of(path, stack))
            stream = _opened(path, stack)
            header = stream.readline()
            stream.seek(0)
            tables = {table_kind(header): stream}
            if "comments" in tables:
                sentence = f"{path} is a table of statements; votes are in participants-votes.csv or votes.csv."
                raise MethodError("no_votes_table", sentence)
            beside = _found(path.parent, "comments")
            if beside is not None and beside != path:
                tables["comments"] = _opened(beside, stack)
            return read_conversation(tables)
        except (gzip.BadGzipFile, EOFError) as error:
            raise MethodError("not_gzip", f"{path} cannot be unpacked: {error}. Fetch the file again.") from error
        except OSError as error:
            raise MethodError("not_readable", f"{path} cannot be read: {error.strerror or error}.") from error


def _tables_of(folder: Path, stack: contextlib.ExitStack) -> dict[str, IO[bytes]]:
    found = {name: _found(folder, name) for name in TABLES}
    tables = {name: _opened(path, stack) for name, path in found.items() if path is not None}
    if "participants-votes" not in tables and "votes" not in tables:
        sentence = f"{folder} holds neither participants-votes.csv nor votes.csv (plain or .gz)."
        raise MethodError("no_votes_table", sentence)
    return tables


def _found(folder: Path, name: str) -> Path | None:
    for ending in (".csv", ".csv.gz"):
        path = folder / f"{name}{ending}"
        if path.is_file():
            return path
    return None


def _opened(path: Path, stack: contextlib.ExitStack) -> IO[bytes]:
    raw = stack.enter_context(path.open("rb"))
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    if not packed:
        return raw
    return stack.enter_context(io.BufferedReader(stack.enter_context(gzip.GzipFile(fileobj=raw))))


def read_json(path: Path) -> Any:
    """A JSON file, plain or gzip-compressed."""
    with contextlib.ExitStack() as stack:
        try:
            return json.load(_opened(path, stack))
        except OSError as error:
            raise MethodError("not_readable", f"{path} cannot be read: {error.strerror or error}.") from error
        except ValueError as error:
            raise MethodError("not_json", f"{path} is not JSON: {error}.") from error


def read_lines(path: Path) -> list[str]:
    """The lines of a text file that are not empty, without spaces around them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise MethodError("not_utf8", f"{path} is not written in UTF-8.") from error
    except OSError as error:
        raise MethodError("not_readable", f"{path} cannot be read: {error.strerror or error}.") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def append_text(path: Path, text: str) -> None:
    """Add to the end of a file, or say why not."""
    try:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise MethodError("not_writable", f"{path} cannot be written: {error.strerror or error}.") from error
