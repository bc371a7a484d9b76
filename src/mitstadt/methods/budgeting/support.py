"""How many of the winners each group of equal ballots supports."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mitstadt.methods.budgeting.election import Election


def supported(election: Election, winners: Sequence[int], *, by_cost: bool = False) -> npt.NDArray[np.float64]:
    """Number, or cost in money units, of supported winners for every group of equal ballots.

    Parameters
    ----------
    election : Election
    winners : sequence of int
        Indices of projects.
    by_cost : bool
        Add up costs instead of counting.

    Returns
    -------
    float64 array, shape (groups,)
    """
    worth = np.zeros(len(election.projects))
    for project in winners:
        worth[project] = float(election.costs[project]) if by_cost else 1.0
    per_choice = worth[election.ballots.choices]
    if election.supporting is not None:
        per_choice = per_choice * election.supporting
    sums = np.concatenate(([0.0], np.cumsum(per_choice)))
    return sums[election.ballots.starts[1:]] - sums[election.ballots.starts[:-1]]
