"""What is counted: projects with costs, ballots grouped where they say the same, and the budget."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from mitstadt.methods.shared.errors import MethodError

IntArray = npt.NDArray[np.int64]
IndexArray = npt.NDArray[np.int32]

EXACT_IN_FLOATS = 2**53

BALLOT_KINDS = ("approval", "choose-1", "ordinal", "cumulative", "scoring")


@dataclass(frozen=True, slots=True)
class Project:
    """Something the money may be spent on.

    Attributes
    ----------
    id : str
        The name that ballots use.
    cost : Fraction
        In currency units, not negative.
    name : str
        What people call it; empty where unknown.
    attributes : tuple of (str, str)
        Every further column of the file, in its order.
    """

    id: str
    cost: Fraction
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, column: str) -> str:
        """The text in one further column, empty where there is none."""
        return dict(self.attributes).get(column, "")


@dataclass(frozen=True, slots=True)
class Ballots:
    """All ballots, equal ones counted together.

    Attributes
    ----------
    starts : int64 array, shape (groups + 1,)
        Group ``g`` chose ``choices[starts[g]:starts[g + 1]]``.
    choices : int32 array
        Indices of projects; ascending within a group, for rankings in order of preference.
    points : int64 array or None
        Points beside every choice, in units of ``1 / points_unit``; None where a ballot is a plain set.
    multiplicity : int64 array, shape (groups,)
        How many ballots say the same.
    group_of : int32 array, shape (ballots,)
        The group of every ballot in the order of the file.
    points_unit : int
        The common denominator of all points.
    """

    starts: IntArray
    choices: IndexArray
    points: IntArray | None
    multiplicity: IntArray
    group_of: IndexArray
    points_unit: int = 1

    @property
    def count(self) -> int:
        """Number of ballots, empty ones included: everyone who took part has a share."""
        return len(self.group_of)

    @property
    def groups(self) -> int:
        """Number of different ballots."""
        return len(self.multiplicity)

    @property
    def group_of_choice(self) -> IndexArray:
        """The group that every entry of ``choices`` belongs to."""
        return np.repeat(np.arange(self.groups, dtype=np.int32), np.diff(self.starts))

    def chosen_by(self, group: int) -> IndexArray:
        """The projects on the ballots of one group."""
        return self.choices[self.starts[group] : self.starts[group + 1]]


@dataclass(frozen=True, slots=True)
class Trait:
    """What is known about every voter in one respect, for example the district.

    Attributes
    ----------
    labels : tuple of str
        The values that occur.
    code_of : int32 array, shape (ballots,)
        Position of every ballot's value in ``labels``.
    """

    labels: tuple[str, ...]
    code_of: IndexArray


@dataclass(frozen=True)
class Election:
    """Projects, ballots and budget of one vote, checked.

    Attributes
    ----------
    projects : tuple of Project
        In the order of the file.
    budget : Fraction
        In currency units, positive.
    ballot_kind : str
        One of ``BALLOT_KINDS``.
    ballots : Ballots
        Who chose what.
    voter_ids : tuple of str
        Names of the ballots in order; empty where they are simply numbered from 1.
    traits : mapping of str to Trait
        What the file says about voters beyond their vote.
    meta : mapping of str to str
        The file's own description of the vote.
    notices : tuple of str
        What looks odd without standing in the way, each with its row.

    Raises
    ------
    MethodError
        ``budget_not_positive``, ``cost_negative``, ``project_twice``, ``no_projects``, ``no_ballots``.

    Examples
    --------
    >>> costs = {"tree": 60, "bench": 40}
    >>> vote = Election.from_approvals(budget=100, costs=costs, ballots=[["tree"], ["tree", "bench"]])
    >>> vote.ballots.count, vote.votes.tolist()
    (2, [2, 1])
    """

    projects: tuple[Project, ...]
    budget: Fraction
    ballot_kind: str
    ballots: Ballots
    voter_ids: tuple[str, ...] = ()
    traits: Mapping[str, Trait] = field(default_factory=lambda: MappingProxyType({}))
    meta: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.budget <= 0:
            raise MethodError("budget_not_positive", f"The budget is {self.budget}; it must be more than 0.")
        if not self.projects:
            raise MethodError("no_projects", "There is no project to vote on.")
        if not self.ballots.count:
            raise MethodError("no_ballots", "There is no ballot to count.")
        self._check_projects()

    def _check_projects(self) -> None:
        seen: set[str] = set()
        for project in self.projects:
            if project.cost < 0:
                raise MethodError("cost_negative", f"Project {project.id} costs {project.cost}, less than 0.")
            if project.id in seen:
                raise MethodError("project_twice", f"Project {project.id} is listed twice.", project=project.id)
            seen.add(project.id)

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Position of every project by its id."""
        return {project.id: position for position, project in enumerate(self.projects)}

    @cached_property
    def money_unit(self) -> int:
        """Common denominator of budget and costs: 1 for whole currency units, 100 for cents."""
        return lcm(self.budget.denominator, *(project.cost.denominator for project in self.projects))

    @cached_property
    def costs(self) -> tuple[int, ...]:
        """Costs as whole numbers of ``1 / money_unit``."""
        return tuple(int(project.cost * self.money_unit) for project in self.projects)

    @cached_property
    def supporting(self) -> npt.NDArray[np.bool_] | None:
        """Which entries of ``choices`` are support: all on plain ballots, those with points otherwise."""
        return None if self.ballots.points is None else self.ballots.points > 0

    @cached_property
    def votes(self) -> IntArray:
        """Number of ballots that support each project."""
        per_choice = np.repeat(self.ballots.multiplicity, np.diff(self.ballots.starts))
        if self.supporting is not None:
            per_choice = per_choice * self.supporting
        return self._sum_by_project(per_choice)

    @cached_property
    def scores(self) -> IntArray:
        """Points that each project received, in units of ``1 / points_unit``; votes where ballots carry no points."""
        if self.ballots.points is None:
            return self.votes
        per_choice = np.repeat(self.ballots.multiplicity, np.diff(self.ballots.starts)) * self.ballots.points
        return self._sum_by_project(per_choice)

    def _sum_by_project(self, per_choice: IntArray) -> IntArray:
        # Sums stay below 2**53, where floating point counts exactly: ballots times points of one project.
        sums = np.bincount(self.ballots.choices, weights=per_choice, minlength=len(self.projects))
        return sums.astype(np.int64)

    @staticmethod
    def from_approvals(
        *,
        budget: Fraction | int,
        costs: Mapping[str, Fraction | int],
        ballots: Sequence[Iterable[str]],
    ) -> "Election":
        """An election of plain approval ballots from the platform's own rows.

        Parameters
        ----------
        budget : Fraction or int
            In currency units.
        costs : mapping of str to Fraction or int
            Cost of every project by its id.
        ballots : sequence of iterables of str
            The ids each voter approved; an empty ballot counts as a voter.

        Returns
        -------
        Election
        """
        return Election.from_points(
            budget=budget, costs=costs, ballots=[dict.fromkeys(b, 1) for b in ballots], plain=True
        )

    @staticmethod
    def from_points(
        *,
        budget: Fraction | int,
        costs: Mapping[str, Fraction | int],
        ballots: Sequence[Mapping[str, Fraction | int]],
        plain: bool = False,
    ) -> "Election":
        """An election of ballots with points from the platform's own rows.

        Parameters
        ----------
        budget, costs
            As in `from_approvals`.
        ballots : sequence of mappings of str to Fraction or int
            Points that each voter gave, by project.
        plain : bool
            True if all points are 1 and mean approval.

        Returns
        -------
        Election

        Raises
        ------
        MethodError
            ``unknown_project``, ``points_negative``, ``points_too_long``.
        """
        index_of = {project: position for position, project in enumerate(costs)}
        rows = [_indexed(ballot, index_of, number) for number, ballot in enumerate(ballots, start=1)]
        return Election(
            projects=tuple(Project(id=name, cost=Fraction(cost)) for name, cost in costs.items()),
            budget=Fraction(budget),
            ballot_kind="approval" if plain else "scoring",
            ballots=group_ballots(rows, plain=plain),
        )


