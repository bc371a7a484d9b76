"""Sign the head of the log and publish it."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from mitstadt.ground import clock
from mitstadt.ground.private_files import read_secret, secret_in
from mitstadt.methods.log.frontier import Frontier
from mitstadt.methods.log.heads import PublicKey, TreeHead, public_key, sign_head, signature_holds
from mitstadt.methods.log.heads import SignedHead as HeadText
from mitstadt.methods.shared.errors import MethodError
from mitstadt.spine.actions.acts import locked_state
from mitstadt.spine.models import LogState, SignedHead

_KEY_BYTES = 32
# So far a clock may be behind the last head before somebody should look at it; machines differ by a little.
_CLOCKS_DIFFER = timedelta(minutes=1)
logger = logging.getLogger(__name__)


def publish_head(*, now: datetime | None = None) -> SignedHead:
    """Sign the log as it stands and keep the head; a log that has not grown keeps its last head.

    The clock is asked once the log is held, and no head is signed for an earlier time than the one before it: heads
    stand in order however long somebody waited, and wherever a clock was set back. `now` is for those who play another
    time.
    """
    if latest := _head_of_all():
        return latest
    with transaction.atomic():
        frontier = Frontier.from_json(locked_state().frontier)
        latest = _latest_head()
        if latest and latest.size == frontier.size:
            return latest
        at = _not_before(latest, now or clock.now())
        head = TreeHead(_name_after(latest), frontier.size, frontier.root, at)
        signed = sign_head(head, secret_key=_key_after(latest))
        return SignedHead.objects.create(size=frontier.size, signed_at=at, text=str(signed))


def _head_of_all() -> SignedHead | None:
    """The last head where it covers the whole log: nothing is locked to sign nothing."""
    latest, state = _latest_head(), LogState.objects.filter(pk=1).first()
    return latest if latest and state and latest.size == Frontier.from_json(state.frontier).size else None


def _not_before(latest: SignedHead | None, now: datetime) -> datetime:
    if latest is None or now >= latest.signed_at:
        return now
    if latest.signed_at - now > _CLOCKS_DIFFER:
        logger.warning("The clock is %s behind the last head of the log. Was it set back?", latest.signed_at - now)
    return latest.signed_at


def log_key() -> PublicKey:
    """The key with which anyone checks the heads."""
    latest = _latest_head()
    return public_key(_name_after(latest), _key_after(latest))


def _latest_head() -> SignedHead | None:
    return SignedHead.objects.order_by("-size").first()


def _name_after(latest: SignedHead | None) -> str:
    """The log's name: that of its heads for good, wherever the city moves; at first the settings give it."""
    if latest:
        return HeadText.from_text(latest.text).head.origin
    return settings.LOG_NAME or f"{urlsplit(settings.PUBLIC_URL).netloc}/log"


def _key_after(latest: SignedHead | None) -> bytes:
    """The secret key, made with the first head; refused where another one signed: nobody could verify the log then."""
    path = Path(settings.LOG_KEY_FILE)
    if latest is None and not path.exists():
        return _made_key(path)
    secret_key = bytes.fromhex(read_secret(path)) if path.exists() else b""
    if secret_key and (latest is None or _signed_by(latest, secret_key)):
        return secret_key
    raise MethodError(
        "log_key_differs",
        f"The key in “{path}” did not sign this city's log so far, or is missing. Nothing was signed. "
        "Set MITSTADT_LOG_KEY to the file with its key, or restore the key from a backup.",
        file=str(path),
    )


def _signed_by(head: SignedHead, secret_key: bytes) -> bool:
    return signature_holds(HeadText.from_text(head.text), public_key(_name_after(head), secret_key))


def _made_key(path: Path) -> bytes:
    return bytes.fromhex(secret_in(path, secrets.token_hex(_KEY_BYTES)))
