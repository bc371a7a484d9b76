"""Amounts as people type them: 4000, 4000.0, 2930,50."""

import re
from fractions import Fraction

from mitstadt.methods.shared.errors import MethodError

NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:[.,][0-9]{1,12})?")


def amount(text: str, *, row: int, what: str) -> Fraction:
    """The exact number that a cell holds.

    Parameters
    ----------
    text : str
        Digits with at most one decimal point or comma.
    row : int
        For the complaint; 0 where it is from no file.
    what : str
        What the number is, for the complaint.

    Returns
    -------
    Fraction

    Raises
    ------
    MethodError
        ``not_a_number``.

    Examples
    --------
    >>> amount("2930,50", row=1, what="the cost")
    Fraction(5861, 2)
    """
    stripped = text.strip()
    if not NUMBER.fullmatch(stripped):
        shown = stripped if len(stripped) <= 40 else stripped[:40] + "…"
        told = f"{what} is “{shown}”, which is no number."
        raise MethodError("not_a_number", f"Row {row}: {told}" if row else told[0].upper() + told[1:], row=row)
    return Fraction(stripped.replace(",", "."))
