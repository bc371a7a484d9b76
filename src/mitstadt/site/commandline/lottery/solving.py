"""solve: the fairest probabilities and panels, with a proof."""

from typing import TYPE_CHECKING

import mitstadt
from mitstadt.ground.commands import Told, Typed
from mitstadt.ground.commands import gettext_noop as _
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.solution import ROUNDS, Solution
from mitstadt.methods.sortition.solution import solve as solve_draw
from mitstadt.site.commandline.frame.files import write_file
from mitstadt.site.commandline.lottery.files import Inputs, read_inputs

_LARGE_POOL = 6_000
_MANY_DIFFERENT = 8_000

if TYPE_CHECKING:
    from mitstadt.methods.sortition.numbered import NumberedLottery


def solve(options: Typed) -> Told:
    """Solve, and write probabilities, panels and proof."""
    options.doing(_("1 von 3: Tabellen lesen"))
    inputs = read_inputs(options)
    rounds = options.rounds or default_rounds(inputs, numbered=options.panels is not None)
    options.doing(_("2 von 3: gerechte Wahrscheinlichkeiten suchen"))
    found = solve_draw(
        inputs.pool, inputs.quotas, inputs.size, objective=options.objective, rounds=rounds, seed=options.seed
    )
    options.doing(_("3 von 3: Gremien und Beweis aufschreiben"))
    lottery = _lottery(found, options.panels) if options.panels is not None else None
    result = solution_json(found, inputs, rounds=rounds)
    if lottery is not None:
        result |= _numbered(found, lottery)
    if options.robustness:
        result |= _robustness(found)
    if options.svg:
        from mitstadt.methods.sortition.chart import probabilities_svg  # asked for rarely; a command starts fast

        write_file(options.svg, probabilities_svg(found, lottery).encode())
    return Told(sentences(found), result)


def default_rounds(inputs: Inputs, *, numbered: bool) -> int:
    """How many panels to look for: in large pools numbered panels cannot follow finer differences anyway."""
    if len(inputs.pool) <= _LARGE_POOL:
        return ROUNDS
    # Each search takes longer the more people differ, so that fewer fit into the same few minutes.
    different = len(set(inputs.pool.features))
    share = min(1.0, (_MANY_DIFFERENT / different) ** 2)
    return max(10, int(share * (300 if numbered else 1_500)))


def _lottery(found: Solution, panels: int) -> "NumberedLottery":
    from mitstadt.methods.sortition.numbered import numbered_lottery  # asked for rarely; a command starts fast

    return numbered_lottery(found, panels)


def solution_json(found: Solution, inputs: Inputs, *, rounds: int) -> dict[str, object]:
    """The solution for programs."""
    panels, told = _panels(found)
    ordered = sorted(found.probabilities.values())
    return {
        "objective": found.objective,
        "value": found.value,
        "upper_bound": found.upper_bound,
        "gap": found.gap,
        "optimal": found.exact,
        "deviation": found.deviation,
        "lowest_probability": ordered[0],
        "lowest_probability_bound": found.lowest_bound,
        "highest_probability": ordered[-1],
        "probabilities": found.probabilities,
        "panels": panels,
        "classes": classes_json(found),
        "explanation": sentences(found) + told,
        "settings": {
            "size": inputs.size,
            "objective": found.objective,
            "households": inputs.pool.households is not None,
            "rounds": rounds,
            "software": f"mitstadt {mitstadt.__version__}",
            "inputs": dict(inputs.files),
        },
        "input_sha256": inputs.sha256,
    }


def _panels(found: Solution) -> tuple[list[dict[str, object]], list[str]]:
    """The panels with their weights; in very large pools none, and why."""
    ids = found.pool.ids
    try:
        return [{"ids": [ids[p] for p in panel.people], "weight": panel.weight} for panel in found.panels], []
    except MethodError as error:
        return [], [error.sentence]


def classes_json(found: Solution) -> list[dict[str, object]]:
    """The probability of each class of people who are alike."""
    problem = found.problem
    return [
        {"features": problem.features_of(t), "people": int(problem.people[t]), "probability": float(found.target[t])}
        for t in range(problem.class_count)
    ]


def sentences(found: Solution) -> list[str]:
    """The solution in words."""
    lowest, highest = min(found.probabilities.values()), max(found.probabilities.values())
    told = [
        f"Everyone is drawn with a probability between {lowest:.4%} and {highest:.4%}; "
        f"no lottery under these quotas gives everyone more than {found.lowest_bound:.4%}."
    ]
    if found.objective == "legacy":
        told.append("The legacy draw is for comparison only: it is not fair and proves nothing.")
    elif found.exact:
        told.append(f"{found.objective}: optimal, proved to {max(found.gap, found.deviation, 1e-12):.0e}.")
    else:
        told.append(
            f"{found.objective}: within {found.gap:.1e} of the bound; "
            f"probabilities differ from the ideal by at most {found.deviation:.1e}."
        )
    return told


def _numbered(found: Solution, lottery: "NumberedLottery") -> dict[str, object]:
    ids = found.pool.ids
    return {
        "numbered_panels": [[ids[person] for person in panel] for panel in lottery.panels],
        "numbered_probabilities": {ids[i]: times / len(lottery.panels) for i, times in enumerate(lottery.times)},
        "largest_deviation": lottery.largest_deviation,
    }


def _robustness(found: Solution) -> dict[str, object]:
    from mitstadt.methods.sortition.robustness import misreports, representation  # as above

    answers = [
        {"features": dict(m.features), "category": m.category, "claimed": m.claimed}
        | {"honest": m.honest, "dishonest": m.dishonest, "gain": m.gain}
        for m in misreports(found)
    ]
    cells = [
        {"features": dict(cell.features), "in_pool": cell.in_pool}
        | {"expected": cell.expected, "proportional": cell.proportional}
        for cell in representation(found)
    ]
    return {"misreports": answers, "representation": cells}
