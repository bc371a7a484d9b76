"""A ``.pb`` file as it stands, so that it can be written back without losing a byte, and results written into it."""

import codecs
import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.pabulib.reading import read_pb
from mitstadt.methods.shared.errors import MethodError

DECIMALS_OF_A_FRACTION = 12


@dataclass(frozen=True, slots=True)
class PbDocument:
    """The parts of a ``.pb`` file, byte for byte.

    Attributes
    ----------
    before : bytes
        Everything up to and with the line PROJECTS.
    projects : bytes
        Header and rows of the projects.
    after : bytes
        From the line VOTES to the end.

    Examples
    --------
    >>> text = b"META\\nkey;value\\nbudget;9\\nPROJECTS\\nproject_id;cost\\na;5\\nVOTES\\nvoter_id;vote\\n1;a\\n"
    >>> PbDocument.parse(text).to_bytes() == text
    True
    """

    before: bytes
    projects: bytes
    after: bytes

    @staticmethod
    def parse(data: bytes) -> "PbDocument":
        """Split a file at its section lines.

        Raises
        ------
        MethodError
            ``section_missing``.
        """
        start = _line_of(data, b"PROJECTS", 0, end=True)
        stop = _line_of(data, b"VOTES", start, end=False)
        return PbDocument(before=data[:start], projects=data[start:stop], after=data[stop:])

    def to_bytes(self) -> bytes:
        """The file."""
        return self.before + self.projects + self.after

    def with_selected(self, winners: Collection[str]) -> "PbDocument":
        """The same file with the column ``selected`` saying who won; all other bytes stay.

        Parameters
        ----------
        winners : collection of str
            Ids of projects.
        """
        told: list[str] = []
        columns: list[str] = []
        for raw, cells in _records(self.projects.decode("utf-8")):
            if not any(cells):
                told.append(raw)
                continue
            value = str(int(cells[columns.index("project_id")].strip() in winners)) if columns else "selected"
            columns = columns or [cell.strip() for cell in cells]
            told.append(_with_cell(raw, columns.index("selected") if "selected" in columns else None, value))
        return replace(self, projects="".join(told).encode())


def _records(text: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a section: as they stand with their line ends, and their cells."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=";")
    before = 0
    for cells in reader:
        yield "".join(lines[before : reader.line_num]), cells
        before = reader.line_num


def _with_cell(raw: str, place: int | None, value: str) -> str:
    """A row with another value in one cell, or with one more cell at its end; all else as it stands."""
    body = raw.rstrip("\r\n")
    if place is None:
        return f"{body};{value}{raw[len(body) :]}"
    starts = [0]
    quoted = False
    for position, character in enumerate(body):
        if character == '"' and body[starts[-1]] == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            starts.append(position + 1)
    stop = starts[place + 1] - 1 if place + 1 < len(starts) else len(body)
    return f"{body[: starts[place]]}{value}{body[stop:]}{raw[len(body) :]}"


def _line_of(data: bytes, title: bytes, start: int, *, end: bool) -> int:
    """Where the line with this title begins or ends."""
    place = start
    while place < len(data):
        stop = data.find(b"\n", place) + 1 or len(data)
        line = data[place:stop].removeprefix(codecs.BOM_UTF8)
        if line.strip().rstrip(b";").upper() == title:
            return stop if end else place
        place = stop
    raise MethodError("section_missing", f"The section {title.decode()} is missing.", section=title.decode())


def write_pb(election: Election) -> bytes:
    """An election as a ``.pb`` file that `read_pb` reads back as the same election.

    Parameters
    ----------
    election : Election

    Returns
    -------
    bytes
        UTF-8 with ``\\n`` line ends.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = {
        **election.meta,
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.ballots.count),
        "budget": election.meta.get("budget") or decimal(election.budget),
        "vote_type": election.meta.get("vote_type") or election.ballot_kind,
    }
    writer.writerows([["META"], ["key", "value"], *meta.items()])
    writer.writerows(_project_rows(election))
    writer.writerows(_vote_rows(election))
    return out.getvalue().encode()


def decimal(amount: Fraction) -> str:
    """A number as decimals without loss.

    Raises
    ------
    MethodError
        ``not_decimal`` for numbers such as 1/3.
    """
    for places in range(DECIMALS_OF_A_FRACTION + 1):
        scaled = amount * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if scaled < 0 else ""
            return sign + (digits if not places else f"{digits[:-places]}.{digits[-places:]}")
    raise MethodError("not_decimal", f"{amount} cannot be written with {DECIMALS_OF_A_FRACTION} decimals.")


def _project_rows(election: Election) -> Iterator[list[str]]:
    columns = list(dict.fromkeys(column for p in election.projects for column, _ in p.attributes))
    yield ["PROJECTS"]
    yield ["project_id", "cost", "name", *columns]
    for project in election.projects:
        known = dict(project.attributes)
        yield [project.id, decimal(project.cost), project.name, *(known.get(c, "") for c in columns)]


def _vote_rows(election: Election) -> Iterator[list[str]]:
    ballots = election.ballots
    pointed = ballots.points is not None and election.ballot_kind != "ordinal"
    traits = list(election.traits.items())
    yield ["VOTES"]
    yield ["voter_id", "vote", *(["points"] if pointed else []), *(name for name, _ in traits)]
    cells = [_cells(election, group, pointed=pointed) for group in range(ballots.groups)]
    for number, group in enumerate(ballots.group_of.tolist()):
        voter = election.voter_ids[number] if election.voter_ids else str(number + 1)
        yield [voter, *cells[group], *(trait.labels[trait.code_of[number]] for _, trait in traits)]


def _cells(election: Election, group: int, *, pointed: bool) -> list[str]:
    ballots = election.ballots
    names = [election.projects[p].id for p in ballots.chosen_by(group).tolist()]
    if ballots.points is None:
        return [",".join(names)]
    points = ballots.points[ballots.starts[group] : ballots.starts[group + 1]].tolist()
    if not pointed:
        ranked = sorted(zip(points, names, strict=True), key=lambda pair: -pair[0])
        return [",".join(name for _, name in ranked)]
    return [",".join(names), ",".join(decimal(Fraction(p, ballots.points_unit)) for p in points)]


def written_back(data: bytes, winners: Collection[str]) -> bytes:
    """A file with the result of a count in its column ``selected``; checked by reading it again."""
    result = PbDocument.parse(data).with_selected(winners).to_bytes()
    read_pb(result)
    return result
