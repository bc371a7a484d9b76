"""Tagged PDF (PDF/UA-1) from a typst template and plain data."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import segno

_HERE = Path(__file__).parent
_FONTS = _HERE.parent / "print_fonts"
# What templates may import: the look of every printed page, and how a sheet's layout table is drawn.
SHARED = (_HERE / "city.typ", _HERE / "sheets.typ")
LONGEST_SECONDS = 180


class NotPrintedError(Exception):
    """The press could not make a PDF; what it said is in the message."""


def typeset(template: Path, data: Mapping[str, object]) -> bytes:
    """The PDF of this template with this data, read by it as ``json("data.json")``.

    Words are data, never markup: nothing that a person typed is run. Raises `NotPrintedError`.
    """
    with tempfile.TemporaryDirectory(prefix="mitstadt-print-") as name:
        folder = Path(name)
        shutil.copy(template, folder / "main.typ")
        for shared in SHARED:
            shutil.copy(shared, folder / shared.name)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", errors="replace")
        _print(folder)
        return (folder / "out.pdf").read_bytes()


def qr_drawing(text: str) -> str:
    """A QR code (error level M) as an SVG, black on white, with its quiet zone."""
    return str(segno.make(text, error="m", micro=False).svg_inline(border=4, omitsize=True))


def _print(folder: Path) -> None:
    command = [sys.executable, "-I", str(_HERE / "press.py"), str(folder), str(_FONTS)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST_SECONDS)  # noqa: S603  # our own file
    except subprocess.CalledProcessError as error:
        raise NotPrintedError(error.stderr.decode(errors="replace")[-2_000:]) from error
    except subprocess.TimeoutExpired as error:
        raise NotPrintedError(f"The press took longer than {LONGEST_SECONDS} seconds.") from error
