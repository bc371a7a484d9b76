"""Read the ballots of a ``.pb`` file: in blocks of rows, equal cells looked at once."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from math import lcm
from typing import NoReturn, Protocol

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.election import Ballots, IndexArray, IntArray, Project, Trait
from mitstadt.methods.budgeting.pabulib.numbers import amount
from mitstadt.methods.shared.errors import MethodError

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

    def __init__(  # noqa: PLR0913 - what a file says about its ballots, gathered once
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
            raise MethodError("ballot_kind_unknown", f"Row {kind_row}: vote_type is “{kind}”; known are {known}.")
        self.rows = rows
        self.kind = KINDS[kind]
        self.most = most
        self.meta = meta
        self.index_of = {project.id: position for position, project in enumerate(projects)}
        self.row_of_ballot = array("q")
        self.header: list[str] = []
        self.cells = Codes()
        self.code_of = array("i")
        self.voters: set[str] = set()

    def read(self) -> tuple[Ballots, dict[str, Trait]]:
        """All ballots and the traits of voters.

        Returns
        -------
        Ballots, dict of str to Trait
        """
        source = iter(self.rows.raw())
        self.header = [cell.strip() for cell in next(source, [])]
        for column in ("voter_id", "vote"):
            if column not in self.header:
                self._fail("column_missing", self.rows.row, f"VOTES has no column “{column}”.")
        traits = {c: (Codes(), array("i")) for c in TRAIT_COLUMNS if c in self.header}
        while True:
            first = self.rows.row + 1
            block = list(islice(source, BLOCK))
            if not block:
                break
            self._take(self._checked(block, first), first, traits)
        ballots = self._group()
        return ballots, {name: _trait(name, codes, column) for name, (codes, column) in traits.items()}

    def _checked(self, block: list[list[str]], first: int) -> list[list[str]]:
        """The rows of a block without blank ones; remembers where each stands."""
        width = len(self.header)
        regular = set(map(len, block)) == {width} and self.rows.row == first + len(block) - 1
        if regular:
            self.row_of_ballot.extend(range(first, first + len(block)))
        else:
            block = self._irregular(block, first, width)
        if len(self.row_of_ballot) > self.most:
            row = self.row_of_ballot[self.most]
            self._fail("too_many_ballots", row, f"more than {self.most} ballots; is this the right file?")
        return block

    def _irregular(self, block: list[list[str]], first: int, width: int) -> list[list[str]]:
        kept, row = [], first
        for cells in block:
            own, row = row, row + 1 + sum(cell.count("\n") for cell in cells)
            if not any(cells):
                continue
            if len(cells) != width:
                self._fail("cells_do_not_match", own, f"{len(cells)} cells where the header of VOTES has {width}.")
            kept.append(cells)
            self.row_of_ballot.append(own)
        return kept

    def _take(self, block: list[list[str]], first: int, traits: dict[str, tuple[Codes, "array[int]"]]) -> None:
        names = [cells[self.header.index("voter_id")] for cells in block]
        before = len(self.voters)
        self.voters.update(names)
        if len(self.voters) - before != len(names):
            self._complain_of_twice(names, before)
        vote = self.header.index("vote")
        if "points" in self.header and self.kind in {"cumulative", "scoring"}:
            points = self.header.index("points")
            texts = [f"{cells[vote]}\n{cells[points]}" for cells in block]
        else:
            texts = [cells[vote] for cells in block]
        self.code_of.extend(map(self.cells.__getitem__, texts))
        for column, (codes, values) in traits.items():
            place = self.header.index(column)
            values.extend([codes[cells[place]] for cells in block])

    def _complain_of_twice(self, names: list[str], before: int) -> None:
        earlier = set(islice(self.voters, 0)) if before == 0 else self.voters.difference(names)
        del earlier
        seen: dict[str, int] = {}
        start = len(self.row_of_ballot) - len(names)
        for offset, name in enumerate(names):
            if name in seen:
                row = self.row_of_ballot[start + offset]
                self._fail("voter_twice", row, f"voter {name} stands in row {seen[name]} already.")
            seen[name] = self.row_of_ballot[start + offset]
        row = self.row_of_ballot[start]
        self._fail("voter_twice", row, "a voter of this row or one soon after stands further up already.")

    def _group(self) -> Ballots:
        texts = list(self.cells)
        self.cells.clear()
        self.voters.clear()
        code_of = np.frombuffer(self.code_of, dtype=np.int32) if self.code_of else np.zeros(0, dtype=np.int32)
        if self.kind in {"cumulative", "scoring"} and "points" in self.header:
            return self._with_points(texts, code_of)
        starts, choices = self._choices(texts, code_of)
        if self.kind == "ordinal":
            return self._ranked(starts, choices, code_of)
        return _merged(starts, choices, None, code_of, 1, self._first_row_of(code_of))

    def _choices(self, texts: list[str], code_of: IndexArray) -> tuple[IntArray, IndexArray]:
        """Indices of the projects on every different ballot."""
        sizes = np.array([text.count(",") + 1 if text and not text.isspace() else 0 for text in texts], dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        choices = np.empty(int(starts[-1]), dtype=np.int32)
        lookup = self.index_of.__getitem__
        for low in range(0, len(texts), BLOCK):
            part = [text for text in texts[low : low + BLOCK] if text and not text.isspace()]
            if not part:
                continue
            names = ",".join(part).split(",")
            begin = starts[low]
            try:
                choices[begin : begin + len(names)] = np.fromiter(map(lookup, names), np.int32, len(names))
            except KeyError:
                choices[begin : begin + len(names)] = self._careful(texts, range(low, low + len(part)), code_of, names)
        return starts, choices

    def _careful(self, texts: list[str], block: range, code_of: IndexArray, names: list[str]) -> list[int]:
        """Names with blanks around them; the first unknown one is an error."""
        found = [self.index_of.get(name.strip(), -1) for name in names]
        if -1 not in found:
            return found
        for code in range(block.start, len(texts)):
            for name in texts[code].split(","):
                if texts[code] and name.strip() not in self.index_of:
                    row = self._row_of(code, code_of)
                    shown = f"names project “{name.strip()[:40]}”, which PROJECTS does not list."
                    self._fail("unknown_project", row, f"the ballot {shown}")
        raise AssertionError("an unknown project was seen but not found again")

    def _with_points(self, texts: list[str], code_of: IndexArray) -> Ballots:
        votes, points = [], []
        for text in texts:
            vote, _, point = text.partition("\n")
            votes.append(vote)
            points.append(point)
        starts, choices = self._choices(votes, code_of)
        given: list[Fraction] = []
        known: dict[str, Fraction] = {}
        for code, cell in enumerate(points):
            size = int(starts[code + 1] - starts[code])
            parts = cell.split(",") if cell.strip() else []
            if len(parts) != size:
                row = self._row_of(code, code_of)
                self._fail("points_do_not_match", row, f"{size} projects but {len(parts)} points.")
            for part in parts:
                if part not in known:
                    known[part] = self._points(part, code, code_of)
                given.append(known[part])
        unit = lcm(1, *(p.denominator for p in known.values()))
        whole = np.array([int(p * unit) for p in given], dtype=np.int64)
        return _merged(starts, choices, whole, code_of, unit, self._first_row_of(code_of))

    def _points(self, text: str, code: int, code_of: IndexArray) -> Fraction:
        row = self._row_of(code, code_of)
        value = amount(text, row=row, what="a number of points")
        if value < 0:
            self._fail("points_negative", row, f"{text} points; give 0 or more.")
        return value

    def _ranked(self, starts: IntArray, choices: IndexArray, code_of: IndexArray) -> Ballots:
        """Rankings become points as cities count them: the first of m places is worth m points, the last 1."""
        sizes = np.diff(starts)
        told = self.meta.get("max_length", "").strip()
        places = max(int(told) if told.isdigit() and len(told) < 7 else 0, int(sizes.max(initial=1)))
        place = np.arange(len(choices)) - np.repeat(starts[:-1], sizes)
        return _merged(starts, choices, (places - place).astype(np.int64), code_of, 1, self._first_row_of(code_of))

    def _row_of(self, code: int, code_of: IndexArray) -> int:
        return self.row_of_ballot[int(np.argmax(code_of == code))]

    def _first_row_of(self, code_of: IndexArray) -> "RowFinder":
        return lambda code: self._row_of(code, code_of)

    @staticmethod
    def _fail(code: str, row: int, told: str) -> NoReturn:
        raise MethodError(code, f"Row {row}: {told}", row=row)


class RowFinder(Protocol):
    """Finds the row on which a different ballot first stands."""

    def __call__(self, code: int, /) -> int:
        """The row."""


def _merged(  # noqa: PLR0913 - the six columns of one table
    starts: IntArray,
    choices: IndexArray,
    points: IntArray | None,
    code_of: IndexArray,
    unit: int,
    row_of: RowFinder,
) -> Ballots:
    """Order the projects within every ballot and count ballots together that then say the same."""
    group = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    step = np.diff(choices)
    within = group[1:] == group[:-1]
    if (within & (step < 0)).any():
        order = np.lexsort((choices, group))
        choices = choices[order]
        points = None if points is None else points[order]
        step = np.diff(choices)
    twice = np.flatnonzero(within & (step == 0))
    if len(twice):
        row = row_of(int(group[twice[0]]))
        raise MethodError("project_twice_on_ballot", f"Row {row}: the ballot names a project twice.", row=row)
    return _unified(starts, choices, points, code_of, unit)


def _unified(starts: IntArray, choices: IndexArray, points: IntArray | None, code_of: IndexArray, unit: int) -> Ballots:
    known: dict[bytes | tuple[bytes, bytes], int] = {}
    bounds = starts.tolist()
    kept: list[int] = []
    new_code = np.empty(len(bounds) - 1, dtype=np.int32)
    for code in range(len(bounds) - 1):
        part = slice(bounds[code], bounds[code + 1])
        key = choices[part].tobytes() if points is None else (choices[part].tobytes(), points[part].tobytes())
        number = known.setdefault(key, len(kept))
        if number == len(kept):
            kept.append(code)
        new_code[code] = number
    group_of = new_code[code_of]
    if len(kept) < len(bounds) - 1:
        starts, choices, points = _rows_kept(starts, choices, points, np.array(kept))
    return Ballots(
        starts=starts,
        choices=choices,
        points=points,
        multiplicity=np.bincount(group_of, minlength=len(kept)).astype(np.int64),
        group_of=group_of,
        points_unit=unit,
    )


def _rows_kept(
    starts: IntArray, choices: IndexArray, points: IntArray | None, kept: npt.NDArray[np.int64]
) -> tuple[IntArray, IndexArray, IntArray | None]:
    keep = np.zeros(len(starts) - 1, dtype=bool)
    keep[kept] = True
    sizes = np.diff(starts)
    entries = np.repeat(keep, sizes)
    new_starts = np.concatenate(([0], np.cumsum(sizes[keep]))).astype(np.int64)
    return new_starts, choices[entries], None if points is None else points[entries]


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
