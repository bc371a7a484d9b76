"""Read the ballots of a ``.pb`` file: in blocks of rows, equal cells looked at once."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import islice, repeat
from math import lcm
from operator import itemgetter
from typing import NoReturn, Protocol

import numpy as np

from mitstadt.methods.budgeting.election import Ballots, IndexArray, IntArray, Project, Trait
from mitstadt.methods.budgeting.pabulib.complaints import fail
from mitstadt.methods.budgeting.pabulib.merging import merged
from mitstadt.methods.budgeting.pabulib.numbers import amount

BLOCK = 32_768
KINDS = {
    "approval": "approval",
    "choose-1": "choose-1",
    "ordinal": "ordinal",
    "cumulative": "cumulative",
    "scoring": "scoring",
    "knapsack": "approval",
}
TRAIT_COLUMNS = ("district", "neighborhood", "subunit", "voting_method", "sex", "age")
YOUNGEST_TO_OLDEST = (0, 18, 25, 35, 50, 65, 80)


class RowSource(Protocol):
    """What the reader of ballots needs of the file."""

    @property
    def row(self) -> int:
        """Number of the last line read."""

    def raw(self) -> Iterable[list[str]]:
        """Rows as they come."""


class Codes(dict[str, int]):
    """Numbers texts in the order in which they first occur."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code


