"""Add-one: the same count with ever more money per voter, until it would cost more than there is.

Not every step is counted. A count with more money bounds the rates of one with less as long as both buy the same.
Where `Trace.holds_until` or `holds_between` certifies two steps, all between them buy the same too and are passed over.
Where they do not, the gap is divided, down to single steps: where two purchases are likely to change places, else in
the middle. The strides grow and shrink with what succeeds. Where neighbouring steps rarely buy alike and projects have
few different supporters, many steps are counted side by side instead.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from mitstadt.methods.budgeting.equal_shares.bridge import holds_between
from mitstadt.methods.budgeting.equal_shares.market import Market
from mitstadt.methods.budgeting.equal_shares.quick import INFINITE, QuickCount, Trace
from mitstadt.methods.shared.errors import MethodError

BLOCK = 8
ALIKE = 0.85
WORTH_WIDENING, WORTH_NARROWING = 0.6, 0.9
HARDLY_DIVIDED, MUCH_DIVIDED = 1.25, 1.5
SIDE_BY_SIDE = 0.2  # what a step costs there, a count by itself being 1
SLACK_PER_GAP = 3.0
FEW_SUPPORTERS = 80
WIDEST = 512
NEIGHBOURS = (Fraction(1, 1000), Fraction(1, 20_000))
MOST_PAIRS_TRIED = 1_000_000
# Beyond that a ladder ends in no time anyone waits for: amounts too far apart for floating point to certify a gap.
MOST_COUNTED = 200_000


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
    """A step of the ladder and what it buys."""

    index: int
    bought: Sequence[int]


@dataclass(frozen=True, slots=True)
class Counted(Rung):
    """A step with its whole count, from which poorer steps learn."""

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

    def rung(self, index: int, *, richer: Counted | None, gap: int) -> Counted:
        """Count one step, learning from a richer one; ``gap`` is how far the next poorer one is away."""
        endowment = self.start + self.step * index
        slack = SLACK_PER_GAP * float(self.step) * gap / float(endowment) if gap > 1 and endowment else 0.0
        self._note_counts(1)
        known = None if richer is None else richer.trace
        trace = QuickCount(self.market, endowment, richer=known, teach=True, slack=slack).run()
        return Counted(index, trace.bought, trace)

    def rungs(self) -> Iterator[Rung]:
        """Steps in ascending order such that all between two neighbours buy what both buy."""
        left = self.rung(0, richer=None, gap=1)
        yield left
        stride = 1
        while True:
            counted = self.counted
            block = self._block(left.index, stride)
            same = 0
            for right in block:
                same += left.bought == right.bought
                yield from self._between(left, right)
                left = right
            stride = self._next_stride(stride, (self.counted - counted) / BLOCK, same / BLOCK)
            if not stride:
                left = yield from self._side_by_side(left.index)
                stride = 1

    def _next_stride(self, stride: int, counts: float, alike: float) -> int:
        """How far to look ahead after a block with so many counts for each stride; 0 to count side by side."""
        dear = counts > max(SIDE_BY_SIDE * stride, MUCH_DIVIDED) if stride > 1 else alike < ALIKE
        if dear and self._few_supporters:
            return 0
        if stride == 1:
            return 1 if dear else 2
        if counts > WORTH_NARROWING * stride:
            return stride // 2
        return stride * 2 if counts <= max(WORTH_WIDENING * stride, HARDLY_DIVIDED) else stride

    def _note_counts(self, number: int) -> None:
        if self.counted + number > MOST_COUNTED:
            raise MethodError(
                "ladder_too_long",
                f"After {self.counted:,} counts this ladder had not ended: a project costs very much more than the "
                "budget. Leave it out if it can never be funded, choose a larger --step, or another --completion.",
                counted=self.counted,
            )
        self.counted += number

    def ended_at(self, index: int, same_from: int, reason: str) -> Climb:
        """The end of the ladder, its last step counted once more by itself."""
        trace = QuickCount(self.market, self.start + self.step * index).run()
        return Climb(trace, index, same_from, reason, self.counted)

    def _block(self, first: int, stride: int) -> list[Counted]:
        """The next steps, ascending; counted from the richest down, each learning from the one before."""
        block: list[Counted] = []
        for number in range(BLOCK, 0, -1):
            block.append(self.rung(first + stride * number, richer=block[-1] if block else None, gap=stride))
        return block[::-1]

    @property
    def _few_supporters(self) -> bool:
        return self.market.pairs < FEW_SUPPORTERS * len(self.market.offers)

    def _side_by_side(self, first: int) -> Generator[Rung, None, Counted]:
        """Single steps counted many at a time, as long as most neighbours differ; returns the last, counted alone."""
        from mitstadt.methods.budgeting.equal_shares.batch import purchases  # few ladders need it

        width = BLOCK * BLOCK
        while True:
            indices = range(first + 1, first + 1 + width)
            found = purchases(self.market, [self.start + self.step * index for index in indices])
            self._note_counts(width)
            same = 0
            for number, (index, bought) in enumerate(zip(indices, found, strict=True)):
                same += bought is not None and number > 0 and bought == found[number - 1]
                yield self.rung(index, richer=None, gap=1) if bought is None else Rung(index, bought)
            first = indices[-1]
            if same >= ALIKE * width:
                return self.rung(first, richer=None, gap=1)
            width = min(2 * width, WIDEST)

    def _between(self, left: Counted, right: Counted, *, guess: bool = True) -> Iterator[Rung]:
        gap = right.index - left.index
        if gap == 1 or left.trace.holds_until(right.trace) or holds_between(self.market, left.trace, right.trace):
            yield right
            return
        part = _turning_point(left.trace, right.trace) if guess else 0.5
        # The turn is left in the shorter part, the longer one is likely to buy the same throughout.
        steps = ceil(part * gap) if part < 0.5 else floor(part * gap)
        steps = min(max(steps, 1), gap - 1)
        middle = self.rung(left.index + steps, richer=right, gap=steps)
        for one, other in ((left, middle), (middle, right)):
            # A guess that leaves more than half undecided is followed by halving.
            yield from self._between(one, other, guess=2 * (other.index - one.index) <= gap or not guess)


def _turning_point(poorer: Trace, richer: Trace) -> float:
    """Where between two counts, as a part of the way, the first purchase in which they differ is likely to change."""
    pairs = zip(poorer.bought, richer.bought, strict=False)
    number = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
    if number is None:
        return 0.5
    # On straight lines the lead of what is bought at one end turns into that of what is bought at the other.
    lead_before = poorer.floors[number][richer.bought[number]] - poorer.ceilings[number]
    lead_after = richer.floors[number][poorer.bought[number]] - richer.ceilings[number]
    both = lead_before + lead_after
    return lead_before / both if lead_before >= 0 and lead_after >= 0 and 0 < both < INFINITE else 0.5


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
        if last is not None and cost_of(market, rung.bought) > market.budget:
            return ladder.ended_at(last.index, same_from, "overspends")
        if last is not None and set(last.bought) != set(rung.bought):
            same_from = rung.index
        last = rung
        reason = _ended(market, rung.bought, stop_when_exhausted)
        if reason:
            return ladder.ended_at(rung.index, same_from, reason)
    raise AssertionError("a ladder has no last step of its own")


def single(market: Market, endowment: Fraction) -> tuple[Trace, Fraction, Fraction]:
    """One count, and an interval of endowments around it on which the same is certain to be bought in the same order.

    Parameters
    ----------
    market : Market
    endowment : Fraction
        In money units.

    Returns
    -------
    trace : Trace
    holds_from, holds_to : Fraction
        The widest of a few intervals tried; both the endowment itself where none could be certified, or where the
        election is so large that trying would take longer than the count should.
    """
    trace = QuickCount(market, endowment, slack=SLACK_PER_GAP * float(NEIGHBOURS[0])).run()
    if not endowment or not market.offers or market.pairs > MOST_PAIRS_TRIED:
        return trace, endowment, endowment
    holds_from = holds_to = endowment
    for distance in NEIGHBOURS:
        poorer = QuickCount(market, endowment * (1 - distance)).run()
        if holds_from == endowment and poorer.holds_until(trace):
            holds_from = poorer.endowment
        richer = QuickCount(market, endowment * (1 + distance), slack=SLACK_PER_GAP * float(distance)).run()
        if holds_to == endowment and trace.holds_until(richer):
            holds_to = richer.endowment
        if holds_from < endowment < holds_to:
            break
    return trace, holds_from, holds_to


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
