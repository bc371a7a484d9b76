"""Say what is wrong with a file, and in which row."""

from typing import NoReturn

from mitstadt.methods.shared.errors import MethodError


def fail(code: str, row: int, told: str, **parameters: object) -> NoReturn:
    """Stop with a sentence that begins with the row."""
    raise MethodError(code, f"Row {row}: {told}", row=row, **parameters)
