"""Does a map know anything? Votes hidden from it, predicted: all models and the baselines side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from mitstadt.methods.opinion.conversation import Conversation
from mitstadt.methods.opinion.models import HeldOut, Options, fit_map, held_out, irt_posterior, log_loss, map_of
from mitstadt.methods.opinion.polis import polis_map
from mitstadt.methods.shared.errors import MethodError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """How well one predictor foresaw the hidden votes.

    Attributes
    ----------
    name : str
    kind : str
        "baseline", "model", or "default".
    log_loss : float
        Nats a vote; smaller is better.
    auc : float
        Chance that an agreement gets a higher probability than a disagreement.
    votes : int
        Hidden agreements and disagreements.
    """

    name: str
    kind: str
    log_loss: float
    auc: float
    votes: int


def score(conversation: Conversation, share: float = 0.1, seed: int = 0) -> list[Score]:
    """Held-out log-loss and AUC of every model and baseline on the same hidden votes.

    Parameters
    ----------
    conversation : Conversation
        Rejected and meta statements are left out.
    share : float
        Of the votes, hidden; strictly between 0 and 1.
    seed : int

    Raises
    ------
    MethodError
        ``share`` outside its range; ``nothing_hidden`` when no agreement or disagreement was drawn.
    """
    if not 0.0 < share < 1.0:
        raise MethodError("share", "The share of hidden votes must lie between 0 and 1.", share=share)
    hidden, shown = held_out(conversation.heard, share, seed)
    if not len(hidden.agreed) or not shown.total:
        raise MethodError("nothing_hidden", "Too few votes: none of those drawn to be hidden agrees or disagrees.")
    silent = np.zeros(shown.shape[1], bool)
    training = replace(conversation, votes=shown, rejected=silent, meta=silent, published=np.full(shown.shape[0], -1))
    predictions = {**_baselines(training, hidden), **_models(training, hidden, seed)}
    return [
        Score(name, kind, log_loss(p, hidden.agreed), auc(p, hidden.agreed), len(hidden.agreed))
        for (kind, name), p in predictions.items()
    ]


def _baselines(training: Conversation, hidden: HeldOut) -> dict[tuple[str, str], Floats]:
    polis = polis_map(training)
    rasch, _ = irt_posterior(training.heard, 0)
    return {
        ("baseline", "statement agree rate"): _rates(training, np.zeros(len(polis.labels), np.int64), hidden),
        ("baseline", "person + statement intercept"): map_of(training, rasch, {}).predict(hidden.rows, hidden.columns),
        ("baseline", "polis groups"): _rates(training, polis.labels, hidden),
        ("baseline", "polis map"): _predicted(training, hidden, Options("polis")),
    }


def _models(training: Conversation, hidden: HeldOut, seed: int) -> dict[tuple[str, str], Floats]:
    most = max(1, min(training.votes.shape) - 1)
    found = {("model", "pca 2"): _predicted(training, hidden, Options("pca", min(2, most), seed))}
    for model, dims in (("factor", (1, 2)), ("irt", (1, 2, 3, 4))):
        for dim in dims:
            if dim <= most:
                found["model", f"{model} {dim}"] = _predicted(training, hidden, Options(model, dim, seed))
    found["default", "irt"] = _predicted(training, hidden, Options(seed=seed))
    return found


def _predicted(training: Conversation, hidden: HeldOut, options: Options) -> Floats:
    return fit_map(training, options).predict(hidden.rows, hidden.columns)


def _rates(training: Conversation, labels: NDArray[np.int64], hidden: HeldOut) -> Floats:
    """Share of agreement in the person's group; of everybody for people without a group."""
    groups = int(labels.max(initial=-1)) + 1
    every = training.votes.counts()
    inside = training.votes.counts(labels)
    agree = np.vstack([inside.agree, every.agree[None]]) + 1.0
    total = agree + np.vstack([inside.disagree, every.disagree[None]]) + 1.0
    group = np.where(labels < 0, groups, labels)[hidden.rows]
    return np.asarray((agree / total)[group, hidden.columns])


def auc(predicted: Floats, agreed: Floats) -> float:
    """Area under the curve by ranks; nan when all hidden votes are alike."""
    positive = float(agreed.sum())
    negative = len(agreed) - positive
    if not positive or not negative:
        return float("nan")
    ranks = float(rankdata(predicted)[agreed > 0].sum())
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)
