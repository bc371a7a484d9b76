"""Every rule once more, slowly and plainly, in rational numbers: what the fast counts are checked against."""

from fractions import Fraction

from mitstadt.methods.budgeting import Election


def voters_of(election: Election) -> list[dict[int, Fraction]]:
    """The supported projects of every single ballot with their points."""
    ballots = election.ballots
    voters = []
    for group in ballots.group_of.tolist():
        bounds = range(int(ballots.starts[group]), int(ballots.starts[group + 1]))
        points = {
            int(ballots.choices[k]): Fraction(1 if ballots.points is None else int(ballots.points[k])) for k in bounds
        }
        voters.append({p: value for p, value in points.items() if value > 0})
    return voters


def utility_of(election: Election, utility: str, project: int, points: Fraction) -> Fraction:
    if utility == "cost":
        return election.projects[project].cost
    return points if utility == "additive" else Fraction(1)


def rate(money, utilities, cost):
    """The least rate at which supporters can pay the cost, or None: breakpoints in order, each tried."""
    supporters = [i for i, u in enumerate(utilities) if u > 0]
    if sum(money[i] for i in supporters) < cost:
        return None
    collected, rising = Fraction(0), sum(utilities[i] for i in supporters)
    for i in sorted(supporters, key=lambda i: money[i] / utilities[i]):
        if collected + rising * money[i] / utilities[i] >= cost:
            return (cost - collected) / rising
        collected += money[i]
        rising -= utilities[i]
    return None


def equal_shares(election: Election, utility: str, order, endowment: Fraction) -> list[int]:
    voters = voters_of(election)
    money = [endowment] * len(voters)
    utilities = {p: [utility_of(election, utility, p, v[p]) if p in v else Fraction(0) for v in voters] for p in order}
    bought = [p for p in order if election.projects[p].cost == 0 and any(p in v for v in voters)]
    waiting = [p for p in order if election.projects[p].cost > 0 and any(p in v for v in voters)]
    while True:
        rates = {p: rate(money, utilities[p], election.projects[p].cost) for p in waiting}
        possible = [p for p in waiting if rates[p] is not None]
        if not possible:
            return bought
        best = min(possible, key=lambda p: rates[p])
        money = [m - min(m, rates[best] * u) for m, u in zip(money, utilities[best], strict=True)]
        bought.append(best)
        waiting.remove(best)


def cost(election: Election, projects) -> Fraction:
    return sum((election.projects[p].cost for p in projects), Fraction(0))


def votes(election: Election) -> list[int]:
    voters = voters_of(election)
    return [sum(p in v for v in voters) for p in range(len(election.projects))]


def fill(election: Election, ranking, taken) -> list[int]:
    chosen = list(taken)
    for p in ranking:
        if p not in chosen and cost(election, chosen) + election.projects[p].cost <= election.budget:
            chosen.append(p)
    return chosen


def greedy(election: Election, utility: str, order) -> list[int]:
    number = votes(election)
    points = [sum(v.get(p, 0) for v in voters_of(election)) for p in range(len(election.projects))]

    def key(p: int):
        c = election.projects[p].cost
        if utility == "cost":
            return -number[p]
        if utility == "additive":
            return -points[p]
        return -Fraction(10**30) if c == 0 and number[p] else -(number[p] / c if c else Fraction(0))

    return fill(election, sorted(order, key=key), [])


def add_one(election: Election, utility: str, order, start: Fraction, step: Fraction, *, exhaustive: bool) -> list[int]:
    supported = [p for p in order if votes(election)[p] and election.projects[p].cost > 0]
    last: list[int] | None = None
    endowment = start
    while True:
        bought = equal_shares(election, utility, order, endowment)
        if last is not None and cost(election, bought) > election.budget:
            return last
        last = bought
        left = election.budget - cost(election, bought)
        waiting = [p for p in supported if p not in bought]
        if not waiting or (exhaustive and all(election.projects[p].cost > left for p in waiting)):
            return last
        endowment += step


def completed(election: Election, utility: str, order, name: str, step: Fraction | None = None) -> list[int]:
    """Equal shares with a completion, spelt out once for each name."""
    share = election.budget / election.ballots.count
    base = name.removesuffix("-comparison")
    if base.startswith("add1"):
        start = Fraction(share.numerator // share.denominator) if base.endswith("-integral") else share
        letters = base.removesuffix("-integral").removeprefix("add1")
        won = add_one(election, utility, order, start, step or Fraction(1), exhaustive="e" in letters)
        if "u" in letters:
            won = fill(election, sorted(order, key=lambda p: -votes(election)[p]), won)
    elif base == "exhaustion":
        added = (step or election.budget / 100) / election.ballots.count
        won = add_one(election, utility, order, share, added, exhaustive=True)
    else:
        won = equal_shares(election, utility, order, share)
        if base == "utilitarian":
            won = fill(election, sorted(order, key=lambda p: -votes(election)[p]), won)
    if name.endswith("-comparison"):
        rival = greedy(election, "cost", order)
        gained = [sum(p in v for p in rival) - sum(p in v for p in won) for v in voters_of(election)]
        if sum(g > 0 for g in gained) > sum(g < 0 for g in gained):
            return rival
    return won


def phragmen(election: Election, order) -> list[int]:
    voters = voters_of(election)
    load = [Fraction(0)] * len(voters)
    bought = [p for p in order if election.projects[p].cost == 0 and any(p in v for v in voters)]
    number = votes(election)
    waiting = [p for p in order if number[p] and 0 < election.projects[p].cost <= election.budget]
    while waiting:
        moment = {
            p: (election.projects[p].cost + sum(load[i] for i, v in enumerate(voters) if p in v)) / number[p]
            for p in waiting
        }
        first = min(moment.values())
        tied = [p for p in waiting if moment[p] == first]
        if any(cost(election, bought) + election.projects[p].cost > election.budget for p in tied):
            return bought
        bought.append(tied[0])
        waiting.remove(tied[0])
        load = [first if tied[0] in v else load[i] for i, v in enumerate(voters)]
    return bought


def bounded_overspending(election: Election, utility: str, order) -> list[int]:
    voters = voters_of(election)
    money = [election.budget / len(voters)] * len(voters)
    number = votes(election)
    bought = [p for p in order if election.projects[p].cost == 0 and number[p]]
    waiting = [p for p in order if election.projects[p].cost > 0 and number[p]]
    while True:
        best = None
        for p in waiting:
            price = election.projects[p].cost
            if cost(election, bought) + price > election.budget:
                continue
            own = [(i, utility_of(election, utility, p, v[p])) for i, v in enumerate(voters) if p in v]
            steps = {money[i] / u for i, u in own if money[i] > 0}
            full = rate(money, [utility_of(election, utility, p, v[p]) if p in v else 0 for v in voters], price)
            bids = []
            for step in steps | ({full} if full is not None else set()):
                covered = min(Fraction(1), sum(min(money[i], step * u) for i, u in own) / price)
                bids.append((step / covered / covered, -covered, step / covered))
            if bids and (best is None or min(bids)[0] < best[0]):
                burden, _, charged = min(bids)
                best = (burden, p, charged, own)
        if best is None:
            return bought
        _, winner, charged, own = best
        for i, u in own:
            money[i] = max(Fraction(0), money[i] - charged * u)
        bought.append(winner)
        waiting.remove(winner)
