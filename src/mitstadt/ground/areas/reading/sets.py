"""What a file of areas comes to: facts of each area, and what was found wrong or mended on the way."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Finding:
    """Something a person should know about a file: mended on the way, or broken so that nothing may be loaded."""

    code: str
    sentence: str
    broken: bool = True


class AreaFileError(ValueError):
    """A file that cannot be loaded; ``findings`` says every reason, each in a sentence that names the feature."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.sentence for finding in self.findings))


def refuse(code: str, sentence: str) -> AreaFileError:
    """An error with a single reason."""
    return AreaFileError([Finding(code, sentence)])


@dataclass(frozen=True)
class AreaFacts:
    """One area as its file tells it. ``border_follows_children`` asks for the union of the areas below."""

    official_id: str
    level: str
    parent_id: str | None
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    slug: str = ""
    residents: int | None = None
    centroid: tuple[float, float] | None = None
    border: BaseGeometry | None = None
    border_follows_children: bool = False


@dataclass(frozen=True)
class AreaSet:
    """All areas of one file with what they share."""

    scheme: str
    valid_from: dt.date
    valid_until: dt.date | None
    language: str
    exactness: str
    source: str
    areas: tuple[AreaFacts, ...]
    findings: tuple[Finding, ...] = ()


Json = dict[str, Any]
