"""Read an election from Pabulib's ``.pb`` text, as a stream, with the row in every complaint."""

import csv
import io
from fractions import Fraction
from typing import BinaryIO

from mitstadt.methods.budgeting.election import Election, Project
from mitstadt.methods.budgeting.pabulib.ballots import BallotReader
from mitstadt.methods.budgeting.pabulib.numbers import amount
from mitstadt.methods.budgeting.pabulib.rows import BLOCK, Rows, header_of
from mitstadt.methods.shared.errors import MethodError

MOST_PROJECTS = 5_000
MOST_META = 1_000
MOST_BALLOTS = 5_000_000


def read_pb(source: bytes | BinaryIO, *, most_ballots: int = MOST_BALLOTS) -> Election:
    """An election from a ``.pb`` file, checked row by row.

    Parameters
    ----------
    source : bytes or binary stream
        UTF-8, with or without byte order mark, any line ends. Read once, from front to end.
    most_ballots : int
        Stop with an error beyond this number, before memory runs out.

    Returns
    -------
    Election

    Raises
    ------
    MethodError
        With the row of the file: ``section_missing``, ``column_missing``, ``not_utf8``, ``not_a_number``,
        ``budget_not_positive``, ``cost_negative``, ``project_twice``, ``voter_twice``, ``unknown_project``,
        ``project_twice_on_ballot``, ``points_do_not_match``, ``too_many_ballots`` and the like.

    Notes
    -----
    Format: Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023, section 3, and
    pabulib.org/format.

    Examples
    --------
    >>> text = b"META\\nkey;value\\nbudget;9\\nPROJECTS\\nproject_id;cost\\na;5\\nVOTES\\nvoter_id;vote\\n1;a\\n"
    >>> read_pb(text).votes.tolist()
    [1]
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    _check_length(stream, most_ballots)
    rows = Rows(stream)
    try:
        return _read(rows, most_ballots)
    except csv.Error as error:
        row = rows.row + 1
        raise MethodError("not_csv", f"Row {row}: cannot be read as a table ({error}).", row=row) from None


def _check_length(stream: BinaryIO, most_ballots: int) -> None:
    """Refuse a file with far too many rows before anything of it is kept in memory."""
    if not stream.seekable():
        return
    start, rows, most = stream.tell(), 0, most_ballots + MOST_PROJECTS + MOST_META
    while block := stream.read(BLOCK):
        rows += block.count(b"\n")
        if rows > most:
            sentence = f"Row {most + 1}: the file goes on and on; at most {most_ballots} ballots are read."
            raise MethodError("too_many_ballots", sentence, row=most + 1)
    stream.seek(start)


def _read(rows: Rows, most_ballots: int) -> Election:
    _expect_section(rows, "META")
    meta = _read_meta(rows)
    projects = _read_projects(rows)
    if "budget" not in meta.values:
        raise MethodError("budget_missing", "META has no row “budget”; add how much money there is.")
    kind = meta.values.get("vote_type", "approval").strip().lower() or "approval"
    reader = BallotReader(
        rows, kind=kind, kind_row=meta.rows.get("vote_type", 0), projects=projects, meta=meta.values, most=most_ballots
    )
    ballots, traits = reader.read()
    return Election(
        projects=tuple(projects),
        budget=_budget(meta),
        ballot_kind=kind,
        ballots=ballots,
        traits=traits,
        meta=meta.values,
        notices=_notices(meta, projects, ballots.count),
        voter_ids=(),
    )


class Meta:
    """The rows of META and where they stand."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.rows: dict[str, int] = {}


def _expect_section(rows: Rows, title: str) -> None:
    for cells in rows:
        if cells[0].strip().upper() == title:
            return
        break
    sentence = (
        f"Row {max(rows.row, 1)}: expected the line {title}. A .pb file has META, PROJECTS and VOTES, in this order."
    )
    raise MethodError("section_missing", sentence, row=max(rows.row, 1), section=title)


