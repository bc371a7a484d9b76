"""What a record said from when on, as its author changed it: each step of its trail quotes the words of its time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from mitstadt.spine.actions.corrections import correctable
from mitstadt.spine.kinds import kind_of, words
from mitstadt.spine.models import Correction, Record

Texts = Mapping[str, str]


class Wordings:
    """All texts of a record in time: those it began with, and those after each change by its author."""

    def __init__(self, record: Record, corrections: Sequence[Correction]) -> None:
        self._record = record
        self._first_named = (*kind_of(record).corrects, "body")
        self._changes = [one for one in corrections if one.by_author]
        self._versions = self._in_time() if self._changes else []

    def at_first(self) -> tuple[str, str]:
        """What it said when it came, and the reason where that is something else."""
        said, body = words(self._record), self._record.body
        if self._versions:
            said, body = self._said(self._versions[0]), self._versions[0]["body"]
        return said, body if body != said else ""

    def after(self, at: datetime) -> tuple[str, str]:
        """What it said after the change at this moment, and why its author changed it."""
        for place, change in enumerate(self._changes, 1):
            if change.at == at:
                return self._said(self._versions[place]), change.reason
        return "", ""

    def _in_time(self) -> list[Texts]:
        """All its texts, from the first to those that stand now."""
        versions: list[Texts] = [{name: cell.text for name, cell in correctable(self._record).items()}]
        for change in reversed(self._changes):
            versions.insert(0, {**versions[0], **change.before})
        return versions

    def _said(self, texts: Texts) -> str:
        return next((texts[name] for name in self._first_named if texts.get(name)), "")
