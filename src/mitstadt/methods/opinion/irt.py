"""Item response with a person intercept: agreement explained by position, by statement, and by mere tendency to agree.

logit P(agree) = b_j + a_i + x_i · w_j with normal priors. A pass is no answer to "agree or disagree" and shapes no
position. The posterior is found by variational expectation-maximisation with the bound of Jaakkola and Jordan (2000),
the same expectations as Pólya-Gamma augmentation (Polson, Scott, Windle 2013), so that every person and every statement
gets a normal posterior with its own covariance in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mitstadt.methods.opinion.cells import row_blocks
from mitstadt.methods.opinion.components import principal_components
from mitstadt.methods.opinion.moments import MomentTable
from mitstadt.methods.opinion.votes import Votes

Floats = NDArray[np.float64]
LOADING_VARIANCE = 1.0
VOTES_PER_BLOCK = 500_000
DENSE_SHARE = 0.02  # from here on a dense product over a block of rows is cheaper than gathering cell by cell
DOUBLE_PRECISION_VOTES = 2_000_000
SMALLEST_VARIANCE = 1e-3


@dataclass(frozen=True, eq=False)
class Posterior:
    """Normal posteriors of an item response model of dimension d.

    Attributes
    ----------
    person_mean, person_covariance : ndarray, shape (P, 1+d) and (P, 1+d, 1+d)
        Of (a_i, x_i).
    item_mean, item_covariance : ndarray, shape (S, 1+d) and (S, 1+d, 1+d)
        Of (b_j, w_j).
    lean_variance, ease_variance, ease_mean : float
        Priors of a and b, learned from the votes.
    """

    person_mean: Floats
    person_covariance: Floats
    item_mean: Floats
    item_covariance: Floats
    lean_variance: float
    ease_variance: float
    ease_mean: float

    @property
    def dim(self) -> int:
        """Number of axes."""
        return int(self.item_mean.shape[1]) - 1


@dataclass(frozen=True, eq=False)
class Answers:
    """What a model explains: a sparse matrix of shape (P, S) and how its entries scatter.

    Attributes
    ----------
    matrix : csr_array
        Logistic model: +1/2 where a person agrees, -1/2 where not. Normal model: votes less their overall mean.
    noise : float or None
        Variance of the normal model; None for the logistic model.
    """

    matrix: sparse.csr_array
    noise: float | None = None

    @classmethod
    def of(cls, votes: Votes) -> Answers:
        """All votes but passes."""
        matrix = votes.masked(votes.matrix.data != 0).matrix
        precision = np.float64 if matrix.nnz <= DOUBLE_PRECISION_VOTES else np.float32
        halves = matrix.data.astype(precision) * precision(0.5)
        return cls(sparse.csr_array((halves, matrix.indices, matrix.indptr), shape=matrix.shape))

    def rows(self, chosen: NDArray[Any]) -> Answers:
        """Only some people."""
        return replace(self, matrix=sparse.csr_array(self.matrix[chosen]))


def fit(answers: Answers, start: Posterior, *, sweeps: int, tolerance: float) -> tuple[Posterior, int]:
    """Improve a posterior until loadings and intercepts move by less than ``tolerance``; also the sweeps it took."""
    found, done = start, 0
    while done < sweeps:
        after = sweep(answers, found)
        done += 1
        moved = float(np.sqrt(np.mean((after.item_mean - found.item_mean) ** 2))) if after.item_mean.size else 0.0
        found = after
        if moved < tolerance:
            break
    return found, done


def initial(votes: Votes, dim: int) -> Posterior:
    """Where to begin: principal components for positions, agreement rates for statements."""
    counts = votes.counts()
    agree, disagree = counts.agree.astype(np.float64), counts.disagree.astype(np.float64)
    ease = np.log((agree + 1.0) / (disagree + 1.0))
    components = principal_components(votes, dim)
    spread = np.maximum(np.abs(components.directions).max(axis=1, initial=0.0), 1e-9)
    loadings = (components.directions / spread[:, None]).T * 1.5
    persons, width = votes.shape
    size = dim + 1
    person = np.tile(np.eye(size) * 0.5, (persons, 1, 1))
    item = np.tile(np.eye(size) * 0.1, (width, 1, 1))
    return Posterior(
        np.zeros((persons, size)), person, np.column_stack([ease, loadings]), item, 0.5, 2.0, float(ease.mean())
    )


def widen(items: Posterior, shape: tuple[int, int], columns: NDArray[np.int64] | None = None) -> Posterior:
    """The same statements with people of whom nothing is known yet.

    Parameters
    ----------
    items : Posterior
    shape : tuple of int
        People and statements.
    columns : ndarray of int, optional
        Where the known statements stand among all; nothing is known of the others. By default all are known.
    """
    (persons, width), size = shape, items.dim + 1
    lean = np.diag([items.lean_variance, *[1.0] * items.dim])
    people = replace(items, person_mean=np.zeros((persons, size)), person_covariance=np.tile(lean, (persons, 1, 1)))
    if columns is None or len(columns) == width:
        return people
    ease = np.diag([items.ease_variance, *[LOADING_VARIANCE] * items.dim])
    mean, covariance = np.zeros((width, size)), np.tile(ease, (width, 1, 1))
    mean[:, 0] = items.ease_mean
    mean[columns], covariance[columns] = items.item_mean, items.item_covariance
    return replace(people, item_mean=mean, item_covariance=covariance)


def sweep(answers: Answers, now: Posterior) -> Posterior:
    """One round: all people given the statements, then all statements given the people."""
    table = MomentTable.of(now.item_mean, now.item_covariance, answers.matrix.dtype)
    persons = answers.matrix.shape[0]
    mean, covariance = np.empty_like(now.person_mean), np.empty_like(now.person_covariance)
    size = now.dim + 1
    precision = np.zeros((answers.matrix.shape[1], size, size))
    linear = np.zeros((answers.matrix.shape[1], size))
    prior = np.diag([1.0 / now.lean_variance, *[1.0] * now.dim])
    for start, stop in row_blocks(answers.matrix.indptr, VOTES_PER_BLOCK) if persons else []:
        rows = slice(start, stop)
        block = _block(answers, start, stop)
        weights = _weights(answers, block, (now.person_mean[rows], now.person_covariance[rows]), table)
        mean[rows], covariance[rows] = table.solve(weights, block, prior)
        people = MomentTable.of(mean[rows], covariance[rows], block.dtype)
        part, lean = people.sums(weights.T, block.T)
        precision += part
        linear += lean
    return _with_items(now, mean, covariance, (precision, linear), answers)


def place(answers: Answers, items: Posterior, *, rounds: int = 8) -> tuple[Floats, Floats]:
    """Posterior of people given fixed statements: mean, shape (P, 1+d), and covariance, shape (P, 1+d, 1+d)."""
    table = MomentTable.of(items.item_mean, items.item_covariance, answers.matrix.dtype)
    people = widen(items, answers.matrix.shape)
    mean, covariance = people.person_mean, people.person_covariance
    prior = np.diag([1.0 / items.lean_variance, *[1.0] * items.dim])
    for start, stop in row_blocks(answers.matrix.indptr, VOTES_PER_BLOCK):
        rows, block = slice(start, stop), _block(answers, start, stop)
        for _ in range(rounds):
            weights = _weights(answers, block, (mean[rows], covariance[rows]), table)
            mean[rows], covariance[rows] = table.solve(weights, block, prior)
    return mean, covariance


def solve_items(answers: Answers, now: Posterior, *, rounds: int = 15) -> Posterior:
    """The statements given fixed people; with people known for certain this is a logistic regression for each."""
    for _ in range(rounds):
        table = MomentTable.of(now.item_mean, now.item_covariance, answers.matrix.dtype)
        precision, linear = np.zeros((len(now.item_mean), now.dim + 1, now.dim + 1)), np.zeros_like(now.item_mean)
        for start, stop in row_blocks(answers.matrix.indptr, VOTES_PER_BLOCK):
            rows, block = slice(start, stop), _block(answers, start, stop)
            weights = _weights(answers, block, (now.person_mean[rows], now.person_covariance[rows]), table)
            people = MomentTable.of(now.person_mean[rows], now.person_covariance[rows], block.dtype)
            part, lean = people.sums(weights.T, block.T)
            precision, linear = precision + part, linear + lean
        now = _solved(now, precision, linear, answers)
    return now


def _block(answers: Answers, start: int, stop: int) -> sparse.csr_array:
    """Some rows, divided by the noise where there is one."""
    matrix = answers.matrix
    ends = matrix.indptr[start : stop + 1]
    stored = slice(ends[0], ends[-1])
    data = matrix.data[stored] if answers.noise is None else matrix.data[stored] / matrix.dtype.type(answers.noise)
    return sparse.csr_array((data, matrix.indices[stored], ends - ends[0]), shape=(stop - start, matrix.shape[1]))


def _weights(
    answers: Answers, block: sparse.csr_array, people: tuple[Floats, Floats], table: MomentTable
) -> sparse.csr_array:
    """Precision of each vote: 1/noise, or the mean of its Pólya-Gamma variable, tanh(ξ/2)/2ξ at ξ² = E[η²]."""
    kind = block.dtype.type
    if answers.noise is not None:
        weights = np.full(block.nnz, kind(1.0 / answers.noise))
    else:
        squares = _at_votes(block, MomentTable.pairs(*people, block.dtype), table.paired)
        root = np.sqrt(np.maximum(squares, kind(1e-8)))
        weights = np.tanh(root * kind(0.5))
        weights /= root
        weights *= kind(0.5)
    return sparse.csr_array((weights, block.indices, block.indptr), shape=block.shape)


def _at_votes(block: sparse.csr_array, left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """(left @ right.T) at the stored cells only."""
    rows, width = block.shape
    lengths = np.diff(block.indptr)
    if block.nnz < DENSE_SHARE * rows * width:
        result = np.zeros(block.nnz, block.dtype)
        for one, other in zip(left.T, right.T, strict=True):
            result += np.repeat(one, lengths) * other[block.indices]
        return result
    result = np.empty(block.nnz, block.dtype)
    step = max(1, 2_000_000 // max(width, 1))
    for start in range(0, rows, step):
        stop = min(start + step, rows)
        stored = slice(block.indptr[start], block.indptr[stop])
        cells = np.repeat(np.arange(stop - start) * width, lengths[start:stop])
        cells += block.indices[stored]
        result[stored] = (left[start:stop] @ right.T).ravel()[cells]
    return result


def _with_items(
    now: Posterior, mean: Floats, covariance: Floats, sums: tuple[Floats, Floats], answers: Answers
) -> Posterior:
    """Whiten positions (parameter expansion, which speeds convergence), then solve all statements and learn priors."""
    active = np.diff(answers.matrix.indptr) > 0
    turn = _whitening(mean[active], covariance[active])
    mean, covariance = mean @ turn.T, turn @ covariance @ turn.T
    precision, linear = turn @ sums[0] @ turn.T, sums[1] @ turn.T
    solved = _solved(now, precision, linear, answers)
    lean_variance = _mean_or(mean[active, 0] ** 2 + covariance[active, 0, 0], now.lean_variance)
    return replace(solved, person_mean=mean, person_covariance=covariance, lean_variance=lean_variance)


def _solved(now: Posterior, precision: Floats, linear: Floats, answers: Answers) -> Posterior:
    """All statements from their sums, and what their easiness is like in general."""
    prior = np.diag([1.0 / now.ease_variance, *[1.0 / LOADING_VARIANCE] * now.dim])
    offset = np.r_[now.ease_mean / now.ease_variance, np.zeros(now.dim)]
    covariance: Floats = np.asarray(np.linalg.inv(precision + prior), np.float64)
    mean = np.einsum("nkl,nl->nk", covariance, linear + offset)
    voted = np.zeros(len(mean), bool)
    voted[answers.matrix.indices] = True
    middle = float(mean[voted, 0].mean()) if voted.any() else 0.0
    spread = _mean_or((mean[voted, 0] - middle) ** 2 + covariance[voted, 0, 0], now.ease_variance)
    return replace(now, item_mean=mean, item_covariance=covariance, ease_mean=middle, ease_variance=spread)


def _mean_or(values: Floats, otherwise: float) -> float:
    return max(float(values.mean()), SMALLEST_VARIANCE) if len(values) else otherwise


def _whitening(mean: Floats, covariance: Floats) -> Floats:
    """The change of axes after which positions have second moment one; lean stays."""
    size = mean.shape[1]
    turn = np.eye(size)
    if size > 1 and len(mean):
        moment = mean[:, 1:].T @ mean[:, 1:] / len(mean) + covariance[:, 1:, 1:].mean(axis=0)
        turn[1:, 1:] = np.linalg.inv(np.linalg.cholesky(moment + 1e-9 * np.eye(size - 1)))
    return turn
