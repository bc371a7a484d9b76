"""What a count gives back: the winners in order, how each was bought, and on which endowments that holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.equal_shares.market import Market

RULES = ("equal-shares", "greedy", "phragmen", "bos")


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects between which the rule could not choose.

    Attributes
    ----------
    round : int
        Counted from 1.
    chosen : int
        The project that the tie-breaking preferred.
    among : tuple of int
        All that were equal.
    """

    round: int
    chosen: int
    among: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The endowments that a count of equal shares went through.

    Attributes
    ----------
    endowment : Fraction
        Currency units given to every voter in the outcome.
    start, step : Fraction
        First endowment and what is added each time; step 0 where only one was asked for.
    holds_from, holds_to : Fraction
        The winners are the same for every endowment of the ladder from here to here; where only one was asked for, an
        interval of all endowments on which that is certain.
    stopped_at : Fraction or None
        The first endowment whose outcome costs more than the budget, where there is one.
    reason : str
        Why the ladder ended: ``"single"``, ``"overspends"``, ``"exhausted"`` or ``"everything bought"``.
    steps : int
        Endowments settled.
    counted : int
        Endowments counted in full; the others lie in certified intervals.
    """

    endowment: Fraction
    start: Fraction
    step: Fraction
    holds_from: Fraction
    holds_to: Fraction
    stopped_at: Fraction | None
    reason: str
    steps: int
    counted: int


@dataclass(frozen=True)
class Outcome:
    """The result of one count.

    Attributes
    ----------
    election : Election
    rule, utility, completion, tie_breaking : str
        As asked for.
    variant : str
        One line that names exactly what was computed.
    order : tuple of int
        All projects as ties prefer them.
    winners : tuple of int
        Indices in order of purchase.
    stage_of : mapping of int to str
        How each winner came in: ``"free"``, the rule, or the completion that added it.
    ladder : Ladder or None
        For equal shares.
    ties : tuple of Tie
        Every use of the tie-breaking that is known to have mattered for the order.
    refereed : int
        Decisions that needed rational numbers.
    market : Market or None
        What equal shares was counted on; spares explanations the work of setting it up again.
    """

    election: Election
    rule: str
    utility: str
    completion: str
    tie_breaking: str
    variant: str
    order: tuple[int, ...]
    winners: tuple[int, ...]
    stage_of: Mapping[int, str] = field(default_factory=dict)
    ladder: Ladder | None = None
    ties: tuple[Tie, ...] = ()
    refereed: int = 0
    market: Market | None = field(default=None, repr=False, compare=False)

    @property
    def winner_ids(self) -> tuple[str, ...]:
        """Ids in order of purchase."""
        return tuple(self.election.projects[p].id for p in self.winners)

    @property
    def cost(self) -> Fraction:
        """Cost of all winners in currency units."""
        return sum((self.election.projects[p].cost for p in self.winners), Fraction(0))
