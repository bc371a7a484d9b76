"""The working copy as a form: what stands in each row, what was typed there, and the edit that follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitstadt.ground.words import clean_words
from mitstadt.participation.drafting.actions.working_copy import AddedPassage, PassageEdit
from mitstadt.participation.drafting.computations import mark_of
from mitstadt.participation.drafting.models import Shape, WorkingPassage
from mitstadt.participation.drafting.presenting import difference, how_much_stands
from mitstadt.participation.drafting.queries.takings import Taken
from mitstadt.participation.drafting.queries.working import WorkingRow
from mitstadt.ui.parts import Words

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_DEEPEST = 6

# Shape and level are one question to a person: what is this?
KINDS: tuple[tuple[str, str | Promise], ...] = (
    (Shape.PARAGRAPH.value, _("Absatz")),
    (Shape.LIST_ITEM.value, _("Listenpunkt")),
    ("heading-1", _("Überschrift 1")),
    ("heading-2", _("Überschrift 2")),
    ("heading-3", _("Überschrift 3")),
    ("heading-4", _("Überschrift 4")),
    ("heading-5", _("Überschrift 5")),
    ("heading-6", _("Überschrift 6")),
    (Shape.QUOTE.value, _("Zitat")),
    (Shape.TABLE_ROW.value, _("Tabellenzeile")),
    (Shape.TITLE.value, _("Titel")),
)
_SELECTED = SafeString(" selected")
_KNOWN = {key for key, _label in KINDS}


def kind_options(chosen: str) -> SafeString:
    """The choices of a row's select. Rows are many and kinds are few, so each list is drawn once."""
    known = chosen if chosen in {*_KNOWN, Shape.FURNITURE.value} else Shape.PARAGRAPH.value
    return _options(known, get_language() or "")


@lru_cache(maxsize=256)
def _options(chosen: str, _language: str) -> SafeString:
    furniture = ((Shape.FURNITURE.value, Shape.FURNITURE.label),) if chosen == Shape.FURNITURE else ()
    rows = [(key, _SELECTED if key == chosen else "", label) for key, label in (*furniture, *KINDS)]
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def kind_of(passage: WorkingPassage) -> str:
    """Shape and level as the one choice of the form."""
    if passage.shape == Shape.HEADING:
        return f"heading-{min(passage.level, _DEEPEST)}"
    return passage.shape


def shape_and_level(kind: str) -> tuple[Shape, int | None]:
    """What the choice means; whatever is no heading has no level of its own."""
    if kind.startswith("heading-"):
        return Shape.HEADING, int(kind.removeprefix("heading-"))
    return Shape(kind), 1 if kind == Shape.TITLE else None


