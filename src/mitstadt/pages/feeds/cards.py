"""The picture that stands where a link is shared: the question in our letters, who asks, and the sign. Drawn by us."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.text import Truncator
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
_PAPER, _INK, _BRICK, _SOFT = "#fbf8f1", "#1d2430", "#9c3d24", "#5a6270"
_MARGIN, _WIDTH = 80, 1040
_FONTS = Path(__file__).resolve().parents[2] / "ui" / "print_fonts"
_MOST_LINES = 5
_SIZES = (76, 66, 58, 50)


def drawn_card(title: str, under: str) -> bytes:
    """The card as PNG."""
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    # The thread with its knots, as everywhere.
    pen.line([(_MARGIN, 86), (SIZE[0] - _MARGIN, 86)], fill=_INK, width=4)
    for place, is_now in ((0.0, False), (0.33, True), (0.66, False), (1.0, False)):
        x = _MARGIN + place * _WIDTH
        pen.ellipse([x - 14, 72, x + 14, 100], fill=_BRICK if is_now else _PAPER, outline=_INK, width=4)
    lines, size = _set(Truncator(" ".join(title.split())).chars(180))
    for number, line in enumerate(lines):
        _write(pen, line, y=150 + number * int(size * 1.2), size=size, colour=_INK)
    _write(pen, Truncator(under).chars(60), y=520, size=34, colour=_SOFT)
    _write(pen, settings.UI_SITE_NAME, y=566, size=34, colour=_BRICK)
    kept = BytesIO()
    image.quantize(32).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _set(words: str) -> tuple[list[str], int]:
    """The words in lines, in the largest size in which they fit."""
    for size in _SIZES:
        lines = _lines(words, size)
        if len(lines) <= _MOST_LINES and len(lines) * size * 1.2 <= 350:
            return lines, size
    return _lines(words, _SIZES[-1])[:_MOST_LINES], _SIZES[-1]


def _lines(words: str, size: int) -> list[str]:
    lines = [""]
    for word in words.split():
        tried = f"{lines[-1]} {word}".strip()
        if _font(size, tried).getlength(tried) <= _WIDTH or not lines[-1]:
            lines[-1] = tried
        else:
            lines.append(word)
    return lines


def _write(pen: ImageDraw.ImageDraw, words: str, *, y: int, size: int, colour: str) -> None:
    font = _font(size, words)
    x = SIZE[0] - _MARGIN - font.getlength(words) if _is_rightward(words) else _MARGIN
    pen.text((x, y), words, fill=colour, font=font)


def _is_rightward(words: str) -> bool:
    """Whether the words are written from the right."""
    return any("\u0590" <= sign <= "\u08ff" for sign in words)


def _font(size: int, words: str) -> ImageFont.FreeTypeFont:
    arabic = any("\u0600" <= sign <= "\u08ff" for sign in words)
    family = "noto-arabic" if arabic else "noto-hebrew" if _is_rightward(words) else "fira-sans"
    return _loaded(family, size)


@lru_cache(maxsize=32)
def _loaded(family: str, size: int) -> ImageFont.FreeTypeFont:
    files = sorted((_FONTS / family).glob("*.[to]tf"))
    chosen = next((file for file in files if "edium" in file.name or "emiBold" in file.name), files[0])
    return ImageFont.truetype(str(chosen), size)
