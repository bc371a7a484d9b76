"""An election as equal shares sees it: who may pay for which project, and how much a share is worth to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.election import Election, IndexArray

FloatArray = npt.NDArray[np.float64]

UTILITIES = ("cost", "cardinality", "additive")
EXACT_IN_FLOATS = 2**50
ROUNDING = 2.0**-53


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
    groups : int32 array
        Groups of equal ballots that support it.
    weight : float64 array
        Ballots in each of these groups.
    value : float64 array or None
        Value of the project to each of these groups; None where it is 1 for all.
    worth : float64 array
        ``weight * value``.
    places : int64 array
        ``groups`` in the width that indexing is quickest with.
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
    groups: IndexArray
    weight: FloatArray
    value: FloatArray | None
    worth: FloatArray

    places: npt.NDArray[np.int64]
    total: int
    supporters: int
    rounding: float


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
    starts: npt.NDArray[np.int64]
    choices: IndexArray
    values: npt.NDArray[np.int64] | None

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
        product = max(o.cost for o in self.offers) * max(o.total for o in self.offers)
        return product * max(1, *(o.scale for o in self.offers)) // max(
            o.cost for o in self.offers
        ) < EXACT_IN_FLOATS or (all(o.scale == 1 for o in self.offers) and product < EXACT_IN_FLOATS)

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
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.asarray(order)] = np.arange(len(order))
    ballots = election.ballots
    group, project, value = ballots.group_of_choice, ballots.choices, ballots.points
    if election.supporting is not None:
        kept = election.supporting
        group, project = group[kept], project[kept]
        value = value[kept] if value is not None else None
    if utility != "additive":
        value = None
    by_offer = np.argsort(rank[project], kind="stable")
    bounds = np.searchsorted(rank[project][by_offer], np.arange(len(order) + 1))
    multiplicity = ballots.multiplicity.astype(np.float64)
    offers, free = [], []
    position = np.full(len(order), -1, dtype=np.int32)
    for place, index in enumerate(order):
        chosen = by_offer[bounds[place] : bounds[place + 1]]
        if not len(chosen):
            continue
        if election.costs[index] == 0:
            free.append(index)
            continue
        position[index] = len(offers)
        offers.append(_offer(election, index, group[chosen], multiplicity, value, chosen, utility))
    in_market = position[project] >= 0
    counts = np.bincount(group[in_market], minlength=ballots.groups)
    return Market(
        offers=tuple(offers),
        free=tuple(free),
        budget=int(election.budget * election.money_unit),
        voters=ballots.count,
        multiplicity=multiplicity,
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        choices=position[project[in_market]],
        values=None if value is None else value[in_market],
    )


def _offer(  # noqa: PLR0913 - one caller, one place where all of these meet
    election: Election,
    index: int,
    groups: IndexArray,
    multiplicity: FloatArray,
    value: npt.NDArray[np.int64] | None,
    chosen: npt.NDArray[np.int64],
    utility: str,
) -> Offer:
    weight = multiplicity[groups]
    own = None if value is None else value[chosen].astype(np.float64)
    worth = weight if own is None else weight * own
    cost = election.costs[index]
    return Offer(
        project=index,
        cost=cost,
        scale=cost if utility == "cost" else 1,
        groups=groups,
        weight=weight,
        value=own,
        worth=worth,
        places=groups.astype(np.int64),
        total=int(worth.sum()),
        supporters=int(weight.sum()),
        rounding=(len(groups) + 16) * 4 * ROUNDING * cost,
    )