@dataclass(frozen=True)
class EditorRow:
    """One row of the form; `typed` where a person sent it, else as the working copy has it."""

    row: WorkingRow
    number: str
    kind: str
    words: str
    seen: str
    drop: bool = False
    join: bool = False
    added: str = ""
    added_kind: str = Shape.PARAGRAPH.value
    # The wordings that are meant for this place in the next edition.
    taken: tuple[Taken, ...] = ()

    @property
    def key(self) -> int:
        """The passage that the row edits."""
        return self.row.passage.pk

    @property
    def is_furniture(self) -> bool:
        """Whether it was recognised as page furniture."""
        return self.row.passage.shape == Shape.FURNITURE

    @property
    def options(self) -> SafeString:
        """What the passage may be."""
        return kind_options(self.kind)

    @property
    def added_options(self) -> SafeString:
        """What the new passages may be."""
        return kind_options(self.added_kind)

    @property
    def is_heading(self) -> bool:
        """Whether it is drawn as a heading."""
        return self.kind.startswith("heading-") or self.kind == Shape.TITLE

    @property
    def lines(self) -> int:
        """How many lines its field shows."""
        return min(max(2, -(-len(self.words) // 62) + self.words.count("\n")), 14)

    @property
    def in_conflict(self) -> bool:
        """Whether somebody else changed it since this person loaded the page."""
        return self.seen != self.row.mark and self.is_touched

    @property
    def is_touched(self) -> bool:
        """Whether this person changed anything about what they saw."""
        shape, level = _sound(self.kind, self.row.passage)
        rewritten = mark_of(level or self.row.passage.level, shape, self.words) != self.seen
        # Page furniture is always decided: it goes, or it stays as a paragraph.
        return rewritten or self.join or self.drop or bool(self.added) or self.is_furniture

    @property
    def difference(self) -> list[Words]:
        """The words marked against those of the current edition; empty where nothing changed."""
        if not self.row.before or self.row.old_words == self.words:
            return []
        return difference(self.row.old_words, self.words)

    @property
    def wordings(self) -> list[tuple[Taken, str]]:
        """The wordings that are meant for this place, each with a sentence on how much of it stands here."""
        return [(one, how_much_stands(one)) for one in self.taken]

    @property
    def edit(self) -> PassageEdit:
        """What the working copy must change."""
        shape, level = _sound(self.kind, self.row.passage)
        if shape is Shape.FURNITURE and not self.drop:
            shape = Shape.PARAGRAPH
        words, cuts = _cut(self.words, self.row.passage.words)
        return PassageEdit(
            passage_id=self.key,
            seen=self.seen,
            level=level,
            shape=shape,
            words=words,
            split_at=cuts,
            join_next=self.join,
            drop=self.drop or not words,
            add_after=added_passages(self.added, self.added_kind, level=self.row.passage.level),
        )


def untouched(row: WorkingRow, number: str) -> EditorRow:
    """A row as the working copy has it; page furniture comes ticked for removal."""
    passage = row.passage
    furniture = passage.shape == Shape.FURNITURE
    return EditorRow(row, number, kind_of(passage), passage.words, seen=row.mark, drop=furniture)


def typed(row: WorkingRow, number: str, sent: Mapping[str, str]) -> EditorRow:
    """A row as a person sent it."""
    name = f"p{row.passage.pk}"
    return EditorRow(
        row,
        number,
        kind=sent.get(f"{name}-kind", kind_of(row.passage)),
        words=clean_words(sent.get(f"{name}-words", row.passage.words)).strip(),
        seen=sent.get(f"{name}-seen", ""),
        drop=f"{name}-drop" in sent,
        join=f"{name}-join" in sent,
        added=clean_words(sent.get(f"{name}-added", "")).strip(),
        added_kind=sent.get(f"{name}-added-kind", Shape.PARAGRAPH.value),
    )


def edits_of(rows: Sequence[EditorRow]) -> list[PassageEdit]:
    """The edits of all rows that a person touched."""
    return [row.edit for row in rows if row.is_touched]


def added_passages(words: str, kind: str, *, level: int) -> tuple[AddedPassage, ...]:
    """New passages from typed words; a blank line begins the next one."""
    shape, own_level = shape_and_level(kind if kind in _KNOWN else Shape.PARAGRAPH.value)
    parts = [part.strip() for part in _BLANK_LINE.split(clean_words(words)) if part.strip()]
    return tuple(AddedPassage(own_level or level, shape, part) for part in parts)


def _sound(kind: str, passage: WorkingPassage) -> tuple[Shape, int | None]:
    return shape_and_level(kind if kind in _KNOWN else kind_of(passage))


def _cut(words: str, before: str) -> tuple[str, tuple[int, ...]]:
    """The words without the blank lines that a person put in, and where these stood."""
    if not _BLANK_LINE.search(words) or _BLANK_LINE.search(before):
        return words, ()
    parts = [part.strip() for part in _BLANK_LINE.split(words) if part.strip()]
    ends = accumulate(len(part) + 1 for part in parts[:-1])
    return " ".join(parts), tuple(end - 1 for end in ends)
