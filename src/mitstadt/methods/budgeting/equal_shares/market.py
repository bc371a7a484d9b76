"""An election as equal shares sees it: who may pay for which project, and how much a share is worth to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.election import Election, IndexArray

FloatArray = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Values = npt.NDArray[np.int64] | None

UTILITIES = ("cost", "cardinality", "additive")
EXACT_IN_FLOATS = 2**50
ROUNDING = 2.0**-53
LONGEST_CHAIN = 32_768


@dataclass(frozen=True, slots=True)
class Offer:
    """One project that supporters may buy together.

    Attributes
    ----------
    project : int
        Index in the election.
    cost : int
        In money units.
    scale : int
        A supporter with value ``v`` who pays ``t * v`` pays the rate ``t / scale`` per unit of utility.
    places : int64 array
        Groups of equal ballots that support it.
    weight : float64 array
        Ballots in each of these groups.
    value : float64 array or None
        Value of the project to each of these groups; None where it is 1 for all.
    worth : float64 array
        ``weight * value``.
    total : int
        Value of the project to all supporters together.
    supporters : int
        Ballots that support it.
    rounding : float
        Bound of the rounding error in adding up what supporters pay.
    """

    project: int
    cost: int
    scale: int
    places: Places
    weight: FloatArray
    value: FloatArray | None
    worth: FloatArray
    total: int
    supporters: int
    rounding: float


def total(weight: FloatArray, amounts: FloatArray) -> float:
    """Sum of weight times amount; in pairs where there are many, so that rounding stays small."""
    if len(weight) <= LONGEST_CHAIN:
        return float(weight.dot(amounts))
    return float(np.add.reduce(weight * amounts))


def _height(terms: int) -> int:
    """How many additions a term goes through at most in `total`: all in a chain, or numpy's blocks and their tree."""
    return terms if terms <= LONGEST_CHAIN else 128 + terms.bit_length()


@dataclass(frozen=True)
class Market:
    """All offers, in the order in which ties are broken.

    Attributes
    ----------
    offers : tuple of Offer
        Those with a cost and at least one supporter.
    free : tuple of int
        Projects that cost nothing and have supporters: bought at once, in tie order.
    budget : int
        In money units.
    voters : int
        Ballots, empty ones included.
    groups : int
        Different ballots.
    starts, choices, values : arrays
        The ballots of the groups as positions in ``offers`` with the value of each.
    """

    offers: tuple[Offer, ...]
    free: tuple[int, ...]
    budget: int
    voters: int
    multiplicity: FloatArray
    starts: Places
    choices: IndexArray
    values: Values

    @property
    def groups(self) -> int:
        """Number of different ballots."""
        return len(self.multiplicity)

    @cached_property
    def pairs(self) -> int:
        """Number of (group, offer) pairs: the size of the work."""
        return len(self.choices)

    @cached_property
    def pure_rates_are_distinct(self) -> bool:
        """Whether rates cost/(scale*worth) that differ also differ as floating point numbers."""
        most = max((offer.total for offer in self.offers), default=1)
        widest = max((offer.cost // offer.scale for offer in self.offers), default=1)
        return most * widest < EXACT_IN_FLOATS

    def pure_rate(self, offer: Offer, worth: float) -> float:
        """The rate when supporters of this worth pay all: a ratio of whole numbers, rounded once."""
        if offer.scale == offer.cost:
            return 1.0 / worth
        return offer.cost / (offer.scale * worth)


def market_of(election: Election, *, utility: str, order: Sequence[int]) -> Market:
    """Prepare the count of one election.

    Parameters
    ----------
    election : Election
    utility : str
        ``"cost"`` (a project is worth what it costs), ``"cardinality"`` (every project is worth the same) or
        ``"additive"`` (worth the points on the ballot).
    order : sequence of int
        Indices of all projects, the one that wins a tie first.

    Returns
    -------
    Market
    """
    group, project, value = _support(election, with_points=utility == "additive")
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.asarray(order)] = np.arange(len(order))
    # Small whole numbers are sorted by radix, many times quicker than wide ones.
    place = rank[project].astype(np.uint16 if len(order) < 2**16 else np.int64)
    sorted_ = np.argsort(place, kind="stable")
    bounds = np.concatenate(([0], np.cumsum(np.bincount(place, minlength=len(order))))).tolist()
    weight = election.ballots.multiplicity.astype(np.float64)
    position = np.full(len(order), -1, dtype=np.int32)
    offers: list[Offer] = []
    free: list[int] = []
    for number, index in enumerate(order):
        chosen = sorted_[bounds[number] : bounds[number + 1]]
        if len(chosen) and election.costs[index] == 0:
            free.append(index)
        elif len(chosen):
            position[index] = len(offers)
            places = group[chosen].astype(np.int64)
            own = None if value is None else value[chosen].astype(np.float64)
            offers.append(_offer(index, election.costs[index], utility, places, weight[places], own))
    starts, choices, values = _without_free(election, group, position[project], value, any_free=bool(free))
    return Market(
        offers=tuple(offers),
        free=tuple(free),
        budget=int(election.budget * election.money_unit),
        voters=election.ballots.count,
        multiplicity=weight,
        starts=starts,
        choices=choices,
        values=values,
    )


def _support(election: Election, *, with_points: bool) -> tuple[IndexArray, IndexArray, Values]:
    """Every (group, project) pair that is support, with its points where they count."""
    group, project, points = election.ballots.group_of_choice, election.ballots.choices, election.ballots.points
    if election.supporting is None or points is None:
        return group, project, None
    kept = election.supporting
    return group[kept], project[kept], points[kept] if with_points else None


def _offer(
    project: int, cost: int, utility: str, places: Places, weight: FloatArray, value: FloatArray | None
) -> Offer:
    worth = weight if value is None else weight * value
    return Offer(
        project=project,
        cost=cost,
        scale=cost if utility == "cost" else 1,
        places=places,
        weight=weight,
        value=value,
        worth=worth,
        total=int(worth.sum()),
        supporters=int(weight.sum()),
        rounding=(_height(len(places)) + 8) * 4 * ROUNDING * cost,
    )


def _without_free(
    election: Election, group: IndexArray, position: IndexArray, value: Values, *, any_free: bool
) -> tuple[Places, IndexArray, Values]:
    """The ballots of the groups as positions of offers; projects that cost nothing are on none."""
    if any_free:
        kept = position >= 0
        group, position = group[kept], position[kept]
        value = None if value is None else value[kept]
    elif len(position) == len(election.ballots.choices):
        return election.ballots.starts, position, value
    counts = np.bincount(group, minlength=election.ballots.groups)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), position, value
