"""The mark on a printed page: which form, which page, and a one-time code that only this city can have printed.

The mark is what the QR code holds: ``FORM:PAGE:CODE:MAC``. A photocopy shows the same code, so a code counts once; one
that somebody made up has no sound MAC. A form that anyone may print has the code ``0``: it is a form, and no turn.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from django.conf import settings

from mitstadt.ground.sheets.questions import Sheet
from mitstadt.ground.sheets.stored import sheet_hash
from mitstadt.ground.symbols import new_word

FORM_LENGTH, CODE_LENGTH, MAC_LENGTH = 8, 12, 8
NO_CODE = "0"
_MARK = re.compile(r"([A-Z2-7]{8}):(\d{1,3}):([2-9A-Z]{12}|0):([A-Z2-7]{8})\Z", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """What a page says of itself."""

    form: str
    page: int
    code: str = NO_CODE


def form_of(sheet: Sheet, *made: object) -> str:
    """The name of a form: this sheet, laid out in this way (version, languages, print). Other words, another name."""
    told = ":".join(map(str, (sheet_hash(sheet), *made)))
    return _word(hashlib.sha256(told.encode()).digest(), FORM_LENGTH)


def one_time_codes(count: int) -> list[str]:
    """So many codes for printed copies; the MAC beside each says that they are ours."""
    return [new_word(CODE_LENGTH, secrets.token_bytes) for _copy in range(count)]


def printed_mark(mark: Mark) -> str:
    """The mark as it stands in the QR code."""
    return f"{_told(mark)}:{_mac(mark)}"


def read_mark(text: str) -> Mark | None:
    """The mark that was read, or None where we did not print it."""
    found = _MARK.match(text)
    if found is None:
        return None
    mark = Mark(found[1], int(found[2]), found[3])
    return mark if hmac.compare_digest(_mac(mark), found[4]) else None


def _told(mark: Mark) -> str:
    return f"{mark.form}:{mark.page}:{mark.code}"


def _mac(mark: Mark) -> str:
    key = hashlib.blake2b(b"printed sheets", key=settings.CODE_PEPPER, person=b"mitstadt-mark", digest_size=32).digest()
    return _word(hmac.new(key, _told(mark).encode(), hashlib.sha256).digest(), MAC_LENGTH)


def _word(digest: bytes, length: int) -> str:
    return base64.b32encode(digest).decode("ascii")[:length]
