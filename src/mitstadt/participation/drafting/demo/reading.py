"""The files of a text in the demo city as they are read: the text, what is said about it, how it was edited."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

from mitstadt.spine.stage import Reactions
from mitstadt.spine.stage.scripts import reactions

TRANSLATED_INTO = ("en", "de-simple")


@dataclass(frozen=True, kw_only=True)
class SaidScript(Reactions):
    """A contribution with everything that happens to it."""

    at: str
    day: int
    theme: str
    text: str = ""
    edition: int = 1
    organisation: str = ""
    channel: str = "web"
    form: str = "comment"
    wording: str = ""
    language: str = "de"
    take_over: str = ""


@dataclass(frozen=True, kw_only=True)
class EditScript:
    """What the editors changed at a passage of the edition before."""

    at: str
    words: str | None = None
    drop: bool = False
    join_next: bool = False


@dataclass(frozen=True, kw_only=True)
class SplitScript:
    """A passage is cut before these words."""

    at: str
    before: str


@dataclass(frozen=True, kw_only=True)
class InsertScript:
    """A new passage after another."""

    after: str
    shape: str
    words: str


@dataclass(frozen=True, kw_only=True)
class EditionScript:
    """How the next edition was written."""

    day: int
    take_over_day: int
    by: str
    note: str
    edits: Sequence[EditScript] = ()
    splits: Sequence[SplitScript] = ()
    inserts: Sequence[InsertScript] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TextScript:
    """A text with all that happens to it."""

    text: bytes
    translations: Mapping[str, bytes] = field(default_factory=dict)
    said: Sequence[SaidScript] = ()
    second: EditionScript | None = None


def read_text(folder: Traversable) -> TextScript:
    """Everything that one folder tells about its text."""
    return TextScript(
        text=_bytes(folder / "text.de.md"),
        translations={
            language: words for language in TRANSLATED_INTO if (words := _bytes(folder / f"text.{language}.md"))
        },
        said=tuple(SaidScript(**reactions(row)) for file in _said(folder) for row in _toml(file)["said"]),
        second=_edition(folder),
    )


def _said(folder: Traversable) -> list[Traversable]:
    found = [file for file in folder.iterdir() if file.name.startswith("said")]
    return sorted(found, key=lambda file: file.name)


def _edition(folder: Traversable) -> EditionScript | None:
    told = _toml(folder / "second.toml")
    if not told:
        return None
    return EditionScript(
        day=told["day"],
        take_over_day=told["take_over_day"],
        by=told["by"],
        note=told["note"],
        edits=tuple(EditScript(**edit) for edit in told.get("edit", ())),
        splits=tuple(SplitScript(**split) for split in told.get("split", ())),
        inserts=tuple(InsertScript(**insert) for insert in told.get("insert", ())),
        translations={
            language: words for language in TRANSLATED_INTO if (words := _toml(folder / f"second.{language}.toml"))
        },
    )


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _bytes(file: Traversable) -> bytes:
    return file.read_bytes() if file.is_file() else b""
