"""Add-one: the same count with ever more money per voter, until it would cost more than there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mitstadt.methods.budgeting.equal_shares.columns import Columns, Trace
from mitstadt.methods.budgeting.equal_shares.market import Market

WORK = 40_000
FEWEST, MOST = 4, 128


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a ladder ended.

    Attributes
    ----------
    trace : Trace
        The last count within the budget.
    index : int
        Its step, counted from 0.
    same_from : int
        First step from which on the winners were the same without a break.
    reason : str
        ``"overspends"``, ``"exhausted"`` or ``"everything bought"``.
    counted : int
        Steps counted in full.
    """

    trace: Trace
    index: int
    same_from: int
    reason: str
    counted: int


def climb(market: Market, *, start: Fraction, step: Fraction, stop_when_exhausted: bool) -> Climb:
    """Follow the ladder ``start, start + step, …`` to its end.

    Parameters
    ----------
    market : Market
    start, step : Fraction
        In money units.
    stop_when_exhausted : bool
        Also stop at the first outcome to which no further supported project can be added.

    Returns
    -------
    Climb
    """
    width = max(FEWEST, min(MOST, WORK * len(market.offers) // max(market.pairs, 1)))
    last: Trace | None = None
    same_from, index, counted = 0, 0, 0
    while True:
        for trace in Columns(market, [start + step * (index + k) for k in range(width)]).run():
            counted += 1
            if cost_of(market, trace.bought) > market.budget:
                assert last is not None
                return Climb(last, index - 1, same_from, "overspends", counted)
            if last is None or set(last.bought) != set(trace.bought):
                same_from = index
            last = trace
            reason = _ended(market, trace.bought, stop_when_exhausted)
            if reason:
                return Climb(trace, index, same_from, reason, counted)
            index += 1


def cost_of(market: Market, bought: Sequence[int]) -> int:
    """Cost of these offers together, in money units."""
    return sum(market.offers[position].cost for position in bought)


def _ended(market: Market, bought: Sequence[int], stop_when_exhausted: bool) -> str:
    if len(bought) == len(market.offers):
        return "everything bought"
    if not stop_when_exhausted:
        return ""
    left = market.budget - cost_of(market, bought)
    fits = any(o.cost <= left for p, o in enumerate(market.offers) if p not in set(bought))
    return "" if fits else "exhausted"
