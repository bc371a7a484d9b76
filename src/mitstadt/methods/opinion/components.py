"""Principal components of incomplete votes, without ever writing down the cells nobody filled.

Missing cells count as the statement's mean. After centring they are exactly zero, so the components are the right
singular vectors of a sparse matrix with one entry a vote: its deviation from the statement's mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from mitstadt.methods.opinion.cells import row_blocks
from mitstadt.methods.opinion.statistics import Statistics, means_of
from mitstadt.methods.opinion.votes import Votes

GRAM_WORK = 2e9  # multiplications up to which the co-occurrence matrix is the faster way
GRAM_STATEMENTS = 1500
DOUBLE_PRECISION_VOTES = 3_000_000
BLOCK = 3
SAMPLE_FROM = 5_000  # people
MOST_STEPS = 60
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Components:
    """Directions in which votes differ most.

    Attributes
    ----------
    centre : ndarray of float64, shape (S,)
        Mean vote of each statement, 0 without votes.
    directions : ndarray of float64, shape (d, S)
        Orthonormal; the entry of largest size in each is positive.
    singular_values : ndarray of float64, shape (d,)
    total : float
        Sum of all squared deviations, so that ``singular_values**2 / total`` is the share explained.
    """

    centre: Floats
    directions: Floats
    singular_values: Floats
    total: float

    @property
    def explained(self) -> Floats:
        """Share of all squared deviations along each direction."""
        return (
            np.asarray(self.singular_values**2 / self.total) if self.total > 0 else np.zeros_like(self.singular_values)
        )


def principal_components(votes: Votes, dim: int, statistics: Statistics | None = None) -> Components:
    """The leading components, the same for the same votes whatever their order.

    Parameters
    ----------
    votes : Votes
    dim : int
        How many; directions beyond the rank are zero.
    statistics : Statistics, optional
        Where they are at hand (a running conversation), the components come from them.
    """
    people, width = votes.shape
    small = width <= GRAM_STATEMENTS and float(people) * width * width <= GRAM_WORK
    if statistics is not None or small:
        return components_of(statistics if statistics is not None else Statistics.of(votes), dim)
    counts = votes.counts()
    centre = means_of(counts.agree - counts.disagree, counts.seen)
    deviations = deviations_of(votes, centre)
    total = float((counts.agree + counts.disagree).sum() - (counts.seen * centre**2).sum())
    precise = deviations.dtype == np.float64
    values, vectors = _right_vectors(deviations, _start(deviations, dim), dim, 1e-13 if precise else 1e-5)
    vectors[counts.seen == 0] = 0.0
    return Components(centre, *_oriented(values, vectors, dim), total)


def components_of(statistics: Statistics, dim: int) -> Components:
    """The leading components from the integer statistics alone."""
    scatter = statistics.covariance()
    width = len(scatter)
    if width <= GRAM_STATEMENTS:
        wanted = min(dim, width)
        values, vectors = (
            linalg.eigh(scatter, subset_by_index=(width - wanted, width - 1)) if wanted else _nothing(width)
        )
        values, vectors = values[::-1], vectors[:, ::-1].copy()
    else:
        start = _random_block(width)
        values, vectors = _lanczos(lambda block: scatter @ block, start, dim, 1e-13)
    vectors[np.diagonal(statistics.seen_seen) == 0] = 0.0
    return Components(statistics.means(), *_oriented(values, vectors, dim), float(np.trace(scatter)))


def deviations_of(votes: Votes, centre: Floats) -> sparse.csr_array:
    """Votes minus the mean of their statement, on the stored cells only; single precision beyond three million."""
    precision = np.float64 if votes.total <= DOUBLE_PRECISION_VOTES else np.float32
    data = -centre.astype(precision)[votes.matrix.indices]
    data += votes.matrix.data
    return sparse.csr_array((data, votes.matrix.indices, votes.matrix.indptr), shape=votes.shape)


def _normal_product(deviations: sparse.csr_array) -> Callable[[NDArray[Any]], Floats]:
    turned = deviations.T

    def product(block: NDArray[Any]) -> Floats:
        narrow = block.astype(deviations.dtype)
        return np.stack([turned @ (deviations @ column) for column in narrow.T], axis=1).astype(np.float64)

    return product


def _start(deviations: sparse.csr_array, dim: int) -> Floats:
    """A starting block from every twentieth person: near the answer, so that few passes over all votes suffice."""
    width = deviations.shape[1]
    block = _random_block(min(deviations.shape))
    if deviations.shape[0] < max(SAMPLE_FROM, width):
        return block
    sample = sparse.csr_array(deviations[::20])
    _, vectors = _lanczos(_normal_product(sample), block, dim, 1e-3)
    return _orthonormal(vectors)


def leading_directions(matrix: sparse.csr_array, dim: int) -> Floats:
    """Right singular vectors of a sparse matrix as it is, shape (S, up to dim)."""
    return _right_vectors(matrix, _random_block(min(matrix.shape)), dim, 1e-4)[1]


def _right_vectors(matrix: sparse.csr_array, start: Floats, dim: int, tolerance: float) -> tuple[Floats, Floats]:
    """Largest eigenvalues and eigenvectors of MᵀM, found on the shorter side of M, so that memory stays bounded.

    Parameters
    ----------
    matrix : csr_array, shape (P, S)
    start : ndarray, shape (min(P, S), any)
        Orthonormal columns to begin from.
    """
    people, width = matrix.shape
    if width <= people:
        return _lanczos(_normal_product(matrix), start, dim, tolerance)
    values, left = _lanczos(_normal_product(matrix.T), start, dim, tolerance)
    vectors = np.asarray(matrix.T @ left.astype(matrix.dtype), np.float64)
    return values, vectors / np.maximum(np.sqrt(values), np.finfo(float).tiny)


def _random_block(width: int) -> Floats:
    return _orthonormal(np.random.default_rng(0).standard_normal((width, BLOCK)))


def _lanczos(
    product: Callable[[NDArray[Any]], Floats], start: Floats, dim: int, tolerance: float
) -> tuple[Floats, Floats]:
    """Block Lanczos with full orthogonalisation: leading eigenpairs of a symmetric product, largest first."""
    width = len(start)
    basis, images = np.zeros((width, 0)), np.zeros((width, 0))
    block = start
    values, vectors = np.zeros(0), np.zeros((width, 0))
    for _ in range(MOST_STEPS):
        if not block.shape[1]:
            break
        image = product(block)
        basis, images = np.hstack([basis, block]), np.hstack([images, image])
        small = basis.T @ images
        weights, turns = np.linalg.eigh((small + small.T) / 2)
        turns = turns[:, ::-1][:, :dim]
        values, vectors = weights[::-1][:dim], basis @ turns
        residual = np.linalg.norm(images @ turns - vectors * values, axis=0)
        if len(values) == dim and residual.max(initial=0.0) <= tolerance * max(values[0], np.finfo(float).tiny):
            break
        block = _orthonormal(image - basis @ (basis.T @ image), basis)
    return np.maximum(values, 0.0), vectors


def _orthonormal(block: Floats, against: Floats | None = None) -> Floats:
    """Columns made orthonormal, and orthogonal to a basis; columns that vanish are dropped."""
    size = np.linalg.norm(block, axis=0).max(initial=0.0)
    for _ in range(2):
        if against is not None:
            block = block - against @ (against.T @ block)
        block, triangle = np.linalg.qr(block)
        kept = np.abs(np.diagonal(triangle)) > 1e-12 * max(size, np.finfo(float).tiny)
        block, size = block[:, kept], 1.0
    return np.asarray(block)


def _oriented(values: Floats, vectors: Floats, dim: int) -> tuple[Floats, Floats]:
    """Directions as rows with a fixed sign, and singular values; zero beyond the rank."""
    found = values > max(float(values.max(initial=0.0)), 0.0) * 1e-12
    directions, singular = np.zeros((dim, len(vectors))), np.zeros(dim)
    for place, number in enumerate(np.flatnonzero(found)[:dim]):
        vector = vectors[:, number]
        largest = int(np.argmax(np.abs(vector) > np.abs(vector).max() * (1 - 1e-9)))
        directions[place] = vector * np.sign(vector[largest])
        singular[place] = np.sqrt(values[number])
    return directions, singular


def _nothing(width: int) -> tuple[Floats, Floats]:
    return np.zeros(0), np.zeros((width, 0))


def project(votes: Votes, components: Components, columns: int, always_seen: int) -> Floats:
    """Positions in Polis' scaling, which undoes the pull of unseen statements towards the centre.

    Parameters
    ----------
    votes : Votes
    components : Components
    columns : int
        Statements that Polis counts.
    always_seen : int
        Columns that count as a vote of everybody (Polis: those moderated away).

    Returns
    -------
    ndarray of float64, shape (P, d)
    """
    directions = np.ascontiguousarray(components.directions.T)
    raw = np.empty((votes.shape[0], directions.shape[1]))
    offset = components.centre[:, None] * directions
    for start, stop in row_blocks(votes.matrix.indptr, 4_000_000):
        raw[start:stop] = _block_projection(votes.matrix, slice(start, stop), directions, offset)
    seen = np.maximum(votes.per_person + always_seen, 1)
    return np.asarray(raw * np.sqrt(columns / seen)[:, None])


def _block_projection(matrix: sparse.csr_array, rows: slice, directions: Floats, offset: Floats) -> Floats:
    ends = matrix.indptr[rows.start : rows.stop + 1]
    stored = slice(ends[0], ends[-1])
    shape = (rows.stop - rows.start, matrix.shape[1])
    columns, starts = matrix.indices[stored], ends - ends[0]
    votes = sparse.csr_array((matrix.data[stored].astype(np.float64), columns, starts), shape=shape)
    seen = sparse.csr_array((np.ones(len(columns)), columns, starts), shape=shape)
    return np.asarray(votes @ directions - seen @ offset)
