"""What the import preview and the next edition share: a page of the working copy, edited in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page
from django.db import transaction
from django.http import HttpRequest

from mitstadt.ground.words import clean_words
from mitstadt.participation.drafting.actions.working_copy import insert_after, revise
from mitstadt.participation.drafting.models import CoText, Edition, WorkingPassage
from mitstadt.participation.drafting.queries.takings import by_row, takings_of
from mitstadt.participation.drafting.queries.working import (
    WorkingRow,
    all_working,
    current_edition,
    numbered_rows,
    working_rows,
)
from mitstadt.participation.drafting.working_rows import EditorRow, added_passages, edits_of, typed, untouched
from mitstadt.spine.errors import Refused
from mitstadt.ui.requests import actor_of, number_in, page_number, sent_text


@dataclass(frozen=True)
class WorkingPage:
    """One page of the working copy as a form, and the words of rows that somebody else took away meanwhile."""

    page: Page[WorkingPassage]
    rows: tuple[EditorRow, ...]
    first_words: str = ""
    homeless_words: tuple[str, ...] = ()

    @property
    def keys(self) -> str:
        """Which passages the form speaks about."""
        return " ".join(str(row.key) for row in self.rows)


def shown_page(request: HttpRequest, text: CoText) -> WorkingPage:
    """The page as the working copy has it, or with what was just sent."""
    page, rows = working_rows(text, page=page_number(request))
    numbers = numbered_rows(text)
    if request.method != "POST":
        shown = WorkingPage(page, tuple(untouched(row, numbers[row.passage.pk]) for row in rows))
    else:
        shown = _with_what_was_sent(request, page, rows, numbers)
    return _with_wordings(shown, text)


def _with_wordings(shown: WorkingPage, text: CoText) -> WorkingPage:
    """With the wordings that are meant for each row; one query where there are none."""
    if not text.takings.exists():
        return shown
    here = by_row(takings_of(text, all_working(text), current_edition(text)))
    return replace(shown, rows=tuple(replace(row, taken=tuple(here.get(row.key, ()))) for row in shown.rows))


def lost_words(request: HttpRequest, edition: Edition) -> list[str]:
    """What was typed into a draft that is no longer there, as far as it does not stand in the edition."""
    sent = (clean_words(sent_text(request, f"p{key}-words")).strip() for key in _sent_keys(request))
    stands = set(edition.passages.values_list("body", flat=True))
    added = (name for name in request.POST if name.endswith("-added"))
    more = (clean_words(sent_text(request, name)).strip() for name in added)
    return [words for words in (*sent, *more) if words and words not in stands]


def _with_what_was_sent(
    request: HttpRequest, page: Page[WorkingPassage], rows: list[WorkingRow], numbers: dict[int, str]
) -> WorkingPage:
    sent = request.POST.dict()
    keys = _sent_keys(request)
    here = {row.passage.pk for row in rows}
    shown = tuple(_row(row, numbers[row.passage.pk], sent if row.passage.pk in keys else None) for row in rows)
    lost = tuple(sent[f"p{key}-words"] for key in keys if key not in here and sent.get(f"p{key}-words", "").strip())
    return WorkingPage(page, shown, first_words=sent.get("first-added", ""), homeless_words=lost)


def _row(row: WorkingRow, number: str, sent: Mapping[str, str] | None) -> EditorRow:
    """What was sent where this person changed something, else what stands there now."""
    filled = typed(row, number, sent) if sent is not None else None
    return filled if filled and filled.is_touched else untouched(row, number)


def _sent_keys(request: HttpRequest) -> list[int]:
    keys = (number_in(key, most_digits=18) for key in request.POST.get("keys", "").split())
    return [key for key in keys if key is not None]


def save_page(request: HttpRequest, text: CoText, shown: WorkingPage, *, now: datetime) -> None:
    """Write what was sent, all of it or nothing."""
    if shown.homeless_words or any(row.in_conflict for row in shown.rows):
        raise Refused("conflict")
    keys = set(_sent_keys(request))
    actor = actor_of(request)
    with transaction.atomic():
        revise(text, actor=actor, edits=edits_of([row for row in shown.rows if row.key in keys]), now=now)
        first = added_passages(shown.first_words, sent_text(request, "first-added-kind"), level=1)
        for added in reversed(first):
            insert_after(
                text, actor=actor, after_id=None, level=added.level, shape=added.shape, words=added.words, now=now
            )
