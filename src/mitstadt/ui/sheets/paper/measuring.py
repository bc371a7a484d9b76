"""How wide words are on paper, in millimetres, with the very faces that the press has: so that we break the lines."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_FONTS = Path(__file__).parents[2] / "print_fonts"
_FACES = {
    "regular": _FONTS / "fira-sans" / "FiraSans-Regular.ttf",
    "bold": _FONTS / "fira-sans" / "FiraSans-SemiBold.ttf",
    "ARABIC": _FONTS / "noto-arabic" / "NotoSansArabic-Regular.ttf",
    "HEBREW": _FONTS / "noto-hebrew" / "NotoSansHebrew-Regular.ttf",
}
MM_PER_PT = 25.4 / 72
# Measured at this size and scaled, so that one face is loaded once.
_UNITS = 200
# Other shapes of joined letters, kerning: a line is never longer than we say.
_SAFETY = 1.02


def width_mm(words: str, size_pt: float, *, bold: bool = False) -> float:
    """How wide these words are in one line."""
    units = sum(_run_width(run, face) for face, run in _runs(words, bold=bold))
    return units / _UNITS * size_pt * MM_PER_PT * _SAFETY


def broken(words: str, width: float, size_pt: float, *, bold: bool = False) -> tuple[str, ...]:
    """The words in lines no wider than `width` millimetres; a word that is wider is broken where the line ends."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if width_mm(longer, size_pt, bold=bold) <= width:
                line = longer
                continue
            lines += [line] if line else []
            *whole, line = _pieces(word, width, size_pt, bold=bold)
            lines += whole
        lines.append(line)
    return tuple(lines)


def _pieces(word: str, width: float, size_pt: float, *, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for sign in word:
        if piece and width_mm(piece + sign, size_pt, bold=bold) > width:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [*pieces, piece]


def _runs(words: str, *, bold: bool) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    for sign in words:
        script = unicodedata.name(sign, "").split(" ")[0]
        face = script if script in _FACES else "bold" if bold else "regular"
        if runs and (runs[-1][0] == face or sign == " "):
            runs[-1] = (runs[-1][0], runs[-1][1] + sign)
        else:
            runs.append((face, sign))
    return runs


@lru_cache(maxsize=4_096)
def _run_width(run: str, face: str) -> float:
    return float(_face(face).getlength(run))


@lru_cache(maxsize=8)
def _face(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FACES[name]), _UNITS, layout_engine=ImageFont.Layout.BASIC)
