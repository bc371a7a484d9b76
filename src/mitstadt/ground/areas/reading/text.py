"""Bytes of unknown origin to text and JSON: byte order marks, latin-1 without a hint, gzip, twice encoded umlauts."""

import gzip
import io
import json
import re
import zlib
from typing import Any

from mitstadt.ground.areas.reading.sets import Finding, refuse

MAX_BYTES = 256 * 1024 * 1024
_TWICE_ENCODED = re.compile("[ÃÂ][\u0080-\u00bfŸšœžŠŒŽ„“”‘’–—€‚ƒ…†‡ˆ‰‹›•˜™]")


def unpacked(data: bytes) -> bytes:
    """The bytes themselves, or what a gzip file holds, up to a limit that no city reaches."""
    if not data.startswith(b"\x1f\x8b"):
        return limited(data)
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            return limited(stream.read(MAX_BYTES + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise refuse(
            "gzip_broken", "The file is packed with gzip but cannot be unpacked; it may be cut off."
        ) from error


def limited(data: bytes) -> bytes:
    """The bytes, unless they are too many."""
    if len(data) > MAX_BYTES:
        raise refuse("too_large", f"The file holds more than {MAX_BYTES // 1024**2} MB. Split it by level.")
    return data


def decoded(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Text from UTF-8 with or without mark, UTF-16 with mark, else Windows' latin-1, which is told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise refuse("encoding", "The file begins like UTF-16 but is not. Save it as UTF-8.") from error
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        told = Finding("latin_1", "The file is not UTF-8; it was read as Windows-1252 (latin-1).", broken=False)
        return data.decode("cp1252", errors="replace"), (told,)


def mended_encoding(text: str) -> str:
    """Text that was encoded twice (“StraÃŸe”) as it was meant; any other text unchanged."""
    if not _TWICE_ENCODED.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def not_a_number(token: str) -> float:
    """Refuses NaN and Infinity, which Python's reader would let pass."""
    raise refuse("not_json", f"The file holds {token} where JSON allows only numbers.")


def json_object(data: bytes) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The JSON object a file holds and what was mended to read it."""
    text, findings = decoded(unpacked(data))
    try:
        value = json.loads(text, parse_constant=not_a_number)
    except json.JSONDecodeError as error:
        raise refuse("not_json", f"The file is not JSON: {error.msg} in line {error.lineno}.") from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, RecursionError):
            raise refuse("too_deep", "The file is nested too deeply to be a list of areas.") from error
        raise
    if not isinstance(value, dict):
        raise refuse("not_an_object", "The file holds JSON, but not an object with areas or features.")
    return value, findings
