"""Count an election by any rule."""

from fractions import Fraction
from math import floor

from mitstadt.methods.budgeting.completions import Completion
from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.budgeting.equal_shares.ladder import climb, single
from mitstadt.methods.budgeting.equal_shares.market import UTILITIES, Market, market_of
from mitstadt.methods.budgeting.equal_shares.quick import Trace
from mitstadt.methods.budgeting.greedy import fill, greedy, ranked
from mitstadt.methods.budgeting.outcome import RULES, Ladder, Outcome, Tie
from mitstadt.methods.budgeting.support import supported
from mitstadt.methods.budgeting.ties import TieBreaking
from mitstadt.methods.shared.errors import MethodError


def count(
    election: Election,
    *,
    rule: str = "equal-shares",
    utility: str | None = None,
    completion: str = "none",
    ties: TieBreaking | None = None,
    step: Fraction | int | None = None,
) -> Outcome:
    """The outcome of an election, equal to that of rational arithmetic.

    Parameters
    ----------
    election : Election
    rule : str
        ``"equal-shares"``, ``"greedy"``, ``"phragmen"`` or ``"bos"``.
    utility : str, optional
        ``"cost"``, ``"cardinality"`` or ``"additive"``; by default additive where ballots carry points or ranks, cost
        otherwise.
    completion : str
        See `Completion`; only for equal shares.
    ties : TieBreaking, optional
        By id unless told otherwise.
    step : Fraction or int, optional
        What a ladder adds each time, in currency units: per voter for the add-one family (1), to the whole budget for
        ``"exhaustion"`` (a hundredth of it).

    Returns
    -------
    Outcome

    Raises
    ------
    MethodError
        ``rule_unknown``, ``utility_unknown``, ``completion_unknown``, ``completion_unfit``, ``step_unfit``.

    Notes
    -----
    Peters, Pierczyński, Skowron: "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021,
    section 3; completions: section 5 there and equalshares.net.

    Examples
    --------
    >>> vote = Election.from_approvals(budget=100, costs={"a": 60, "b": 40}, ballots=[["a"], ["a", "b"], ["b"]])
    >>> count(vote).winner_ids
    ('a', 'b')
    """
    ties = ties or TieBreaking()
    utility = utility or default_utility(election)
    _check(rule, utility, completion, step)
    if rule == "equal-shares":
        return _equal_shares(election, utility, Completion.parse(completion), ties, step)
    return _by_another_rule(election, rule, utility, ties)


def _by_another_rule(election: Election, rule: str, utility: str, ties: TieBreaking) -> Outcome:
    order = ties.order(election)
    found: tuple[Tie, ...] = ()
    refereed = 0
    if rule == "greedy":
        winners = greedy(election, utility=utility, order=order)
    elif rule == "phragmen":
        from mitstadt.methods.budgeting.phragmen import phragmen  # as below, loaded only where it is asked for

        winners, found = phragmen(election, order=order)
    else:
        from mitstadt.methods.budgeting.overspending import bounded_overspending

        winners, found, refereed = bounded_overspending(election, utility=utility, order=order)
    return Outcome(
        election=election, rule=rule, utility=utility, completion="none", tie_breaking=ties.text,
        variant=VARIANTS[rule, utility], order=order, winners=winners,
        stage_of=dict.fromkeys(winners, rule), ties=found, refereed=refereed,
    )  # fmt: skip


VARIANTS = {
    ("greedy", "cost"): "greedy by votes, projects that do not fit are skipped",
    ("greedy", "cardinality"): "greedy by votes per cost, projects that do not fit are skipped",
    ("greedy", "additive"): "greedy by points, projects that do not fit are skipped",
    **{("phragmen", u): "sequential Phragmén, stops before the first overspend" for u in UTILITIES},
    **{("bos", u): f"equal shares with bounded overspending, {u} utility" for u in UTILITIES},
}


def default_utility(election: Election) -> str:
    """Additive where ballots carry points or ranks, cost otherwise."""
    return "additive" if election.ballots.points is not None else "cost"