class BallotReader:
    """Turns the rows after VOTES into `Ballots` and what is known about voters.

    Parameters
    ----------
    rows : RowSource
        Standing on the line VOTES.
    kind : str
        The file's ``vote_type``.
    kind_row : int
        Its row, for the complaint.
    projects : sequence of Project
    meta : mapping of str to str
    most : int
        Largest number of ballots to read.
    """

    def __init__(
        self,
        rows: RowSource,
        *,
        kind: str,
        kind_row: int,
        projects: Sequence[Project],
        meta: Mapping[str, str],
        most: int,
    ) -> None:
        if kind not in KINDS:
            known = ", ".join(KINDS)
            fail("ballot_kind_unknown", kind_row, f"vote_type is “{kind}”; known are {known}.")
        self.rows = rows
        self.kind = KINDS[kind]
        self.most = most
        self.meta = meta
        self.index_of = {project.id: position for position, project in enumerate(projects)}
        self.row_of_ballot = array("q")
        self.voters: set[str] = set()
        self.sizes: list[IntArray] = []
        self.choices: list[IndexArray] = []
        self.points: list[IndexArray] = []
        self.points_known: dict[str, int] = {}
        self.amounts: list[Fraction] = []

    def read(self) -> tuple[Ballots, dict[str, Trait]]:
        """All ballots and the traits of voters.

        Returns
        -------
        Ballots, dict of str to Trait
        """
        source = iter(self.rows.raw())
        header = [cell.strip() for cell in next(source, [])]
        for column in ("voter_id", "vote"):
            if column not in header:
                fail("column_missing", self.rows.row, f"VOTES has no column “{column}”.")
        traits = {c: (Codes(), array("i")) for c in TRAIT_COLUMNS if c in header}
        while True:
            first = self.rows.row + 1
            block = list(islice(source, BLOCK))
            if not block:
                break
            block = self._checked(block, first, len(header))
            self._take(block, header)
            for column, (codes, values) in traits.items():
                values.extend(map(codes.__getitem__, map(itemgetter(header.index(column)), block)))
        self.voters.clear()
        return self._ballots(), {name: _trait(name, codes, column) for name, (codes, column) in traits.items()}

    def _checked(self, block: list[list[str]], first: int, width: int) -> list[list[str]]:
        """The rows of a block without blank ones; remembers where each stands."""
        regular = set(map(len, block)) == {width} and self.rows.row == first + len(block) - 1
        if regular:
            self.row_of_ballot.extend(range(first, first + len(block)))
        else:
            block = self._irregular(block, first, width)
        if len(self.row_of_ballot) > self.most:
            row = self.row_of_ballot[self.most]
            fail("too_many_ballots", row, f"more than {self.most} ballots; is this the right file?")
        return block

    def _irregular(self, block: list[list[str]], first: int, width: int) -> list[list[str]]:
        kept, row = [], first
        for cells in block:
            own, row = row, row + 1 + sum(cell.count("\n") for cell in cells)
            if not any(cells):
                continue
            if len(cells) != width:
                fail("cells_do_not_match", own, f"{len(cells)} cells where the header of VOTES has {width}.")
            kept.append(cells)
            self.row_of_ballot.append(own)
        return kept

    def _take(self, block: list[list[str]], header: list[str]) -> None:
        rows = self.row_of_ballot[len(self.row_of_ballot) - len(block) :]
        names = list(map(itemgetter(header.index("voter_id")), block))
        before = len(self.voters)
        self.voters.update(names)
        if len(self.voters) - before != len(names):
            self._complain_of_twice(names, rows)
        texts = list(map(str.strip, map(itemgetter(header.index("vote")), block)))
        sizes = _sizes(texts)
        self.sizes.append(sizes)
        self.choices.append(self._choices(texts, int(sizes.sum()), rows))
        if "points" in header and self.kind in {"cumulative", "scoring"}:
            given = list(map(str.strip, map(itemgetter(header.index("points")), block)))
            for row, size, found in zip(rows, sizes.tolist(), _sizes(given).tolist(), strict=True):
                if size != found:
                    fail("points_do_not_match", row, f"{size} projects but {found} points.")
            self.points.append(self._points(given, rows))

    def _complain_of_twice(self, names: list[str], rows: "array[int]") -> NoReturn:
        counts = Counter(names)
        earlier = {name for name, times in counts.items() if times > 1}
        for name, row in zip(names, rows, strict=True):
            if name in earlier:
                fail("voter_twice", row, f"voter “{name[:40]}” has more than one ballot.")
        fail("voter_twice", rows[0], "a voter in this row or soon after has a ballot further up already.")

    def _choices(self, texts: list[str], number: int, rows: "array[int]") -> IndexArray:
        """Indices of the projects on every ballot of a block."""
        names = ",".join(filter(None, texts)).split(",") if number else []
        try:
            return np.fromiter(map(self.index_of.__getitem__, names), np.int32, number)
        except KeyError:
            found = [self.index_of.get(name.strip(), -1) for name in names]
        if -1 in found:
            self._complain_of_unknown(texts, rows)
        return np.array(found, dtype=np.int32)

    def _complain_of_unknown(self, texts: list[str], rows: "array[int]") -> None:
        for text, row in zip(texts, rows, strict=True):
            for name in text.split(",") if text else ():
                if name.strip() not in self.index_of:
                    shown = f"names project “{name.strip()[:40]}”, which PROJECTS does not list."
                    fail("unknown_project", row, f"the ballot {shown}")

    def _points(self, texts: list[str], rows: "array[int]") -> IndexArray:
        """Which of the amounts known so far stands beside each choice of a block."""
        known = self.points_known
        places: list[int] = []
        for text, row in zip(texts, rows, strict=True):
            for part in text.split(",") if text else ():
                place = known.get(part)
                if place is None:
                    value = amount(part, row=row, what="a number of points")
                    if value < 0:
                        fail("points_negative", row, f"{part.strip()} points; give 0 or more.")
                    place = known[part] = len(self.amounts)
                    self.amounts.append(value)
                places.append(place)
        return np.array(places, dtype=np.int32)

    def _ballots(self) -> Ballots:
        sizes = np.concatenate(self.sizes) if self.sizes else np.zeros(0, dtype=np.int64)
        choices = np.concatenate(self.choices) if self.choices else np.zeros(0, dtype=np.int32)
        self.sizes.clear()
        self.choices.clear()
        points, unit = None, 1
        if self.points:
            unit = lcm(1, *(value.denominator for value in self.amounts))
            whole = np.array([int(value * unit) for value in self.amounts], dtype=np.int64)
            places = np.concatenate(self.points)
            points = whole[places] if len(places) else np.zeros(0, dtype=np.int64)
        elif self.kind == "ordinal":
            points = self._ranks(sizes)
        return merged(sizes, choices, points, unit=unit, rows=self.row_of_ballot)

    def _ranks(self, sizes: IntArray) -> IntArray:
        """Rankings become points as cities count them: the first of m places is worth m points, the last 1."""
        told = self.meta.get("max_length", "").strip()
        places = max(int(told) if told.isdigit() and len(told) < 7 else 0, int(sizes.max(initial=1)))
        starts = np.cumsum(sizes) - sizes
        return places - (np.arange(int(sizes.sum())) - np.repeat(starts, sizes))


def _sizes(texts: list[str]) -> IntArray:
    """How many names each cell lists; none where it is empty."""
    commas = np.fromiter(map(str.count, texts, repeat(",")), np.int64, len(texts))
    return commas + np.fromiter(map(bool, texts), np.int64, len(texts))


def _trait(name: str, codes: Codes, column: "array[int]") -> Trait:
    values = np.frombuffer(column, dtype=np.int32) if column else np.zeros(0, dtype=np.int32)
    labels = [text.strip() for text in codes]
    if name == "age":
        labels = [_age_band(text) for text in labels]
    merged = Codes()
    translation = np.array([merged[label] for label in labels], dtype=np.int32)
    return Trait(labels=tuple(merged), code_of=translation[values] if len(translation) else values)


def _age_band(text: str) -> str:
    if not text.isdigit() or len(text) > 3:
        return text if "-" in text else ""
    age = int(text)
    low = max(bound for bound in YOUNGEST_TO_OLDEST if bound <= age)
    higher = [bound for bound in YOUNGEST_TO_OLDEST if bound > age]
    return f"{low}–{higher[0] - 1}" if higher else f"{low}+"
