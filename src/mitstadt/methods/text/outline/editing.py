"""What a person corrects in the preview of an outline: every function returns a new outline with fresh refs."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.text.outline.model import KINDS, Kind, Outline, Passage
from mitstadt.methods.text.outline.refs import numbered

DEEPEST = 9
HEADINGS = ("title", "heading")


@dataclass(frozen=True, slots=True)
class Edit:
    """What to do with one passage; ``position`` counts in the outline before any edit.

    The passage is first given its new text, kind and level, then cut at the offsets, then dropped or joined with
    the passage that follows.
    """

    position: int
    kind: Kind | None = None
    level: int | None = None
    text: str | None = None
    split_at: tuple[int, ...] = ()
    join_next: bool = False
    drop: bool = False


def renumber(outline: Outline) -> Outline:
    """The same outline with levels of passages taken from their sections, and fresh refs."""
    return replace(outline, passages=numbered(settled(outline.passages)))


def set_level(outline: Outline, position: int, level: int) -> Outline:
    """The outline with another level for one heading."""
    return apply_edits(outline, [Edit(position, level=level)])


def set_kind(outline: Outline, position: int, kind: Kind) -> Outline:
    """The outline with another kind for one passage."""
    return apply_edits(outline, [Edit(position, kind=kind)])


def set_text(outline: Outline, position: int, text: str) -> Outline:
    """The outline with other words in one passage."""
    return apply_edits(outline, [Edit(position, text=text)])


def join(outline: Outline, position: int) -> Outline:
    """The outline with one passage and the next as one; the first decides kind and level."""
    return apply_edits(outline, [Edit(position, join_next=True)])


def split(outline: Outline, position: int, offset: int) -> Outline:
    """The outline with one passage cut in two at a character offset."""
    return apply_edits(outline, [Edit(position, split_at=(offset,))])


def drop(outline: Outline, position: int) -> Outline:
    """The outline without one passage."""
    return apply_edits(outline, [Edit(position, drop=True)])


def drop_furniture(outline: Outline) -> Outline:
    """The outline without its page furniture."""
    return replace(outline, passages=numbered(settled(outline.content)))


def apply_edits(outline: Outline, edits: Sequence[Edit]) -> Outline:
    """The outline after all edits of one form at once; several edits of one passage add up.

    Raises
    ------
    MethodError
        ``text_no_such_passage``, ``text_kind_unknown``, ``text_level_outside``, ``text_split_outside``,
        ``text_passage_empty`` or ``text_nothing_to_join``.
    """
    pieces = [[passage] for passage in outline.passages]
    joined: set[int] = set()
    for edit in edits:
        _check(outline, edit)
        changed = [piece for old in pieces[edit.position] for piece in _reworked(old, edit)]
        pieces[edit.position] = [] if edit.drop else changed
        if edit.join_next:
            joined.add(edit.position)
    return replace(outline, passages=numbered(settled(_glued(pieces, joined))))


def settled(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages with the level of everything but headings taken from the section it lies in."""
    result: list[Passage] = []
    section = 1
    for passage in passages:
        if passage.kind in HEADINGS:
            section = passage.level
        result.append(replace(passage, level=section))
    return tuple(result)


def _check(outline: Outline, edit: Edit) -> None:
    total = len(outline.passages)
    if not 0 <= edit.position < total:
        sentence = f"There is no passage at position {edit.position}; the outline has {total}. Load the preview again."
        raise MethodError("text_no_such_passage", sentence, position=edit.position, total=total)
    if edit.kind is not None and edit.kind not in KINDS:
        sentence = f"“{edit.kind}” is no kind of passage. Choose one of {', '.join(KINDS)}."
        raise MethodError("text_kind_unknown", sentence, kind=edit.kind)
    if edit.level is not None and not 1 <= edit.level <= DEEPEST:
        sentence = f"Level {edit.level} cannot be used. Choose a level from 1 to {DEEPEST}."
        raise MethodError("text_level_outside", sentence, level=edit.level)
    if edit.join_next and edit.position == total - 1:
        sentence = "The last passage has none after it to join with. Choose the passage before it."
        raise MethodError("text_nothing_to_join", sentence, position=edit.position)


def _reworked(passage: Passage, edit: Edit) -> list[Passage]:
    kind = edit.kind or passage.kind
    changed = replace(
        passage,
        kind=kind,
        level=edit.level or passage.level,
        text=passage.text if edit.text is None else edit.text.strip(),
        depth=passage.depth if kind == "list_item" else 0,
        marker=passage.marker if kind == "list_item" else "",
        reason=passage.reason if kind == "furniture" else "",
    )
    if not changed.text:
        sentence = "A passage without words cannot be kept. Drop it, or write some words."
        raise MethodError("text_passage_empty", sentence, position=edit.position)
    return _cut(changed, edit)


def _cut(passage: Passage, edit: Edit) -> list[Passage]:
    if not edit.split_at:
        return [passage]
    bounds = [0, *sorted(set(edit.split_at)), len(passage.text)]
    if bounds != sorted(set(bounds)):
        sentence = f"The place to cut lies outside the passage, which has {len(passage.text)} characters."
        raise MethodError("text_split_outside", f"{sentence} Choose a place inside.", position=edit.position)
    texts = [passage.text[a:b].strip() for a, b in itertools.pairwise(bounds)]
    if not all(texts):
        sentence = "One of the two parts would have no words. Choose a place between two words."
        raise MethodError("text_passage_empty", sentence, position=edit.position)
    # The rest of a cut heading is its first paragraph: people split where a heading swallowed its text.
    rest: Kind = "paragraph" if passage.kind in HEADINGS else passage.kind
    return [replace(passage, text=texts[0]), *(replace(passage, text=text, kind=rest) for text in texts[1:])]


def _glued(pieces: Sequence[list[Passage]], joined: set[int]) -> list[Passage]:
    """All pieces in order; the last of a joined position takes up the first of what follows it."""
    result: list[Passage] = []
    waiting = False
    for position, group in enumerate(pieces):
        for passage in group:
            if waiting and result:
                result[-1] = replace(result[-1], text=f"{result[-1].text} {passage.text}")
            else:
                result.append(passage)
            waiting = False
        # A dropped passage hands the join on; its own wish to be joined goes with it.
        waiting = (position in joined and bool(group)) or (waiting and not group)
    return result