def _is_title(cells: list[str], title: str) -> bool:
    return cells[0].strip().upper() == title and not any(cells[1:])


def _read_meta(rows: Rows) -> Meta:
    meta = Meta()
    header = next(iter(rows), None)
    if header is None:
        raise MethodError("section_missing", "The file ends after META; PROJECTS and VOTES are missing.")
    if [cell.strip().lower() for cell in header[:2]] != ["key", "value"]:
        raise MethodError("column_missing", f"Row {rows.row}: META needs the header key;value.", row=rows.row)
    for cells in rows:
        if _is_title(cells, "PROJECTS"):
            return meta
        if _is_title(cells, "VOTES"):
            break
        key = cells[0].strip()
        if key in meta.values:
            raise MethodError("key_twice", f"Row {rows.row}: META has “{key}” twice.", row=rows.row, key=key)
        meta.values[key] = ";".join(cells[1:])
        meta.rows[key] = rows.row
        if len(meta.rows) > MOST_META:
            sentence = f"Row {rows.row}: META has more than {MOST_META} rows; is this the right file?"
            raise MethodError("too_much_meta", sentence, row=rows.row)
    raise MethodError("section_missing", f"Row {rows.row}: the section PROJECTS is missing.", row=rows.row)


def _read_projects(rows: Rows) -> list[Project]:
    header = header_of(rows, "PROJECTS", needed=("project_id", "cost"))
    projects: list[Project] = []
    known: dict[str, int] = {}
    for cells in rows:
        if _is_title(cells, "VOTES"):
            return projects
        project = _project(cells, header, rows.row)
        if project.id in known:
            sentence = f"Row {rows.row}: project {project.id} stands in row {known[project.id]} already."
            raise MethodError("project_twice", sentence, row=rows.row, project=project.id)
        known[project.id] = rows.row
        projects.append(project)
        if len(projects) > MOST_PROJECTS:
            sentence = f"Row {rows.row}: more than {MOST_PROJECTS} projects; is this the right file?"
            raise MethodError("too_many_projects", sentence, row=rows.row)
    raise MethodError("section_missing", f"Row {rows.row}: the section VOTES is missing.", row=rows.row)


def _project(cells: list[str], header: list[str], row: int) -> Project:
    if len(cells) != len(header):
        sentence = f"Row {row}: {len(cells)} cells where the header of PROJECTS has {len(header)}."
        raise MethodError("cells_do_not_match", sentence, row=row)
    values = dict(zip(header, cells, strict=True))
    name = values["project_id"].strip()
    if not name or "," in name:
        sentence = f"Row {row}: “{name}” cannot be a project id; ids are not empty and hold no comma."
        raise MethodError("project_id_unfit", sentence, row=row)
    cost = amount(values["cost"], row=row, what=f"the cost of project {name}")
    if cost < 0:
        sentence = f"Row {row}: project {name} costs {values['cost']}; a cost cannot be less than 0."
        raise MethodError("cost_negative", sentence, row=row, project=name)
    rest = tuple((c, v) for c, v in values.items() if c not in {"project_id", "cost", "name"})
    return Project(id=name, cost=cost, name=values.get("name", ""), attributes=rest)


def _budget(meta: Meta) -> Fraction:
    row = meta.rows["budget"]
    budget = amount(meta.values["budget"], row=row, what="the budget")
    if budget <= 0:
        sentence = f"Row {row}: the budget is {meta.values['budget']}; it must be more than 0."
        raise MethodError("budget_not_positive", sentence, row=row)
    return budget


def _notices(meta: Meta, projects: list[Project], ballots: int) -> tuple[str, ...]:
    notices = []
    for key, found, what in (("num_projects", len(projects), "projects"), ("num_votes", ballots, "ballots")):
        told = meta.values.get(key, "").strip()
        if told and told != str(found):
            notices.append(f"Row {meta.rows[key]}: {key} says {told}, but there are {found} {what}.")
    return tuple(notices)
