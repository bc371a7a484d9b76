"""The files of the demo city as they are read: who lives there, what is asked, said and answered."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from mitstadt.methods.shared.hashing import sha256_hex
from mitstadt.spine.formats import Format, all_formats

# Stories that no slice plays: a process that is only being prepared.
OWN_STORIES = ("winter",)


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """An organisation of the city; `area` is an official id."""

    slug: str
    name: str
    kind: str
    area: str
    level: str = ""
    article: str = ""
    # How to reach it, by the names of `Contact`; `contact` is what else helps.
    reach: Mapping[str, str] = field(default_factory=dict)
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
class AnswerScript:
    """An answer that one or many contributions share."""

    day: int
    by: str
    decision: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PhaseScript:
    """When people can take part, in days since the opening."""

    title: str
    opens_day: int
    closes_day: int


@dataclass(frozen=True, kw_only=True)
class ChangeScript:
    """A public change of the promised date, by two people who lead the process."""

    day: int
    confirmed_by: str
    field: str
    to_day: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EndingScript:
    """When the promise was kept and the process closed, and what came of it."""

    kept_day: int
    closed_day: int
    outcome: str
    decided_by: str
    decided_day: int


@dataclass(frozen=True, kw_only=True)
class CancelScript:
    """That the process was cancelled, by two people who lead it."""

    day: int
    confirmed_by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class NewsScript:
    """What the host told along the way."""

    day: int
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReminderScript:
    """Somebody asks for the answer that is overdue."""

    day: int
    by: str


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
    commitment: Mapping[str, Any] = field(default_factory=dict)
    phase: PhaseScript | None = None
    ending: EndingScript | None = None
    change: ChangeScript | None = None
    cancelled: CancelScript | None = None
    news: Sequence[NewsScript] = ()
    reminders: Sequence[ReminderScript] = ()
    answers: Mapping[str, AnswerScript] = field(default_factory=dict)
    # Whose scene it is, and what its files say beyond the process.
    format: Format | None = None
    folder: Traversable
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class City:
    """Everything that is told about the demo city, and the hash by which it is known again."""

    organisations: tuple[OrganisationFacts, ...]
    people: tuple[PersonFacts, ...]
    stories: tuple[Story, ...]
    digest: str
    # How many people at most support one thing; a test needs no thousands.
    most_supports: int | None = None


def read_city() -> City:
    """Read all files of the demo city: its own, and the scenes of the formats."""
    root = files("mitstadt.site.demo") / "content"
    cast = _toml(root / "cast.toml")
    playing = [(declared, declared.scene) for declared in all_formats() if declared.scene]
    played = [_story(key, scene.content / key, declared) for declared, scene in playing for key in scene.stories]
    own = [_story(key, root / key, None) for key in OWN_STORIES]
    contents = [root, *(scene.content for _declared, scene in playing)]
    return City(
        organisations=tuple(OrganisationFacts(**row) for row in cast["organisation"]),
        people=tuple(_person(row) for row in cast["person"]),
        stories=(*played, *own),
        digest=sha256_hex(b"".join(piece for content in contents for piece in _all_bytes(content))),
    )


def _person(row: dict[str, Any]) -> PersonFacts:
    return PersonFacts(**{**row, "roles": tuple((slug, role) for slug, role in row.get("roles", ()))})


def _story(key: str, folder: Traversable, declared: Format | None) -> Story:
    told = _toml(folder / "process.toml")
    nested = {"phase": PhaseScript, "ending": EndingScript, "change": ChangeScript, "cancelled": CancelScript}
    for name, kind in nested.items():
        if name in told:
            told[name] = kind(**told[name])
    told["news"] = tuple(NewsScript(**one) for one in told.get("news", ()))
    told["reminders"] = tuple(ReminderScript(**one) for one in told.get("reminders", ()))
    known = {one.name for one in fields(Story)}
    return Story(
        key=key,
        format=declared,
        folder=folder,
        own={name: value for name, value in told.items() if name not in known},
        answers={
            name: AnswerScript(**{**answer, "reason": answer["reason"].strip()})
            for name, answer in _toml(folder / "answers.toml").items()
        },
        **{**{name: value for name, value in told.items() if name in known}, "body": told["body"].strip()},
    )


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _all_bytes(folder: Traversable) -> Iterator[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _all_bytes(entry)
        else:
            yield entry.name.encode() + b"\0" + entry.read_bytes()
