"""Names of completions and what they mean: equal shares alone often leaves money, and this says what happens to it."""

import re
from dataclasses import dataclass

from mitstadt.methods.shared.errors import MethodError

NAMES = (
    "none", "utilitarian",
    "add1", "add1e", "add1u", "add1eu",
    "add1-integral", "add1e-integral", "add1u-integral", "add1eu-integral",
    "exhaustion",
)  # fmt: skip
PATTERN = re.compile(r"(?P<ladder>add1)(?P<exhaustive>e?)(?P<utilitarian>u?)(?P<integral>-integral)?")
COMPARISON = "-comparison"


@dataclass(frozen=True, slots=True)
class Completion:
    """What follows the plain count.

    Attributes
    ----------
    name : str
        As written.
    ladder : str
        ``""`` for a single count, ``"voter"`` to add money per voter, ``"budget"`` to raise the whole budget.
    integral : bool
        Start at the whole part of budget/voters.
    stop_when_exhausted : bool
        End at the first outcome to which nothing can be added.
    utilitarian : bool
        Fill what is left by votes.
    comparison : bool
        Let the ballots choose between this outcome and the greedy one.
    """

    name: str
    ladder: str
    integral: bool
    stop_when_exhausted: bool
    utilitarian: bool
    comparison: bool

    @staticmethod
    def parse(name: str) -> "Completion":
        """The completion of this name.

        Raises
        ------
        MethodError
            ``completion_unknown``.

        Examples
        --------
        >>> Completion.parse("add1u-integral").utilitarian
        True
        """
        base = name.removesuffix(COMPARISON) or "none"
        comparison = base != name
        if base in {"none", "utilitarian", "comparison"}:
            comparison = comparison or base == "comparison"
            return Completion(name, "", False, False, base == "utilitarian", comparison)
        if base == "exhaustion":
            return Completion(name, "budget", False, True, False, comparison)
        found = PATTERN.fullmatch(base)
        if not found:
            known = ", ".join(NAMES)
            sentence = f"There is no completion “{name}”. Known are {known}; each also with “-comparison” at the end."
            raise MethodError("completion_unknown", sentence, completion=name)
        return Completion(
            name=name,
            ladder="voter",
            integral=bool(found["integral"]),
            stop_when_exhausted=bool(found["exhaustive"]),
            utilitarian=bool(found["utilitarian"]),
            comparison=comparison,
        )
