"""Draw a picture anew, in several widths: what comes out is made of its visible points and of nothing else. Pure.

No metadata survives (place, time, device, thumbnails, colour profiles, comments, anything appended), nothing moves,
nothing is transparent, and it stands upright. Sizes are checked before a point is decoded.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from mitstadt.ground.files.kinds import FileKind
from mitstadt.ground.files.refusals import FileRefused

# For old phones, for the page, for those who look closely. JPEG, in one width, for browsers without WebP.
WIDTHS_PX = (320, 640, 1280)
FALLBACK_WIDTH_PX = 640
# JPEG is decoded smaller at once; the others need room for every point.
MOST_PIXELS = {FileKind.JPEG: 50_000_000, FileKind.PNG: 25_000_000, FileKind.WEBP: 25_000_000}
SMALLEST_PX = 16
# Twice as high as wide at most, after shrinking: WebP ends at 16,383 points.
_HIGHEST = 2
# A progressive JPEG has about ten scans; thousands of empty ones cost minutes.
_MOST_SCANS = 100
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow says of a file that is damaged or made to hurt.
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Drawn:
    """One size of a picture, ready to be stored."""

    kind: FileKind
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Redrawn:
    """A picture in all its sizes; width and height are those of the largest."""

    width: int
    height: int
    drawn: tuple[Drawn, ...]


def redrawn(data: bytes, kind: FileKind) -> Redrawn:
    """The picture in our own sizes and formats; refuses with a reason what cannot be read or is too large."""
    upright = _decoded(data, kind)
    drawn = tuple(_sizes(upright))
    return Redrawn(max(one.width for one in drawn), max(one.height for one in drawn), drawn)


def _decoded(data: bytes, kind: FileKind) -> Image.Image:
    if kind is FileKind.JPEG and data.count(b"\xff\xda") > _MOST_SCANS:
        raise FileRefused("picture_damaged")
    if kind is FileKind.WEBP:
        # Opening one makes room for all its points.
        _require_size(*_size_of_webp(data), kind)
    try:
        with Image.open(BytesIO(data), formats=[kind.name]) as picture:
            _require_size(*picture.size, kind)
            turn = _UPRIGHT.get(_orientation(picture))
            picture.draft("RGB", (2 * WIDTHS_PX[-1], 2 * WIDTHS_PX[-1]))
            picture.load()
            flat = _flat(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(kind) from error
    except FileRefused:
        raise
    except _BROKEN as error:
        raise FileRefused("picture_damaged") from error
    return flat.transpose(turn) if turn is not None else flat


def _require_size(width: int, height: int, kind: FileKind) -> None:
    if width * height > MOST_PIXELS[kind]:
        raise _too_many_pixels(kind)
    if min(width, height) < SMALLEST_PX:
        raise FileRefused("picture_too_small", width=width, height=height)


def _size_of_webp(data: bytes) -> tuple[int, int]:
    """Width and height as the header of a WebP tells them, whichever of its three forms it has."""
    head = data[:30].ljust(30, b"\0")
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _too_many_pixels(kind: FileKind) -> FileRefused:
    return FileRefused("picture_too_many_pixels", limit=MOST_PIXELS[kind] // 1_000_000)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except (*_BROKEN, AttributeError):
        return 1


def _flat(picture: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue on white paper; of a moving picture the first moment."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey.
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if "A" in picture.mode or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _sizes(picture: Image.Image) -> Iterator[Drawn]:
    made: set[int] = set()
    for width in reversed(WIDTHS_PX):
        picture = _fitting(picture, width)
        if width == FALLBACK_WIDTH_PX:
            yield _drawn(picture, FileKind.JPEG)
        if picture.width not in made:
            made.add(picture.width)
            yield _drawn(picture, FileKind.WEBP)


def _fitting(picture: Image.Image, width: int) -> Image.Image:
    """The picture, shrunk until it is no wider than asked; never blown up."""
    share = min(width / picture.width, width * _HIGHEST / picture.height)
    if share >= 1:
        return picture
    size = max(1, round(picture.width * share)), max(1, round(picture.height * share))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _drawn(picture: Image.Image, kind: FileKind) -> Drawn:
    # A new image of the points alone: what Pillow remembers of the file stays behind.
    clean = Image.frombytes("RGB", picture.size, picture.tobytes())
    file = BytesIO()
    if kind is FileKind.WEBP:
        clean.save(file, "WEBP", quality=80, method=4)
    else:
        clean.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return Drawn(kind, picture.width, picture.height, file.getvalue())
