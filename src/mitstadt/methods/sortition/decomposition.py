"""Write fair shares as a mixture of panels: Wolfe's minimum-norm point with panels found on demand.

The mixture closest to the target (in the sum over people of squared deviations) is kept exactly; the deviation that is
left is the price list for the next panel. Each panel that helps enters, panels that no longer help leave. The deviation
falls geometrically and reaches zero after about as many panels as there are binding classes, without one large linear
program.

Source: P. Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11 (1976).
"""

from dataclasses import dataclass

import numpy as np

from mitstadt.methods.sortition.arrays import Flags, Reals

_NOTHING = 1e-13


class NearestMixture:
    """The mixture of the panels given so far that is nearest to a target.

    Parameters
    ----------
    target : Reals, shape (t,)
        Expected count of each class.
    people : Reals, shape (t,)
        People in each class; deviations are weighed per person.
    """

    def __init__(self, target: Reals, people: Reals) -> None:
        self._target, self._people = target, people
        self._scale = 1.0 / np.sqrt(people)
        self._capacity = 64
        self._offset = np.zeros((self._capacity, len(target)))
        self._gram = np.zeros((self._capacity, self._capacity))
        self._inverse: Reals = np.zeros((0, 0))
        self.weights = np.zeros(0)
        self._since_fresh = 0

    @property
    def panels(self) -> Reals:
        """The panels of the mixture, shape (p, t)."""
        return self._offset[: len(self.weights)] / self._scale + self._target

    @property
    def counts(self) -> Reals:
        """Expected count of each class under the mixture."""
        return self.weights @ self._offset[: len(self.weights)] / self._scale + self._target

    def add(self, panel: Reals) -> bool:
        """Take a panel in and move to the nearest mixture; False where it adds nothing new."""
        size = len(self.weights)
        if size == self._capacity:
            self._grow()
        offset = (panel - self._target) * self._scale
        row = self._offset[:size] @ offset
        own = float(offset @ offset)
        self._offset[size] = offset
        self._gram[size, :size] = row
        self._gram[:size, size] = row
        self._gram[size, size] = own
        if not self._border(row + 1.0, own + 1.0):
            return False
        self.weights = np.append(self.weights, 0.0 if size else 1.0)
        self._settle()
        return True

    def _grow(self) -> None:
        self._capacity *= 2
        offset, gram = self._offset, self._gram
        self._offset = np.zeros((self._capacity, offset.shape[1]))
        self._gram = np.zeros((self._capacity, self._capacity))
        self._offset[: len(offset)] = offset
        self._gram[: len(gram), : len(gram)] = gram

    def _border(self, row: Reals, own: float) -> bool:
        """Extend the inverse of ``gram + 1`` by one panel; False where the panel depends on the others."""
        size = len(row)
        reach = self._inverse @ row
        schur = own - float(row @ reach)
        if schur <= 1e-12 * own:
            return False
        inverse: Reals = np.empty((size + 1, size + 1))
        inverse[:size, :size] = self._inverse + np.outer(reach, reach) / schur
        inverse[size, :size] = inverse[:size, size] = -reach / schur
        inverse[size, size] = 1.0 / schur
        self._inverse = inverse
        self._since_fresh += 1
        if self._since_fresh >= 40:
            self._refresh()
        return True

    def _refresh(self) -> None:
        size = len(self._inverse)
        self._inverse = _inverse(self._gram[:size, :size] + 1.0)
        self._since_fresh = 0

    def _settle(self) -> None:
        """Go to the nearest point of the affine hull; where a weight would turn negative stop there and drop it."""
        while True:
            ideal = self._inverse.sum(axis=1)
            ideal /= ideal.sum()
            falling = ideal < _NOTHING
            if not falling.any():
                self.weights = ideal
                return
            step = self.weights[falling] / np.maximum(self.weights[falling] - ideal[falling], 1e-300)
            reach = min(1.0, float(step.min()))
            self.weights = self.weights + reach * (ideal - self.weights)
            gone = falling & (self.weights <= _NOTHING)
            if not gone.any():
                gone[np.flatnonzero(falling)[np.argmin(step)]] = True
            self._drop(gone)

    def _drop(self, gone: Flags) -> None:
        keep = np.flatnonzero(~gone)
        size = len(self.weights)
        if gone.sum() > 8:
            self._inverse = _inverse(self._gram[np.ix_(keep, keep)] + 1.0)
        else:
            for place in np.flatnonzero(gone)[::-1]:
                self._shrink(int(place))
        self._offset[: len(keep)] = self._offset[:size][keep]
        self._gram[: len(keep), : len(keep)] = self._gram[np.ix_(keep, keep)]
        self.weights = np.maximum(self.weights[keep], 0.0)
        self.weights /= self.weights.sum()

    def _shrink(self, place: int) -> None:
        column = np.delete(self._inverse[:, place], place)
        pivot = self._inverse[place, place]
        rest = np.delete(np.delete(self._inverse, place, axis=0), place, axis=1)
        self._inverse = rest - np.outer(column, column) / pivot


def _inverse(matrix: Reals) -> Reals:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


@dataclass(frozen=True)
class Mixture:
    """Panels as counts per class, shape (p, t), with weights that sum to one."""

    panels: Reals
    weights: Reals

    @property
    def counts(self) -> Reals:
        """Expected count of each class."""
        return self.weights @ self.panels
