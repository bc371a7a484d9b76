"""Fit an opinion map: item response, factors, principal components, or Polis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from mitstadt.methods.opinion.components import principal_components, project
from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.irt import Answers, Posterior, fit, initial, place, solve_items, widen
from mitstadt.methods.opinion.maps import OpinionMap, averaged_probability
from mitstadt.methods.opinion.polis import polis_map
from mitstadt.methods.opinion.votes import Votes
from mitstadt.methods.shared.errors import MethodError

Floats = NDArray[np.float64]
MODELS = ("irt", "factor", "pca", "polis")
DEFAULT_MODEL = "irt"
DIMENSIONS = (1, 2, 3, 4)
WORTHWHILE = 0.0  # held-out log-loss that a further axis must gain
SWEEPS, TOLERANCE = 100, 2e-3
SAMPLE_VOTES = 500_000
TRIAL_VOTES = 200_000
SAMPLE_STATEMENTS, TRIAL_STATEMENTS = 20_000, 5_000
FINAL_SWEEPS = 8


@dataclass(frozen=True)
class Options:
    """How to fit: model, number of axes (None: chosen by held-out votes), seed of that choice."""

    model: str = DEFAULT_MODEL
    dim: int | None = None
    seed: int = 0


def fit_map(
    conversation: Conversation, options: Options | None = None, previous: OpinionMap | None = None
) -> OpinionMap:
    """The opinion map of a conversation; the same votes and options give the same bytes.

    Parameters
    ----------
    conversation : Conversation
    options : Options, optional
    previous : OpinionMap, optional
        An earlier map of the same conversation, to begin from; the result then depends on it in the last digits.

    Raises
    ------
    MethodError
        ``no_votes``, ``model_unknown``, ``dimension``.
    """
    chosen = options or Options()
    if not conversation.votes.total:
        raise MethodError("no_votes", "There is not a single vote yet, so there is nothing to map.")
    if chosen.model not in MODELS:
        sentence = f"There is no model “{chosen.model}”. The models are {', '.join(MODELS)}."
        raise MethodError("model_unknown", sentence, model=chosen.model)
    if chosen.dim is not None and not 1 <= chosen.dim <= 10:
        raise MethodError("dimension", "A map has between 1 and 10 axes.", dim=chosen.dim)
    makers: dict[str, Callable[[Conversation, Options, OpinionMap | None], OpinionMap]] = {
        "irt": _irt,
        "factor": _factor,
        "pca": _pca,
        "polis": _polis,
    }
    return makers[chosen.model](conversation, chosen, previous)


def _irt(conversation: Conversation, options: Options, previous: OpinionMap | None) -> OpinionMap:
    votes = conversation.heard
    tried: dict[int, float] = {}
    if options.dim is None and previous is None:
        tried = choose_dimension(votes, options.seed)
        dim = _smallest_good(tried)
    else:
        dim = options.dim if options.dim is not None else previous.dim if previous is not None else 1
    start = None if previous is None or previous.dim != dim else posterior_of(previous, conversation)
    found, sweeps = irt_posterior(votes, dim, start)
    settings = {"dimension_log_loss": {str(k): round(v, 6) for k, v in tried.items()}, "sweeps": sweeps}
    return _as_map(conversation, found, options, settings)


def irt_posterior(votes: Votes, dim: int, start: Posterior | None = None) -> tuple[Posterior, int]:
    """Posterior of the item response model; large conversations begin with some people and statements."""
    answers = Answers.of(votes)
    if start is not None:
        return fit(answers, start, sweeps=3, tolerance=TOLERANCE)
    if answers.matrix.nnz <= 2 * SAMPLE_VOTES and votes.shape[1] <= SAMPLE_STATEMENTS:
        return fit(answers, initial(votes, dim), sweeps=SWEEPS, tolerance=TOLERANCE)
    sample, columns = _every(votes, SAMPLE_VOTES, SAMPLE_STATEMENTS)
    first, before = fit(Answers.of(sample), initial(sample, dim), sweeps=SWEEPS, tolerance=TOLERANCE)
    found, after = fit(answers, widen(first, votes.shape, columns), sweeps=FINAL_SWEEPS, tolerance=TOLERANCE)
    return found, before + after


def _every(votes: Votes, size: int, statements: int) -> tuple[Votes, NDArray[np.int64]]:
    """Every so-manieth person, so that about ``size`` votes remain, on the ``statements`` most voted on; their columns.

    Without the second limit a conversation with a million statements would cost a million small systems a sweep.
    """
    step = max(1, -(-votes.total // size))
    sample = votes.rows(np.arange(0, votes.shape[0], step))
    width = votes.shape[1]
    if width <= statements:
        return sample, np.arange(width)
    columns = np.sort(np.argsort(-sample.counts().seen, kind="stable")[:statements])
    matrix = sparse.csr_array(sample.matrix[:, columns])
    return Votes(sample.persons, sample.statements[columns], matrix, sample.first_at), columns


def choose_dimension(votes: Votes, seed: int) -> dict[int, float]:
    """Log-loss on a tenth of the votes, hidden while fitting, for each number of axes that makes sense."""
    sample, _ = _every(votes, TRIAL_VOTES, TRIAL_STATEMENTS)
    most = max(1, min(sample.shape) - 1)
    hidden, shown = held_out(sample, 0.1, seed)
    if not len(hidden.agreed):
        return {}
    return {k: _trial(hidden, shown, k) for k in DIMENSIONS if k <= most}


def _trial(hidden: HeldOut, shown: Votes, dim: int) -> float:
    found, _ = irt_posterior(shown, dim)
    return log_loss(map_of(Conversation.of(shown), found, {}).predict(hidden.rows, hidden.columns), hidden.agreed)


def _smallest_good(tried: dict[int, float]) -> int:
    """The dimension that foresees best; one where too few votes were hidden to tell."""
    if not tried:
        return 1
    best = min(tried.values())
    return min(k for k, loss in tried.items() if loss <= best + WORTHWHILE)


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Votes hidden from a model: row, column, and whether the person agreed (passes are left out)."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    agreed: Floats


def held_out(votes: Votes, share: float, seed: int) -> tuple[HeldOut, Votes]:
    """A share of all votes, drawn by seed, and the votes without them."""
    hidden = np.random.default_rng(seed).random(votes.total) < share
    rows = np.repeat(np.arange(votes.shape[0]), votes.per_person)
    asked = hidden & (votes.matrix.data != 0)
    agreed = (votes.matrix.data[asked] > 0).astype(np.float64)
    return HeldOut(rows[asked], votes.matrix.indices[asked].astype(np.int64), agreed), votes.masked(~hidden)


def log_loss(predicted: Floats, agreed: Floats) -> float:
    """Mean negative log-likelihood in nats; 0.693 is a coin toss; nan without votes."""
    if not len(agreed):
        return float("nan")
    p = np.clip(predicted, 1e-6, 1 - 1e-6)
    return float(-(agreed * np.log(p) + (1 - agreed) * np.log(1 - p)).mean())


def _factor(conversation: Conversation, options: Options, previous: OpinionMap | None) -> OpinionMap:
    dim = options.dim or max(1, min(2, min(conversation.heard.shape) - 1))
    hidden, shown = held_out(conversation.heard, 0.1, options.seed)
    slope, offset = _calibration(_gaussian(shown, dim)[0], hidden)
    found, sweeps = _gaussian(conversation.heard, dim)
    plain = _as_map(conversation, found, options, {"sweeps": sweeps, "slope": slope, "offset": offset})
    return replace(
        plain,
        intercepts=offset + slope * plain.intercepts,
        intercept_deviation=slope * plain.intercept_deviation,
        lean=slope * plain.lean,
        lean_deviation=slope * plain.lean_deviation,
        loadings=slope * plain.loadings,
        loading_covariance=slope**2 * plain.loading_covariance,
    )


def _gaussian(votes: Votes, dim: int) -> tuple[Posterior, int]:
    """Biased matrix factorisation of votes -1, 0, 1 with normal noise (the form of Community Notes)."""
    centre = float(votes.matrix.data.mean()) if votes.total else 0.0
    precision = np.float64 if votes.total <= 2_000_000 else np.float32
    data = votes.matrix.data.astype(precision) - precision(centre)
    matrix = sparse.csr_array((data, votes.matrix.indices, votes.matrix.indptr), shape=votes.shape)
    noise = max(0.5 * float(data.astype(np.float64).var()) if len(data) else 1.0, 0.05)
    start = initial(votes, dim)
    scaled = replace(start, item_mean=start.item_mean * 0.3, ease_variance=0.2, lean_variance=0.1, ease_mean=0.0)
    found, sweeps = fit(Answers(matrix, noise), scaled, sweeps=40, tolerance=1e-3)
    return replace(found, item_mean=found.item_mean + np.r_[centre, np.zeros(dim)]), sweeps


def _calibration(found: Posterior, hidden: HeldOut) -> tuple[float, float]:
    """Slope and offset that turn expected votes into log-odds, from votes the factors did not see."""
    if not len(hidden.agreed):
        return 2.0, 0.0
    x, w = found.person_mean[hidden.rows], found.item_mean[hidden.columns]
    expected = x[:, 0] + w[:, 0] + (x[:, 1:] * w[:, 1:]).sum(axis=1)
    cross = found.person_covariance[hidden.rows][:, 1:, 1:]
    spread = found.person_covariance[hidden.rows][:, 0, 0] + found.item_covariance[hidden.columns][:, 0, 0]
    spread = spread + np.einsum("nk,nkl,nl->n", w[:, 1:], cross, w[:, 1:])

    def loss(parameters: Floats) -> float:
        slope, offset = parameters
        return log_loss(averaged_probability(offset + slope * expected, slope**2 * spread), hidden.agreed)

    best = optimize.minimize(loss, np.array([2.5, 0.0]), method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-7})
    return float(best.x[0]), float(best.x[1])


def _pca(conversation: Conversation, options: Options, previous: OpinionMap | None) -> OpinionMap:
    votes = conversation.heard
    dim = options.dim or max(1, min(2, min(votes.shape)))
    components = principal_components(votes, dim)
    positions = project(votes, components, int((~conversation.silenced).sum()), 0)
    extra = {"explained": components.explained.round(9).tolist()}
    return _from_positions(conversation, positions, options, extra)


def _polis(conversation: Conversation, options: Options, previous: OpinionMap | None) -> OpinionMap:
    found = polis_map(conversation)
    extra = {"explained": found.components.explained.round(9).tolist()}
    return _from_positions(conversation, found.positions, options, extra)


def _from_positions(
    conversation: Conversation, positions: Floats, options: Options, extra: dict[str, Any]
) -> OpinionMap:
    """Statements by logistic regression on given positions; their uncertainty from each person's own votes."""
    answers = Answers.of(conversation.heard)
    persons, dim = positions.shape
    spread = np.maximum(positions.std(axis=0), 1e-9)
    start = initial(conversation.heard, dim)
    known = replace(
        start,
        person_mean=np.column_stack([np.zeros(persons), positions / spread]),
        person_covariance=np.zeros((persons, dim + 1, dim + 1)),
    )
    found = solve_items(answers, known)
    _, covariance = place(answers, replace(found, lean_variance=1e-6))
    return OpinionMap(
        conversation=conversation,
        model=options.model,
        positions=positions,
        covariance=covariance[:, 1:, 1:] * np.outer(spread, spread),
        lean=np.zeros(persons),
        lean_deviation=np.zeros(persons),
        loadings=found.item_mean[:, 1:] / spread,
        loading_covariance=found.item_covariance[:, 1:, 1:] / np.outer(spread, spread),
        intercepts=found.item_mean[:, 0],
        intercept_deviation=np.sqrt(found.item_covariance[:, 0, 0]),
        settings={
            **_settings(options, dim, extra),
            "lean_deviation": 1e-3,
            "ease_mean": found.ease_mean,
            "ease_deviation": float(np.sqrt(found.ease_variance)),
            "axis_log_odds": spread.tolist(),
        },
    )


