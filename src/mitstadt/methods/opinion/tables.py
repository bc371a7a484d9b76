"""Read whole numbers out of a large CSV table with array operations, about ten times faster than row by row."""

from __future__ import annotations

from typing import IO

import numpy as np
from numpy.typing import NDArray

BLOCK_BYTES = 8_000_000
MOST_DIGITS = 18
COMMA, NEWLINE, RETURN, MINUS, ZERO = (ord(one) for one in ",\n\r-0")


class NotPlain(Exception):  # noqa: N818 - a signal to read slowly, not an error of the caller
    """The table holds quotes, spaces or something else than whole numbers where they were expected."""


def whole_number_columns(stream: IO[bytes], columns: list[int], width: int) -> list[NDArray[np.int64]]:
    """Some columns of a table without quotes, as whole numbers.

    Parameters
    ----------
    stream : binary stream, standing behind the header
    columns : list of int
        Wanted columns, counted from 0.
    width : int
        Number of columns of the table.

    Raises
    ------
    NotPlain
        When any row does not fit; the caller reads the table again with more care and says what is wrong.
    """
    parts: list[list[NDArray[np.int64]]] = [[] for _ in columns]
    rest = b""
    while True:
        block = stream.read(BLOCK_BYTES)
        text = rest + block
        if not block:
            text = text if not text or text.endswith(b"\n") else text + b"\n"
        cut = text.rfind(b"\n") + 1
        rest = text[cut:]
        if cut:
            for part, numbers in zip(parts, _block_columns(text[:cut], columns, width), strict=True):
                part.append(numbers)
        if not block:
            return [np.concatenate(part) if part else np.zeros(0, np.int64) for part in parts]


def _block_columns(text: bytes, columns: list[int], width: int) -> list[NDArray[np.int64]]:
    if b'"' in text:
        raise NotPlain
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    raw = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero((raw == COMMA) | (raw == NEWLINE))
    if len(ends) % width:
        raise NotPlain
    table = ends.reshape(-1, width)
    if not (raw[table[:, -1]] == NEWLINE).all() or np.count_nonzero(raw == NEWLINE) != len(table):
        raise NotPlain
    starts = np.concatenate([[0], ends[:-1] + 1]).reshape(-1, width)
    return [_whole_numbers(raw, starts[:, column], table[:, column]) for column in columns]


def _whole_numbers(raw: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    negative = raw[starts] == MINUS
    starts = starts + negative
    lengths = ends - starts
    if not len(lengths):
        return np.zeros(0, np.int64)
    longest = int(lengths.max())
    if int(lengths.min()) < 1 or longest > MOST_DIGITS:
        raise NotPlain
    leading_zero = (raw[starts] == ZERO) & ((lengths > 1) | negative)
    if leading_zero.any():
        raise NotPlain
    numbers = np.zeros(len(starts), np.int64)
    for place in range(longest):
        inside = place < lengths
        digits = raw[np.minimum(starts + place, ends)].astype(np.int64) - ZERO
        if ((digits < 0) | (digits > 9))[inside].any():
            raise NotPlain
        numbers = np.where(inside, numbers * 10 + digits, numbers)
    return np.where(negative, -numbers, numbers)
