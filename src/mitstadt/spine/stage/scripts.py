"""What others do with something that was said, as the files of a scene tell it: the same for every kind of record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


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
    """Someone reports it."""

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
class RewordScript:
    """Whoever said it says it otherwise, some days later."""

    day: int
    text: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Reactions:
    """Everything that happens to a record after someone said it; ``answer`` names the answer that it gets."""

    by: str = ""
    supports: int = 0
    answer: str = ""
    withdrawn_day: int = 0
    erased_day: int = 0
    reworded: RewordScript | None = None
    comments: Sequence[CommentScript] = ()
    reports: Sequence[ReportScript] = ()
    verdict: VerdictScript | None = None
    appeal: AppealScript | None = None

    @property
    def last_day(self) -> int | None:
        """The day from which nobody can support it any more, or None."""
        days = [self.withdrawn_day, self.erased_day, self.verdict.day if self.verdict else 0]
        return min((day for day in days if day), default=None)


def reactions(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a file with its reactions read; all else in it stays as it stands."""
    read = dict(row)
    read["comments"] = tuple(CommentScript(**comment) for comment in row.get("comments", ()))
    read["reports"] = tuple(ReportScript(**report) for report in row.get("reports", ()))
    if "reworded" in row:
        read["reworded"] = RewordScript(**row["reworded"])
    if "verdict" in row:
        read["verdict"] = VerdictScript(**row["verdict"])
    if "appeal" in row:
        read["appeal"] = AppealScript(**row["appeal"])
    return read
