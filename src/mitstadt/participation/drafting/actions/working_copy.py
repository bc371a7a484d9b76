"""The working copy: import a text, correct what was recognised, write the next edition passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from mitstadt.participation.drafting import computations, verbs
from mitstadt.participation.drafting.actions.changing import changing
from mitstadt.participation.drafting.models import CoText, Edition, Passage, Shape, WorkingPassage
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.records import checked_text
from mitstadt.spine.actors import Actor
from mitstadt.spine.errors import Refused


@dataclass(frozen=True)
class AddedPassage:
    """A new passage of the working copy."""

    level: int
    shape: Shape
    words: str


@dataclass(frozen=True)
class PassageEdit:
    """What an editor changes about one passage of the working copy; None leaves as it is.

    `seen` is the mark of the passage as the editor saw it; where somebody changed it meanwhile, nothing is written.
    """

    passage_id: int
    seen: str = ""
    level: int | None = None
    shape: Shape | None = None
    words: str | None = None
    split_at: tuple[int, ...] = ()
    join_next: bool = False
    drop: bool = False
    add_after: tuple[AddedPassage, ...] = ()


_HEADINGS = {Shape.TITLE, Shape.HEADING}


@dataclass
class _Row:
    """A passage on its way through an edit."""

    id: int | None
    level: int
    shape: str
    words: str
    predecessors: set[int] = field(default_factory=set)


def import_text(text: CoText, *, actor: Actor, read: computations.ReadText, source_name: str, now: datetime) -> CoText:
    """Bring words that were read into the text as its working copy; a second import replaces an unpublished first."""
    with changing(text, actor=actor, now=now):
        if text.editions.exists():
            raise Refused("text_already_published")
        text.title, text.source_name, text.changed_at = read.title or text.title, source_name, now
        text.save(update_fields=["title", "source_name", "changed_at"])
        text.working_passages.all().delete()
        WorkingPassage.objects.bulk_create(
            [
                WorkingPassage(text=text, position=position, level=row.level, shape=row.shape, words=row.words)
                for position, row in enumerate(read.passages)
            ]
        )
        record_act(actor=actor, verb=verbs.IMPORTED_TEXT, record=text, now=now)
    return text


def begin_next_edition(text: CoText, *, actor: Actor, now: datetime) -> None:
    """Copy the current edition into an empty working copy, each passage with its predecessor declared."""
    with changing(text, actor=actor, now=now):
        current = Edition.objects.filter(text=text).order_by("-number").first()
        if current is None or text.working_passages.exists():
            return
        passages = list(current.passages.order_by("position"))
        rows = WorkingPassage.objects.bulk_create(
            [
                WorkingPassage(text=text, position=p.position, level=p.level, shape=p.shape, words=p.body)
                for p in passages
            ]
        )
        through = WorkingPassage.predecessors.through
        through.objects.bulk_create(
            [
                through(workingpassage_id=row.pk, passage_id=passage.pk)
                for row, passage in zip(rows, passages, strict=True)
            ]
        )


def revise(text: CoText, *, actor: Actor, edits: Sequence[PassageEdit], now: datetime) -> None:
    """Change levels, shapes and words, join, split and drop, all at once; positions follow."""
    with changing(text, actor=actor, now=now):
        rows = _rows(text)
        by_id = {edit.passage_id: edit for edit in edits}
        _refuse_conflicts(rows, by_id)
        _store(text, _edited(rows, by_id))


def insert_after(
    text: CoText, *, actor: Actor, after_id: int | None, level: int, shape: Shape, words: str, now: datetime
) -> None:
    """Add a new passage after another, or at the beginning."""
    with changing(text, actor=actor, now=now):
        words = checked_text(words)
        rows = _rows(text)
        place = next((i + 1 for i, row in enumerate(rows) if row.id == after_id), None if after_id else 0)
        if place is None:
            raise Refused("conflict")
        rows.insert(place, _Row(None, level, shape, words))
        _store(text, rows)


def restore(text: CoText, *, actor: Actor, passage: Passage, now: datetime) -> None:
    """Bring back a passage that was dropped from the next edition, behind what stands before it."""
    with changing(text, actor=actor, now=now):
        rows = _rows(text)
        if any(passage.pk in row.predecessors for row in rows):
            return
        before = Passage.objects.filter(edition=passage.edition_id, position__lt=passage.position)
        earlier = set(before.values_list("pk", flat=True))
        place = max((i + 1 for i, row in enumerate(rows) if row.predecessors & earlier), default=0)
        rows.insert(place, _Row(None, passage.level, passage.shape, passage.body, {passage.pk}))
        _store(text, rows)


def discard_next_edition(text: CoText, *, actor: Actor, now: datetime) -> None:
    """Begin the next edition anew; what is published stays as it is."""
    with changing(text, actor=actor, now=now):
        if text.editions.exists():
            text.working_passages.all().delete()
            text.takings.all().delete()


def _rows(text: CoText) -> list[_Row]:
    """All rows as they are now, under the lock of the text.

    Where somebody published or discarded the draft meanwhile there is nothing to write on: a draft that begins with one
    new passage would drop all others.
    """
    rows = [
        _Row(
            passage.pk,
            passage.level,
            passage.shape,
            passage.words,
            {before.pk for before in passage.predecessors.all()},
        )
        for passage in text.working_passages.order_by("position", "pk").prefetch_related("predecessors")
    ]
    if not rows and text.editions.exists():
        raise Refused("conflict")
    return rows


def _refuse_conflicts(rows: list[_Row], edits: dict[int, PassageEdit]) -> None:
    now = {row.id: computations.mark_of(row.level, row.shape, row.words) for row in rows}
    if any(key not in now or (edit.seen and now[key] != edit.seen) for key, edit in edits.items()):
        raise Refused("conflict")


def _edited(rows: list[_Row], edits: dict[int, PassageEdit]) -> list[_Row]:
    result: list[_Row] = []
    joining = False
    for row in rows:
        edit = edits.get(row.id or 0, PassageEdit(passage_id=0))
        if not edit.drop:
            _apply(row, edit)
            pieces = _split(row, edit.split_at)
            if joining and result:
                _join(result[-1], pieces.pop(0))
            result.extend(pieces)
            joining = edit.join_next
        result.extend(_Row(None, added.level, added.shape, checked_text(added.words)) for added in edit.add_after)
    return result


def _apply(row: _Row, edit: PassageEdit) -> None:
    row.level = row.level if edit.level is None else edit.level
    row.shape = row.shape if edit.shape is None else edit.shape
    if edit.words is not None and edit.words.strip():
        row.words = checked_text(edit.words)


def _split(row: _Row, offsets: Iterable[int]) -> list[_Row]:
    cuts = [0, *sorted({at for at in offsets if 0 < at < len(row.words)}), len(row.words)]
    parts = [row.words[a:b].strip() for a, b in pairwise(cuts)]
    parts = [part for part in parts if part]
    first = _Row(row.id, row.level, row.shape, parts[0] if parts else row.words, row.predecessors)
    # What follows in a cut heading is its first paragraph: a heading had swallowed its text.
    rest = Shape.PARAGRAPH if row.shape in _HEADINGS else row.shape
    more = [_Row(None, row.level, rest, part, set(row.predecessors)) for part in parts[1:]]
    return [first, *more]


def _join(first: _Row, second: _Row) -> None:
    first.words = f"{first.words} {second.words}"
    first.predecessors |= second.predecessors


def _store(text: CoText, rows: list[_Row]) -> None:
    """Write the rows in their order; a constant number of queries, however long the text is."""
    _settle(rows)
    text.working_passages.exclude(pk__in=[row.id for row in rows if row.id]).delete()
    passages = [
        WorkingPassage(pk=row.id, text=text, position=position, level=row.level, shape=row.shape, words=row.words)
        for position, row in enumerate(rows)
    ]
    WorkingPassage.objects.bulk_create([passage for passage, row in zip(passages, rows, strict=True) if row.id is None])
    WorkingPassage.objects.bulk_update(
        [passage for passage, row in zip(passages, rows, strict=True) if row.id],
        ["position", "level", "shape", "words"],
        batch_size=200,
    )
    _store_origins(passages, rows)


def _settle(rows: list[_Row]) -> None:
    """Whatever is no heading has the level of the section that it lies in."""
    section = 1
    for row in rows:
        if row.shape in _HEADINGS:
            section = row.level
        row.level = section


def _store_origins(passages: list[WorkingPassage], rows: list[_Row]) -> None:
    before = WorkingPassage.predecessors.through
    before.objects.filter(workingpassage_id__in=[passage.pk for passage in passages]).delete()
    before.objects.bulk_create(
        [
            before(workingpassage_id=passage.pk, passage_id=old)
            for passage, row in zip(passages, rows, strict=True)
            for old in sorted(row.predecessors)
        ]
    )