def _settings(options: Options, dim: int, extra: dict[str, Any]) -> dict[str, Any]:
    return {"model": options.model, "dim": dim, "seed": options.seed, **extra}


def _as_map(conversation: Conversation, found: Posterior, options: Options, extra: dict[str, Any]) -> OpinionMap:
    oriented = map_of(conversation, found, _settings(options, found.dim, extra))
    return replace(oriented, model=options.model)


def map_of(conversation: Conversation, found: Posterior, settings: dict[str, Any]) -> OpinionMap:
    """Axes by weight, the weightiest first, in units of log-odds: a typical statement has a loading of size one."""
    turn, back = _principal_axes(found, conversation)
    person, item = found.person_covariance[:, 1:, 1:], found.item_covariance[:, 1:, 1:]
    return OpinionMap(
        conversation=conversation,
        model="irt",
        positions=found.person_mean[:, 1:] @ turn.T,
        covariance=turn @ person @ turn.T,
        lean=found.person_mean[:, 0],
        lean_deviation=np.sqrt(np.maximum(found.person_covariance[:, 0, 0], 0.0)),
        loadings=found.item_mean[:, 1:] @ back,
        loading_covariance=back.T @ item @ back,
        intercepts=found.item_mean[:, 0],
        intercept_deviation=np.sqrt(np.maximum(found.item_covariance[:, 0, 0], 0.0)),
        settings={
            **settings,
            "lean_deviation": float(np.sqrt(found.lean_variance)),
            "ease_mean": found.ease_mean,
            "ease_deviation": float(np.sqrt(found.ease_variance)),
            "axis_log_odds": np.sqrt((turn**2).sum(axis=1)).tolist(),
        },
    )


