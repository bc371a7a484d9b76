"""Two editions side by side, for everyone: what was kept, changed, split, merged, dropped and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.presenting import difference
from mitstadt.participation.drafting.queries.comparing import (
    ComparedEditions,
    ComparedPassages,
    Fate,
    compared_editions,
)
from mitstadt.participation.drafting.queries.reading import text_by_ref
from mitstadt.ui.parts import Link, Words
from mitstadt.ui.requests import actor_of, whole_number

_LABELS: dict[Fate, str | Promise] = {
    Fate.KEPT: _("unverändert"),
    Fate.CHANGED: _("geändert"),
    Fate.SPLIT: _("geteilt"),
    Fate.MERGED: _("zusammengeführt"),
    Fate.DROPPED: _("gestrichen"),
    Fate.NEW: _("neu"),
}
_TONES = {Fate.KEPT: "neutral", Fate.NEW: "done", Fate.DROPPED: "missed"}


@dataclass(frozen=True)
class ComparedRow:
    """One row of the comparison as the page shows it."""

    passages: ComparedPassages

    @property
    def label(self) -> str:
        """What happened, in a word."""
        return str(_LABELS[self.passages.fate])

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return _TONES.get(self.passages.fate, "open")

    @cached_property
    def words(self) -> list[Words]:
        """The words, with what went and what came."""
        return difference(self.passages.old_words, self.passages.new_words)


def editions_compared(request: HttpRequest, ref: str) -> HttpResponse:
    """Every passage with its fate; by default the last two editions."""
    text = text_by_ref(ref, actor=actor_of(request))
    compared = compared_editions(text, older=_number(request, "von"), newer=_number(request, "bis"))
    only_changes = request.GET.get("nur") == "aenderungen"
    rows = [row for row in compared.rows if not only_changes or row.fate is not Fate.KEPT]
    context = {
        "section": "open",
        "process": text.home,
        "text": text,
        "compared": compared,
        "rows": [ComparedRow(row) for row in rows],
        "tallies": [(str(_LABELS[fate]), count) for fate, count in compared.counts.items() if count],
        "views": _views(compared, only_changes=only_changes),
    }
    return render(request, "drafting/editions_compared.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))


def _views(compared: ComparedEditions, *, only_changes: bool) -> list[Link]:
    pair = f"?von={compared.older.number}&bis={compared.newer.number}"
    return [
        Link(label=str(_("Ganzer Text")), href=pair, current=not only_changes),
        Link(label=str(_("Nur was sich ändert")), href=f"{pair}&nur=aenderungen", current=only_changes),
    ]
