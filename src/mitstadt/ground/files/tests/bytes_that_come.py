"""Files as people and attackers send them, made here."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

GPS_IFD, GPS_LATITUDE, MAKE, ORIENTATION = 0x8825, 2, 0x010F, 0x0112
SECRET = b"Kanarienzwitscher"


def photo(
    width: int = 800,
    height: int = 600,
    *,
    kind: str = "JPEG",
    mode: str = "RGB",
    color: tuple[int, ...] | int | None = None,
    **options: Any,
) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    file = BytesIO()
    (picture.convert(mode) if color is None else Image.new(mode, (width, height), color)).save(file, kind, **options)
    return file.getvalue()


def photo_with_a_place(orientation: int = 1, **size: Any) -> bytes:
    """A phone's JPEG: where it was taken, with what, and how it was held."""
    exif = Image.Exif()
    exif[MAKE] = SECRET.decode()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS_IFD)[GPS_LATITUDE] = (52.0, 31.0, 12.5)
    return photo(exif=exif, icc_profile=b"icc " + SECRET, comment=SECRET, **size)


def png_that_says(width: int, height: int) -> bytes:
    """A tiny PNG that claims to be huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0" * 100)) + _chunk(b"IEND")


def png_with_endless_text() -> bytes:
    """A sound PNG with a compressed note that unpacks to a hundred megabytes."""
    made = photo(64, 64, kind="PNG")
    note = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100 * 1024 * 1024)))
    return made[:33] + note + made[33:]


def photo_with_broken_notes() -> bytes:
    """A sound JPEG whose metadata are nonsense."""
    return photo(64, 64, exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + SECRET, icc_profile=SECRET)


def webp_that_says(width: int, height: int) -> bytes:
    """A tiny WebP that claims to be huge."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + sides
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_of_many_scans(scans: int = 5_000) -> bytes:
    """A progressive JPEG that repeats its last scan again and again: little to send, minutes to decode."""
    made = photo(64, 64, progressive=True)
    last = made.rfind(b"\xff\xda")
    return made[:last] + made[last:-2] * scans + made[-2:]


def _chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def moving(kind: str) -> bytes:
    """Two pictures that follow each other."""
    first, second = Image.new("RGB", (64, 64), "red"), Image.new("RGB", (64, 64), "blue")
    file = BytesIO()
    first.save(file, kind, save_all=True, append_images=[second], duration=200)
    return file.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def packed(**members: bytes) -> bytes:
    """A zip file; two underscores in a name stand for a slash, one for a dot."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return file.getvalue()


def word(**more: bytes) -> bytes:
    """A file of a word processor."""
    return packed(word__document_xml=b"<document/>", **more)
