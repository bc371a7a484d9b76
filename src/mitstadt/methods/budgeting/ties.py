"""Which of two equal projects goes first: said before the count, kept with the result."""

from collections.abc import Callable
from dataclasses import dataclass

from mitstadt.methods.budgeting.election import Election
from mitstadt.methods.shared.errors import MethodError
from mitstadt.methods.shared.hashing import sha256_hex

Key = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class TieBreaking:
    """An order of all projects that decides wherever the rule itself cannot.

    Attributes
    ----------
    steps : tuple of str
        Asked one after the other: ``votes`` (more first), ``cost`` (less first), ``file`` (listed first),
        ``lot=SEED`` (least SHA-256 of seed and id; publish the seed before the vote ends), ``id`` (first in the order
        of characters). ``id`` is always asked last, so the order is complete.

    Examples
    --------
    >>> TieBreaking.parse("votes,cost").text
    'votes,cost,id'
    """

    steps: tuple[str, ...] = ("id",)

    @staticmethod
    def parse(text: str) -> "TieBreaking":
        """The order that a comma list names.

        Raises
        ------
        MethodError
            ``tie_breaking_unknown``.
        """
        steps = [step.strip() for step in text.split(",") if step.strip()]
        for step in steps:
            if step not in {"id", "votes", "cost", "file"} and not (step.startswith("lot=") and len(step) > 4):
                sentence = f"Ties can be broken by id, votes, cost, file or lot=SEED, not by “{step}”."
                raise MethodError("tie_breaking_unknown", sentence, step=step)
        if "id" in steps:
            steps = steps[: steps.index("id")]
        return TieBreaking((*steps, "id"))

    @property
    def text(self) -> str:
        """The comma list that `parse` reads back."""
        return ",".join(self.steps)

    def order(self, election: Election) -> tuple[int, ...]:
        """Indices of all projects, the one that wins every tie first."""
        keys = [_key(step, election) for step in self.steps]
        return tuple(sorted(range(len(election.projects)), key=lambda p: tuple(key(p) for key in keys)))


def _key(step: str, election: Election) -> Key:
    if step == "votes":
        return lambda p: -int(election.votes[p])
    if step == "cost":
        return lambda p: election.costs[p]
    if step == "file":
        return lambda p: p
    if step.startswith("lot="):
        seed = step.removeprefix("lot=").encode()
        return lambda p: sha256_hex(seed, b"|", election.projects[p].id.encode())
    return lambda p: election.projects[p].id
