"""Add-one: the same count with ever more money per voter, until it would cost more than there is.

Not every step is counted. A count with more money bounds the rates of one with less as long as both buy the same; where
`Trace.holds_until` certifies two steps, all between them buy the same too and are passed over. Where it does not, the gap
is halved, down to single steps. The strides grow and shrink with what succeeds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mitstadt.methods.budgeting.equal_shares.market import Market
from mitstadt.methods.budgeting.equal_shares.quick import QuickCount, Trace

BLOCK = 8
WORTH_WIDENING, WORTH_NARROWING = 0.6, 0.9
SLACK_PER_GAP = 3.0


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


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder and its count."""

    index: int
    trace: Trace


class Ladder:
    """Counts steps of one ladder on demand.

    Parameters
    ----------
    market : Market
    start, step : Fraction
        In money units.
    """

    def __init__(self, market: Market, *, start: Fraction, step: Fraction) -> None:
        self.market = market
        self.start = start
        self.step = step
        self.counted = 0

    def rung(self, index: int, *, richer: Rung | None, gap: int) -> Rung:
        """Count one step, learning from a richer one; ``gap`` is how far the next poorer one is away."""
        endowment = self.start + self.step * index
        slack = SLACK_PER_GAP * float(self.step) * gap / float(endowment) if gap > 1 and endowment else 0.0
        self.counted += 1
        count = QuickCount(self.market, endowment, richer=richer and richer.trace, teach=True, slack=slack)
        return Rung(index, count.run())

    def rungs(self) -> Iterator[Rung]:
        """Steps in ascending order such that all between two neighbours buy what both buy."""
        left = self.rung(0, richer=None, gap=1)
        yield left
        stride = 1
        while True:
            counted, first = self.counted, left.index
            block: list[Rung] = []
            for number in range(BLOCK, 0, -1):
                richer = block[-1] if block else None
                block.append(self.rung(first + stride * number, richer=richer, gap=stride))
            same = 0
            for right in reversed(block):
                same += left.trace.bought == right.trace.bought
                yield from self._between(left, right)
                left = right
            stride = self._next_stride(stride, (self.counted - counted) / (stride * BLOCK), same / BLOCK)

    @staticmethod
    def _next_stride(stride: int, effort: float, same: float) -> int:
        widen = same >= WORTH_WIDENING if stride == 1 else effort <= WORTH_WIDENING
        if widen:
            return stride * 2
        return max(1, stride // 2) if effort > WORTH_NARROWING else stride

    def _between(self, left: Rung, right: Rung) -> Iterator[Rung]:
        gap = right.index - left.index
        if gap == 1 or left.trace.holds_until(right.trace):
            yield right
            return
        middle = self.rung(left.index + gap // 2, richer=right, gap=gap // 2)
        yield from self._between(left, middle)
        yield from self._between(middle, right)


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
    ladder = Ladder(market, start=start, step=step)
    last: Rung | None = None
    same_from = 0
    for rung in ladder.rungs():
        if last is not None and cost_of(market, rung.trace.bought) > market.budget:
            return Climb(last.trace, last.index, same_from, "overspends", ladder.counted)
        if last is not None and set(last.trace.bought) != set(rung.trace.bought):
            same_from = rung.index
        last = rung
        reason = _ended(market, rung.trace.bought, stop_when_exhausted)
        if reason:
            return Climb(rung.trace, rung.index, same_from, reason, ladder.counted)
    raise AssertionError("a ladder has no last step of its own")


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
