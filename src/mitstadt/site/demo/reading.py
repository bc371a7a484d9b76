"""The files of the demo city as they are read: who lives there, what is asked, said and answered."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from mitstadt.methods.shared.hashing import sha256_hex

# The order in which the city tells them: the text that most of it is about comes first.
STORIES = (
    "leitbild",
    "leopoldplatz",
    "gropiusstadt",
    "lichtenberg",
    "marzahn",
    "toiletten",
    "pankow",
    "koepenick",
    "spandau",
    "winter",
)
TRANSLATED_INTO = ("en", "de-simple")


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """An organisation of the city; `area` is an official id."""

    slug: str
    name: str
    kind: str
    area: str
    contact: str = ""
    runs_platform: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Someone of the cast; `shown` is the sentence on the sign-in page, empty for most."""

    key: str
    name: str
    shown: str = ""
    shown_en: str = ""
    language: str = ""
    account: bool = True
    roles: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class CommentScript:
    """A comment, or a reply to the comment before it."""

    by: str
    text: str
    stance: str = "neutral"
    reply: bool = False
    language: str = "de"


@dataclass(frozen=True, kw_only=True)
class ReportScript:
    """Someone reports a contribution."""

    by: str
    reason: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class VerdictScript:
    """What moderation decided; with a second person where two must agree."""

    day: int
    by: str
    verdict: str
    reason: str
    rule: str = ""
    second_day: int = 0
    second_by: str = ""


@dataclass(frozen=True, kw_only=True)
class AppealScript:
    """The author disagrees, and someone else decides."""

    text: str
    day: int
    by: str
    upheld: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class SaidScript:
    """A contribution with everything that happens to it."""

    at: str
    day: int
    theme: str
    text: str = ""
    edition: int = 1
    by: str = ""
    organisation: str = ""
    channel: str = "web"
    form: str = "comment"
    wording: str = ""
    language: str = "de"
    supports: int = 0
    answer: str = ""
    take_over: str = ""
    withdrawn_day: int = 0
    erased_day: int = 0
    comments: Sequence[CommentScript] = ()
    reports: Sequence[ReportScript] = ()
    verdict: VerdictScript | None = None
    appeal: AppealScript | None = None

    @property
    def last_day(self) -> int | None:
        """The day from which nobody can support it any more, or None."""
        days = [self.withdrawn_day, self.erased_day, self.verdict.day if self.verdict else 0]
        return min((day for day in days if day), default=None)


@dataclass(frozen=True, kw_only=True)
class AnswerScript:
    """An answer that one or many contributions share."""

    day: int
    by: str
    decision: str
    reason: str


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


@dataclass(frozen=True, kw_only=True)
class PhaseScript:
    """When people can take part, in days since the opening."""

    title: str
    opens_day: int
    closes_day: int


@dataclass(frozen=True, kw_only=True)
class ChangeScript:
    """A public change of the promised date."""

    day: int
    field: str
    to_day: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EndingScript:
    """When the promise was kept and the process closed."""

    kept_day: int
    closed_day: int


@dataclass(frozen=True, kw_only=True)
class Story:
    """A process from its preparation to where it stands today."""

    key: str
    title: str
    body: str
    host: str
    owner: str
    area: str
    access: str = "anyone"
    four_eyes: bool = False
    opened_days_ago: int | None = None
    prepared_days_ago: int = 0
    source_name: str = ""
    commitment: Mapping[str, Any] = field(default_factory=dict)
    phase: PhaseScript | None = None
    ending: EndingScript | None = None
    change: ChangeScript | None = None
    second: EditionScript | None = None
    text: bytes = b""
    translations: Mapping[str, bytes] = field(default_factory=dict)
    answers: Mapping[str, AnswerScript] = field(default_factory=dict)
    said: Sequence[SaidScript] = ()


@dataclass(frozen=True)
class City:
    """Everything that is told about the demo city, and the hash by which it is known again."""

    organisations: tuple[OrganisationFacts, ...]
    people: tuple[PersonFacts, ...]
    stories: tuple[Story, ...]
    digest: str


def read_city() -> City:
    """Read all files of the demo city."""
    root = files("mitstadt.site.demo") / "content"
    cast = _toml(root / "cast.toml")
    return City(
        organisations=tuple(OrganisationFacts(**row) for row in cast["organisation"]),
        people=tuple(_person(row) for row in cast["person"]),
        stories=tuple(_story(key, root / key) for key in STORIES),
        digest=sha256_hex(b"".join(_all_bytes(root))),
    )


def _person(row: dict[str, Any]) -> PersonFacts:
    return PersonFacts(**{**row, "roles": tuple((slug, role) for slug, role in row.get("roles", ()))})


def _story(key: str, folder: Traversable) -> Story:
    told = _toml(folder / "process.toml")
    nested = {"phase": PhaseScript, "ending": EndingScript, "change": ChangeScript}
    for name, kind in nested.items():
        if name in told:
            told[name] = kind(**told[name])
    return Story(
        key=key,
        second=_edition(folder / "second.toml"),
        text=_bytes(folder / "text.de.md"),
        translations={
            language: words for language in TRANSLATED_INTO if (words := _bytes(folder / f"text.{language}.md"))
        },
        answers={
            name: AnswerScript(**{**answer, "reason": answer["reason"].strip()})
            for name, answer in _toml(folder / "answers.toml").items()
        },
        said=tuple(_said(row) for file in _named(folder, "said") for row in _toml(file)["said"]),
        **{**told, "body": told["body"].strip()},
    )


def _said(row: dict[str, Any]) -> SaidScript:
    row["comments"] = tuple(CommentScript(**comment) for comment in row.get("comments", ()))
    row["reports"] = tuple(ReportScript(**report) for report in row.get("reports", ()))
    if "verdict" in row:
        row["verdict"] = VerdictScript(**row["verdict"])
    if "appeal" in row:
        row["appeal"] = AppealScript(**row["appeal"])
    return SaidScript(**row)


def _edition(file: Traversable) -> EditionScript | None:
    told = _toml(file)
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
    )


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _bytes(file: Traversable) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _named(folder: Traversable, beginning: str) -> list[Traversable]:
    found = [file for file in folder.iterdir() if file.name.startswith(beginning)]
    return sorted(found, key=lambda file: file.name)


def _all_bytes(folder: Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _all_bytes(entry)
        else:
            yield entry.name.encode() + b"\0" + entry.read_bytes()
