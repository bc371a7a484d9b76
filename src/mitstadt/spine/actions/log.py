"""Sign the head of the log and publish it."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.heads import PublicKey, TreeHead, public_key, sign_head
from mitstadt.spine.models import LogState, SignedHead

_KEY_BYTES = 32


def publish_head(*, now: datetime) -> SignedHead:
    """Sign the log as it stands and keep the head; a log that has not grown keeps its last head."""
    with transaction.atomic():
        state = LogState.objects.select_for_update().filter(pk=1).first()
        frontier = Frontier.from_json(state.frontier) if state else Frontier()
        earlier = SignedHead.objects.filter(size=frontier.size).first()
        if earlier:
            return earlier
        signed = sign_head(TreeHead(log_name(), frontier.size, frontier.root, now), secret_key=_secret_key())
        return SignedHead.objects.create(size=frontier.size, signed_at=now, text=str(signed))


def log_name() -> str:
    """The name of this city's log: the one in the settings, else by the host of its public address."""
    return settings.LOG_NAME or f"{urlsplit(settings.PUBLIC_URL).netloc}/log"


def log_key() -> PublicKey:
    """The key with which anyone checks the heads."""
    return public_key(log_name(), _secret_key())


def _secret_key() -> bytes:
    path = Path(settings.LOG_KEY_FILE)
    if path.exists():
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    path.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_bytes(_KEY_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made.hex())
    return made
