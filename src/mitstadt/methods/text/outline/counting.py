"""Counts as lists print them: digits, letters, Roman numbers."""

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
ROMAN_BELOW_TEN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
LARGEST_ROMAN = 3_999


def written(count: int, kind: str) -> str:
    """A count as Word writes it: ``3``, ``c``, ``III``; kinds of other languages are given in digits."""
    if kind == "none":
        return ""
    if kind in {"lowerLetter", "upperLetter"} and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in {"lowerRoman", "upperRoman"} and 0 < count <= LARGEST_ROMAN:
        return roman(count) if kind == "lowerRoman" else roman(count).upper()
    if kind == "decimalZero":
        return f"{count:02}"
    return f"{count}." if kind == "ordinal" else str(count)


def roman(count: int) -> str:
    """A Roman number in small letters."""
    letters = ""
    for size, sign in ROMAN:
        letters += sign * (count // size)
        count %= size
    return letters + ROMAN_BELOW_TEN[count]