def _indexed(
    ballot: Mapping[str, Fraction | int], index_of: Mapping[str, int], number: int
) -> tuple[tuple[int, Fraction], ...]:
    for name, points in ballot.items():
        if name not in index_of:
            raise MethodError("unknown_project", f"Ballot {number} names {name}, which is no project.", row=number)
        if points < 0:
            raise MethodError("points_negative", f"Ballot {number} gives {points} points; give 0 or more.", row=number)
    return tuple(sorted((index_of[name], Fraction(points)) for name, points in ballot.items()))


def whole_points(amounts: Sequence[Fraction], *, ballots: int) -> tuple[IntArray, int]:
    """Amounts of points as whole numbers of a common unit.

    Parameters
    ----------
    amounts : sequence of Fraction
    ballots : int
        How many may be added up.

    Returns
    -------
    int64 array
        In units of one part of the second.
    int
        The common denominator.

    Raises
    ------
    MethodError
        ``points_too_long`` with ``place``, the amount that stands out, where sums could not be counted exactly.
    """
    unit = lcm(1, *(amount.denominator for amount in amounts))
    whole = [int(amount * unit) for amount in amounts]
    most = max(whole, default=0)
    if most * ballots >= EXACT_IN_FLOATS:
        place = whole.index(most)
        told = f"with {float(amounts[place]):g} points on a ballot and steps of 1/{unit}"
        sentence = f"{told}, {ballots} ballots cannot be added up exactly; give rounder points."
        raise MethodError("points_too_long", sentence, place=place)
    return np.array(whole, dtype=np.int64), unit


def group_ballots(rows: Sequence[tuple[tuple[int, Fraction], ...]], *, plain: bool) -> Ballots:
    """Count equal ballots together.

    Parameters
    ----------
    rows : sequence of tuples of (int, Fraction)
        The choices of every ballot with their points.
    plain : bool
        Leave the points out.

    Returns
    -------
    Ballots
    """
    known: dict[tuple[tuple[int, Fraction], ...], int] = {}
    group_of = np.array([known.setdefault(row, len(known)) for row in rows], dtype=np.int32)
    sizes = [len(row) for row in known]
    points, unit = None, 1
    if not plain:
        points, unit = whole_points([p for row in known for _, p in row], ballots=len(rows))
    return Ballots(
        starts=np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))).astype(np.int64),
        choices=np.array([index for row in known for index, _ in row], dtype=np.int32),
        points=points,
        multiplicity=np.bincount(group_of, minlength=len(known)).astype(np.int64),
        group_of=group_of,
        points_unit=unit,
    )