def _principal_axes(found: Posterior, conversation: Conversation) -> tuple[Floats, Floats]:
    """``turn`` for positions and its inverse ``back`` for loadings; signs fixed by the largest loading."""
    voted = np.zeros(len(found.item_mean), bool)
    voted[conversation.heard.matrix.indices] = True
    loadings = found.item_mean[voted, 1:]
    if not len(loadings):
        return np.eye(found.dim), np.eye(found.dim)
    scatter = loadings.T @ loadings / len(loadings)
    weights, axes = np.linalg.eigh(scatter)
    weights, axes = np.maximum(weights[::-1], 1e-12), axes[:, ::-1]
    turned = loadings @ axes
    largest = turned[np.argmax(np.abs(turned) > np.abs(turned).max(axis=0) * (1 - 1e-6), axis=0), np.arange(found.dim)]
    axes = axes * np.where(largest < 0, -1.0, 1.0)
    root = np.sqrt(weights)
    return (axes * root).T, axes / root


def posterior_of(found: OpinionMap, conversation: Conversation) -> Posterior:
    """An earlier map as a start for now: people and statements that are new begin from the prior."""
    dim = found.dim
    scale = np.maximum(np.array(found.settings.get("axis_log_odds", [1.0] * dim)), 1e-6)
    persons, width = conversation.votes.shape
    lean, ease = float(found.settings["lean_deviation"]) ** 2, float(found.settings["ease_deviation"]) ** 2
    person_mean, item_mean = np.zeros((persons, dim + 1)), np.zeros((width, dim + 1))
    person_cov = np.tile(np.diag([lean, *[1.0] * dim]), (persons, 1, 1))
    item_cov = np.tile(np.diag([ease, *[1.0] * dim]), (width, 1, 1))
    old = found.conversation.votes
    rows, old_rows = _common(conversation.votes.persons, old.persons)
    columns, old_columns = _common(conversation.votes.statements, old.statements)
    person_mean[rows] = np.column_stack([found.lean, found.positions / scale])[old_rows]
    item_mean[:, 0] = found.settings["ease_mean"]
    item_mean[columns] = np.column_stack([found.intercepts, found.loadings * scale])[old_columns]
    person_cov[rows, 0, 0] = found.lean_deviation[old_rows] ** 2
    person_cov[rows, 1:, 1:] = found.covariance[old_rows] / np.outer(scale, scale)
    item_cov[columns, 0, 0] = found.intercept_deviation[old_columns] ** 2
    item_cov[columns, 1:, 1:] = found.loading_covariance[old_columns] * np.outer(scale, scale)
    return Posterior(person_mean, person_cov, item_mean, item_cov, lean, ease, float(found.settings["ease_mean"]))


def _common(now: NDArray[Any], old: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if now is old:
        return np.arange(len(now)), np.arange(len(now))
    place = {one: number for number, one in enumerate(old.tolist())}
    pairs = [(number, place[one]) for number, one in enumerate(now.tolist()) if one in place]
    return np.array([a for a, _ in pairs], np.int64), np.array([b for _, b in pairs], np.int64)
