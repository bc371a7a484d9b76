"""Short secrets that the city must read again: encrypted with a key that no database holds.

The key is made from the pepper, so that it lies where the pepper lies, changes when it changes and comes back with it.
Whoever has a copy of the database alone reads nothing.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_MARK = "sealed:"


class Unreadable(ValueError):  # noqa: N818  # it says what is so
    """What was not sealed here, or for another purpose, or with another pepper."""


def seal(text: str, *, purpose: str) -> str:
    """The text, encrypted and signed; it opens for the same purpose alone."""
    return _MARK + _box(settings.CODE_PEPPER, purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, *, purpose: str) -> str:
    """The text again. Raises `Unreadable` for anything that was not sealed for this purpose with this pepper."""
    if not is_sealed(sealed):
        raise Unreadable
    try:
        return _box(settings.CODE_PEPPER, purpose).decrypt(sealed.removeprefix(_MARK)).decode()
    except InvalidToken as error:
        raise Unreadable from error


def is_sealed(text: str) -> bool:
    """Whether this was sealed, by whichever key."""
    return text.startswith(_MARK)


@lru_cache(maxsize=8)
def _box(pepper: bytes, purpose: str) -> Fernet:
    key = hashlib.blake2b(purpose.encode(), digest_size=32, key=pepper, person=b"mitstadt-seal").digest()
    return Fernet(base64.urlsafe_b64encode(key))
