"""A lottery that fits on a sheet: numbered panels with equal chances, as near to the fair probabilities as can be.

Of each panel of the mixture as many whole copies are taken as its weight allows. What is left over is filled with
panels that are asked for by the price of what is still missing, and improved one at a time. Nothing is random.
"""

from dataclasses import dataclass

import numpy as np

from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.sortition.arrays import Reals
from mitstadt.methods.sortition.classes import Problem
from mitstadt.methods.sortition.mixing import any_panel
from mitstadt.methods.sortition.pricing import PanelFinder, bounds_of, face_of
from mitstadt.methods.sortition.solution import Solution

MAX_PANELS = 100_000
_SWEEPS = 4


@dataclass(frozen=True)
class NumberedLottery:
    """Panels with equal probability.

    Parameters
    ----------
    panels : tuple of tuples of int
        Positions in the pool, sorted; panel number 1 comes first.
    times : tuple of int, length n
        On how many panels each person sits.
    largest_deviation : float
        The largest difference between a person's probability here and in the solution.
    """

    panels: tuple[tuple[int, ...], ...]
    times: tuple[int, ...]
    largest_deviation: float

    @property
    def lowest(self) -> float:
        """The lowest probability of a person."""
        return min(self.times) / len(self.panels)


def numbered_lottery(solution: Solution, panels: int = 1000) -> NumberedLottery:
    """So many equally likely panels that follow a solution's probabilities.

    Raises
    ------
    MethodError
        ``panels_number`` unless the number is between 1 and 100,000.
    """
    if not 1 <= panels <= MAX_PANELS:
        sentence = f"A lottery has between 1 and {MAX_PANELS:,} panels, not {panels}."
        raise MethodError("panels_number", sentence, panels=panels)
    problem = solution.problem
    wanted = panels * solution.target * problem.people
    chosen = _whole_panels(solution, wanted, panels)
    seating = _Seating(problem)
    members = sorted(seating.seat(counts) for counts in chosen)
    times = np.bincount(np.concatenate([np.array(m) for m in members]), minlength=len(problem.class_of))
    deviation = np.abs(times / panels - solution.target[problem.class_of])
    return NumberedLottery(tuple(members), tuple(int(t) for t in times), float(deviation.max()))


def _whole_panels(solution: Solution, wanted: Reals, panels: int) -> list[Reals]:
    problem, mixture = solution.problem, solution.mixture
    copies = np.floor(panels * mixture.weights + 1e-9).astype(int)
    chosen = [panel for panel, times in zip(mixture.panels, copies, strict=True) for _ in range(times)]
    missing = panels - len(chosen)
    if missing <= 0:
        return chosen[:panels]
    left = wanted - copies @ mixture.panels
    return chosen + _Filler(problem, solution.target * problem.people).fill(left, missing)


class _Filler:
    """Finds whole panels that add up to given counts."""

    def __init__(self, problem: Problem, target: Reals) -> None:
        self._problem = problem
        self._finder = PanelFinder(problem, face_of(problem, target, tolerance=1e-6))
        self._spare = PanelFinder(problem, bounds_of(problem))

    def fill(self, left: Reals, count: int) -> list[Reals]:
        """Panels whose sum is near `left`."""
        placed = np.zeros(len(left))
        chosen: list[Reals] = []
        for number in range(1, count + 1):
            panel = self._find(left * number / count - placed)
            chosen.append(panel)
            placed = placed + panel
        return self._improve(chosen, left - placed)

    def _find(self, missing: Reals) -> Reals:
        prices = missing / self._problem.people
        panel = self._finder.find(prices).counts
        if panel is None:
            panel = self._spare.find(prices).counts
        if panel is None:
            panel = any_panel(self._problem, bounds_of(self._problem))
        if panel is None:
            raise MethodError("search_failed", "No panel was found although one exists.")
        return panel

    def _improve(self, chosen: list[Reals], error: Reals) -> list[Reals]:
        """Exchange panels while the sum of squared differences per person falls."""
        people = self._problem.people
        for _ in range(_SWEEPS):
            exchanged = 0
            for place, panel in enumerate(chosen):
                without = error + panel
                # Taking a further member pays only where more than half a place is missing.
                other = self._find(without - 0.5)
                if ((without - other) ** 2 / people).sum() < (error**2 / people).sum() - 1e-9:
                    chosen[place], error = other, without - other
                    exchanged += 1
            if not exchanged:
                break
        return chosen


class _Seating:
    """Seats the people of each class in turn, those who sat least often first."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._times = np.zeros(len(problem.class_of), dtype=np.int64)
        self._homes = {
            class_: (household, place)
            for household in problem.households
            for place, class_ in enumerate(household.classes)
        }

    def seat(self, counts: Reals) -> tuple[int, ...]:
        """The people of one panel."""
        members: list[int] = []
        busy: dict[int, set[int]] = {}
        for class_ in np.flatnonzero(counts):
            household, place = self._homes[int(class_)]
            taken = busy.setdefault(id(household), set())
            free = [
                (min((int(self._times[p]), rank) for rank, p in enumerate(home[place])), number)
                for number, home in enumerate(household.homes)
                if number not in taken
            ]
            for (_, rank), number in sorted(free)[: int(counts[class_])]:
                person = household.homes[number][place][rank]
                taken.add(number)
                self._times[person] += 1
                members.append(person)
        return tuple(sorted(members))
