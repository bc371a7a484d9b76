"""The plan of a synopsis: every passage in reading order with what became of it, computed without further queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mitstadt.participation.drafting.links import CHANGED_TO, KEPT_AS
from mitstadt.participation.drafting.models import Passage, Shape
from mitstadt.participation.drafting.synopsis.rows import Course, PassageRow, Place, TakenUp
from mitstadt.spine.links import MERGED_INTO, SPLIT_INTO

_COURSES: dict[str, Course] = {
    KEPT_AS: Course.KEPT,
    CHANGED_TO: Course.CHANGED,
    SPLIT_INTO: Course.SPLIT,
    MERGED_INTO: Course.MERGED,
}


@dataclass(frozen=True)
class Descents:
    """The arrows between the passages of all editions, and the contributions taken up in each passage."""

    later: Mapping[int, Sequence[tuple[int, str]]]
    taken_up: Mapping[int, Sequence[TakenUp]] = field(default_factory=dict)

    @property
    def arrived(self) -> set[int]:
        """The passages that came from an earlier one."""
        return {target for arrows in self.later.values() for target, _type in arrows}


def planned(
    passages: Sequence[Passage], descents: Descents, *, places: Mapping[int, Place], voices: Mapping[int, int]
) -> Iterator[PassageRow]:
    """The rows edition by edition; a new passage stands behind the old one that its predecessor in the text came from.

    The newest edition is told only where something was said, unless it is the only one.
    """
    editions = _by_edition(passages)
    arrived = descents.arrived
    for number, later in zip(editions, [*list(editions.values())[1:], []], strict=True):
        added = _new_after(editions[number], later, descents, arrived)
        yield from (_new(passage, descents, places) for passage in added[None])
        for passage in editions[number]:
            said = voices.get(passage.pk, 0)
            if _is_told(passage, said, is_newest=not later, is_only=len(editions) == 1):
                yield _row(passage, descents, places=places, said=said, is_newest=not later)
            yield from (_new(new, descents, places) for new in added[passage.pk])


def _by_edition(passages: Iterable[Passage]) -> dict[int, list[Passage]]:
    editions: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        editions[passage.edition.number].append(passage)
    return dict(sorted(editions.items()))


def _is_told(passage: Passage, said: int, *, is_newest: bool, is_only: bool) -> bool:
    if said:
        return True
    return passage.shape != Shape.TITLE and (is_only or not is_newest)


def _new_after(
    earlier: Sequence[Passage], later: Sequence[Passage], descents: Descents, arrived: set[int]
) -> Mapping[int | None, list[Passage]]:
    """For each old passage the new ones that follow what it became; under None those at the very beginning."""
    ancestor = {target: old.pk for old in earlier for target, _type in descents.later.get(old.pk, ())}
    added: dict[int | None, list[Passage]] = defaultdict(list)
    behind: int | None = None
    for passage in later:
        behind = ancestor.get(passage.pk, behind)
        if passage.pk not in arrived:
            added[behind].append(passage)
    return added


def _row(
    passage: Passage, descents: Descents, *, places: Mapping[int, Place], said: int, is_newest: bool
) -> PassageRow:
    arrows = descents.later.get(passage.pk, ())
    return PassageRow(
        key=passage.pk,
        place=places[passage.pk],
        shape=passage.shape,
        level=passage.level,
        course=_course(arrows, is_newest=is_newest),
        results=tuple(places[target] for target, _type in arrows),
        taken_up=_once(taken for target, _type in arrows for taken in descents.taken_up.get(target, ())),
        voice_count=said,
    )


def _once(taken: Iterable[TakenUp]) -> tuple[TakenUp, ...]:
    """A wording may stand in several pieces of what was one passage."""
    return tuple(dict.fromkeys(taken))


def _course(arrows: Sequence[tuple[int, str]], *, is_newest: bool) -> Course:
    if arrows:
        return _COURSES[arrows[0][1]]
    return Course.STANDS if is_newest else Course.DROPPED


def _new(passage: Passage, descents: Descents, places: Mapping[int, Place]) -> PassageRow:
    return PassageRow(
        # Contributions to a new passage belong to its own edition's row, not to this one.
        key=0,
        place=places[passage.pk],
        shape=passage.shape,
        level=passage.level,
        course=Course.NEW,
        results=(places[passage.pk],),
        taken_up=tuple(descents.taken_up.get(passage.pk, ())),
    )
