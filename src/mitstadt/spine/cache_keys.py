"""Keys of the shared cache as digests, since some hold the address of somebody's connection."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def keyed(key: str, key_prefix: str, version: int) -> str:
    """The key under which a value is kept: it tells nothing of what it is made of."""
    message = f"{version}:{key}".encode()
    return f"{key_prefix}:{hmac.new(settings.CODE_PEPPER, message, hashlib.sha256).hexdigest()}"
