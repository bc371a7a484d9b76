"""The wordings that editors take into the next edition, each compared with the draft as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mitstadt.participation.drafting.computations import Adoption, mark_of_draft
from mitstadt.participation.drafting.models import Contribution, CoText, Edition, Shape, Taking, WorkingPassage
from mitstadt.participation.drafting.queries.standing import Line, lines_to
from mitstadt.participation.drafting.queries.working import all_working


@dataclass(frozen=True)
class Taken:
    """A wording for the next edition, the rows of the draft that its passage became, and how much stands there."""

    taking: Taking
    rows: tuple[WorkingPassage, ...]
    adoption: Adoption
    rivals: tuple[Contribution, ...] = ()

    @property
    def contribution(self) -> Contribution:
        """The wording itself."""
        return self.taking.contribution

    @property
    def verdict(self) -> str:
        """Whole, partly or not."""
        return self.adoption.verdict

    @property
    def is_answered_here(self) -> bool:
        """Whether the edition will answer it: what was taken back, hidden or merged meanwhile is not answered."""
        return self.contribution.is_up and not self.contribution.moved_on

    @property
    def was_reworded(self) -> bool:
        """Whether its author changed the words after they were taken into the draft."""
        changed = self.contribution.reworded_at
        return changed is not None and changed > self.taking.taken_at

    @property
    def words(self) -> str:
        """What stands in the draft."""
        return " ".join(row.words for row in self.rows)


def takings_of(text: CoText, working: Sequence[WorkingPassage], edition: Edition | None) -> list[Taken]:
    """All wordings taken into the draft, in the order of the text; `working` comes with its predecessors."""
    takings = list(
        Taking.objects.filter(text=text)
        .select_related("contribution__passage__edition", "contribution__author", "contribution__organisation")
        .order_by("contribution__passage__position", "taken_at", "pk")
    )
    lines = lines_to(edition, [one.contribution for one in takings]) if takings and edition else {}
    found = [_taken(one, lines.get(one.contribution_id), working) for one in takings]
    return [_beside_rivals(one, found) for one in found]


@dataclass(frozen=True)
class Opposed:
    """A wording beside the draft that reads otherwise, and the wordings that are meant for the same place already."""

    contribution: Contribution
    draft: str
    others: tuple[Taken, ...]


def opposed_to(contribution: Contribution, text: CoText, edition: Edition) -> Opposed:
    """What stands in the draft where this wording would go."""
    working = all_working(text)
    line = lines_to(edition, [contribution]).get(contribution.pk)
    rows = rows_from(line.places if line else (), working)
    here = {row.pk for row in rows}
    others = (one for one in takings_of(text, working, edition) if here & {row.pk for row in one.rows})
    return Opposed(contribution, "\n\n".join(row.words for row in rows), tuple(others))


def draft_mark(working: Sequence[WorkingPassage], taken: Sequence[Taken]) -> str:
    """A mark of the whole draft with what was taken into it, to notice that it changed after somebody checked it."""
    rows = [[row.level, row.shape, row.words, sorted(_origins(row))] for row in working]
    wordings = sorted(
        [one.contribution.ref, one.verdict, one.is_answered_here, one.contribution.wording] for one in taken
    )
    return mark_of_draft(rows, wordings)


def rows_from(places: Iterable[int], working: Sequence[WorkingPassage]) -> list[WorkingPassage]:
    """The rows of the draft that come from these passages; page furniture is none."""
    wanted = set(places)
    return [row for row in working if row.shape != Shape.FURNITURE and wanted & _origins(row)]


def compared_with_draft(line: Line, rows: Sequence[WorkingPassage]) -> Adoption:
    """How much of a wording stands in the rows that its passage became."""
    came_from = set[int]().union(*(_origins(row) for row in rows))
    return line.compared([row.words for row in rows], joined=not came_from <= line.places)


def by_row(taken: Iterable[Taken]) -> Mapping[int, list[Taken]]:
    """What was taken into each row of the draft."""
    found: dict[int, list[Taken]] = {}
    for one in taken:
        for row in one.rows:
            found.setdefault(row.pk, []).append(one)
    return found


def _taken(taking: Taking, line: Line | None, working: Sequence[WorkingPassage]) -> Taken:
    line = line or Line(taking.contribution, frozenset())
    rows = rows_from(line.places, working)
    return Taken(taking, tuple(rows), compared_with_draft(line, rows))


def _beside_rivals(one: Taken, all_taken: Sequence[Taken]) -> Taken:
    """With the wordings that want other words at the same place."""
    here = {row.pk for row in one.rows}
    rivals = tuple(
        other.contribution
        for other in all_taken
        if here & {row.pk for row in other.rows} and other.contribution.wording != one.contribution.wording
    )
    return Taken(one.taking, one.rows, one.adoption, rivals)


def _origins(row: WorkingPassage) -> set[int]:
    return {passage.pk for passage in row.predecessors.all()}