def _check(rule: str, utility: str, completion: str, step: Fraction | int | None) -> None:
    if rule not in RULES:
        raise MethodError("rule_unknown", f"There is no rule “{rule}”. Known are {', '.join(RULES)}.", rule=rule)
    if utility not in UTILITIES:
        sentence = f"There is no utility “{utility}”. Known are {', '.join(UTILITIES)}."
        raise MethodError("utility_unknown", sentence, utility=utility)
    if rule != "equal-shares" and completion != "none":
        raise MethodError("completion_unfit", f"Completions belong to equal shares; {rule} has none.", rule=rule)
    if step is not None and step <= 0:
        raise MethodError("step_unfit", f"The step is {step}; it must be more than 0.")


def _equal_shares(
    election: Election, utility: str, completion: Completion, ties: TieBreaking, step: Fraction | int | None
) -> Outcome:
    order = ties.order(election)
    market = market_of(election, utility=utility, order=order)
    trace, ladder = _climbed(election, market, completion, step)
    bought = tuple(market.offers[p].project for p in trace.bought)
    winners = (*market.free, *bought)
    stage_of = dict.fromkeys(market.free, "free") | dict.fromkeys(bought, "equal shares")
    if completion.utilitarian:
        more = fill(election, ranked(election, utility="cost", order=order), taken=winners)
        stage_of |= dict.fromkeys(more, "utilitarian")
        winners += more
    if completion.comparison:
        rival = greedy(election, utility="cost", order=order)
        if _prefer(election, rival, winners) > _prefer(election, winners, rival):
            winners, stage_of = rival, dict.fromkeys(rival, "greedy, preferred by the ballots")
    return Outcome(
        election=election, rule="equal-shares", utility=utility, completion=completion.name, tie_breaking=ties.text,
        variant=_variant(completion, utility, ladder), order=order, winners=winners, stage_of=stage_of,
        ladder=ladder, ties=tuple(_tie(market, t) for t in trace.ties), refereed=trace.refereed, market=market,
    )  # fmt: skip


def _tie(market: Market, tie: tuple[int, list[int]]) -> Tie:
    number, among = tie
    projects = tuple(market.offers[p].project for p in among)
    return Tie(round=number + len(market.free), chosen=projects[0], among=projects)


def _climbed(
    election: Election, market: Market, completion: Completion, step: Fraction | int | None
) -> tuple[Trace, Ladder]:
    unit = election.money_unit
    share = Fraction(market.budget, market.voters)
    start = Fraction(floor(share / unit) * unit) if completion.integral else share
    if not completion.ladder or not market.offers:
        trace, low, high = single(market, start)
        return trace, Ladder(start / unit, start / unit, Fraction(0), low / unit, high / unit, None, "single", 1, 1)
    if completion.ladder == "voter":
        added = Fraction(1 if step is None else step) * unit
    else:
        added = (election.budget / 100 if step is None else Fraction(step)) * unit / market.voters
    found = climb(market, start=start, step=added, stop_when_exhausted=completion.stop_when_exhausted)
    stopped = (start + added * (found.index + 1)) / unit if found.reason == "overspends" else None
    ladder = Ladder(
        endowment=found.trace.endowment / unit,
        start=start / unit,
        step=added / unit,
        holds_from=(start + added * found.same_from) / unit,
        holds_to=found.trace.endowment / unit,
        stopped_at=stopped,
        reason=found.reason,
        steps=found.index + 1,
        counted=found.counted,
    )
    return found.trace, ladder


def _variant(completion: Completion, utility: str, ladder: Ladder) -> str:
    start = "whole part of budget/voters" if completion.integral else "budget/voters"
    parts = [f"equal shares, {utility} utility"]
    if not completion.ladder:
        parts.append(f"endowment {start}")
    elif completion.ladder == "voter":
        parts.append(f"endowment from {start} by +{ladder.step} per voter until before the first overspend")
    else:
        parts.append(f"budget raised by +{ladder.step} per voter until before the first overspend")
    if completion.stop_when_exhausted:
        parts.append("or until no supported project fits")
    if completion.utilitarian:
        parts.append("the rest by votes")
    if completion.comparison:
        parts.append("compared with greedy by the ballots")
    return ", ".join(parts)


def _prefer(election: Election, one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Ballots that support more winners of one outcome than of another."""
    gained = supported(election, one) - supported(election, other)
    return int(election.ballots.multiplicity[gained > 0].sum())
