"""What a ``.pb`` file says about voters beyond their vote: district, age and the like."""

import re
from collections.abc import Sequence

import numpy as np

from mitstadt.methods.budgeting.election import IndexArray, Trait

TRAIT_COLUMNS = ("district", "neighborhood", "subunit", "voting_method", "sex", "age")
YOUNGEST_TO_OLDEST = (0, 18, 25, 35, 50, 65, 80)
BAND = re.compile(r"[0-9]{1,3} ?(?:\+|[-–] ?[0-9]{1,3})")


class Codes(dict[str, int]):
    """Numbers texts in the order in which they first occur."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code


class TraitReader:
    """Collects one column, a block of rows at a time.

    Parameters
    ----------
    name : str
        One of ``TRAIT_COLUMNS``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes = Codes()
        self.values: list[IndexArray] = []

    def take(self, cells: Sequence[str]) -> None:
        """Add some rows."""
        self.values.append(np.fromiter(map(self.codes.__getitem__, cells), np.int32, len(cells)))

    def trait(self) -> Trait:
        """What was read; ages become groups of ages."""
        labels = [text.strip() for text in self.codes]
        if self.name == "age":
            labels = [_age_band(text) for text in labels]
        merged = Codes()
        translation = np.array([merged[label] for label in labels], dtype=np.int32)
        values = np.concatenate([np.zeros(0, dtype=np.int32), *self.values])
        return Trait(labels=tuple(merged), code_of=translation[values])


def _age_band(text: str) -> str:
    if not text.isdigit() or len(text) > 3:
        return text if BAND.fullmatch(text) else ""
    age = int(text)
    low = max(bound for bound in YOUNGEST_TO_OLDEST if bound <= age)
    higher = [bound for bound in YOUNGEST_TO_OLDEST if bound > age]
    return f"{low}–{higher[0] - 1}" if higher else f"{low}+"
