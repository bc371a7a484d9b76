"""The working copy as editors see it: each passage with what it comes from, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q

from mitstadt.participation.drafting.computations import mark_of, numbers_of
from mitstadt.participation.drafting.models import CoText, Edition, Passage, Shape, WorkingPassage
from mitstadt.spine.models import Translation

PER_PAGE = 60
_ORIGINS = Prefetch("predecessors", Passage.objects.order_by("position"))


@dataclass(frozen=True)
class WorkingRow:
    """One passage of the working copy beside the passages of the current edition that it comes from."""

    passage: WorkingPassage
    before: tuple[Passage, ...]

    @property
    def mark(self) -> str:
        """The mark of the passage as it is shown."""
        return mark_of(self.passage.level, self.passage.shape, self.passage.words)

    @property
    def said(self) -> int:
        """How many contributions stand at the passages it comes from."""
        return sum(passage.contribution_count for passage in self.before)

    @property
    def old_words(self) -> str:
        """The words of the current edition."""
        return " ".join(passage.body for passage in self.before)

    @property
    def is_changed(self) -> bool:
        """Whether its words differ from those of the current edition."""
        return self.old_words != self.passage.words


def working_rows(text: CoText, *, page: int = 1) -> tuple[Page[WorkingPassage], list[WorkingRow]]:
    """One page of the working copy: three queries."""
    passages = text.working_passages.order_by("position", "pk").prefetch_related(_ORIGINS)
    shown = Paginator(passages, PER_PAGE).get_page(page)
    return shown, [_row(passage) for passage in shown.object_list]


def _row(passage: WorkingPassage) -> WorkingRow:
    return WorkingRow(passage, tuple(passage.predecessors.all()))


def numbered_rows(text: CoText) -> dict[int, str]:
    """The number that each passage of the working copy would get; one query."""
    rows = list(text.working_passages.order_by("position", "pk").values_list("pk", "level", "shape", "words"))
    numbers = numbers_of((level, shape, words) for _key, level, shape, words in rows)
    return {row[0]: number for row, number in zip(rows, numbers, strict=True)}


def current_edition(text: CoText) -> Edition | None:
    """The newest edition; None before the text opens."""
    return text.editions.order_by("-number").first()


def passages_left_out(text: CoText, edition: Edition) -> list[Passage]:
    """The passages of the current edition that nothing in the working copy comes from."""
    return list(edition.passages.filter(successors_in_work=None).order_by("position"))


@dataclass(frozen=True)
class ShapeCount:
    """How much of a text is what."""

    headings: int
    passages: int
    furniture: int


def shape_counts(text: CoText) -> ShapeCount:
    """What was recognised in the working copy; one query."""
    shapes = list(text.working_passages.values_list("shape", flat=True))
    headings = sum(shape in {Shape.HEADING, Shape.TITLE} for shape in shapes)
    furniture = shapes.count(Shape.FURNITURE)
    return ShapeCount(headings, len(shapes) - headings - furniture, furniture)


@dataclass(frozen=True)
class EditionDraft:
    """What the next edition changes."""

    kept: int
    changed: int
    new: int
    dropped: int

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self.changed or self.new or self.dropped)


def draft_summary(rows: Sequence[WorkingPassage], left_out: int) -> EditionDraft:
    """Counts over all working passages, given with their predecessors prefetched."""
    kept = changed = new = 0
    for passage in rows:
        if passage.shape == Shape.FURNITURE:
            continue
        before = list(passage.predecessors.all())
        if not before:
            new += 1
        elif len(before) == 1 and _same(passage, before[0]):
            kept += 1
        else:
            changed += 1
    return EditionDraft(kept, changed, new, left_out)


def words_missing(rows: Sequence[WorkingPassage]) -> dict[str, int]:
    """How many passages of the next edition would have no words in each language of this one; one query."""
    standing = [row for row in rows if row.shape != Shape.FURNITURE]
    kept = [
        before[0].pk for row in standing if len(before := list(row.predecessors.all())) == 1 and _same(row, before[0])
    ]
    editions = {before.edition_id for row in standing for before in row.predecessors.all()}
    have = Translation.objects.filter(record__as_passage__edition__in=editions).values("language")
    counted = have.annotate(n=Count("pk", filter=Q(record__in=kept))).order_by("language")
    missing = {row["language"]: len(standing) - row["n"] for row in counted}
    return {language: number for language, number in missing.items() if number}


def _same(passage: WorkingPassage, before: Passage) -> bool:
    return (passage.words, passage.shape, passage.level) == (before.body, before.shape, before.level)


def rewritten(rows: Sequence[WorkingPassage]) -> list[WorkingPassage]:
    """The working passages whose words are new or differ from those of the current edition."""
    return [row for row in rows if " ".join(old.body for old in row.predecessors.all()) != row.words]


def all_working(text: CoText) -> list[WorkingPassage]:
    """The whole working copy with its predecessors: two queries."""
    return list(text.working_passages.order_by("position", "pk").prefetch_related(_ORIGINS))
