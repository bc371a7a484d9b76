"""What ties a secret row to a turn, and what the log holds of it: tokens, leaves and hashes."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from mitstadt.methods.shared.hashing import canonical_json, sha256_hex
from mitstadt.spine.deeds import SECRET
from mitstadt.spine.models import Part, RoomStage, SecretBox, SecretRow, Turn
from mitstadt.spine.permits import PAPER_GRACE

# A batch has at least as many rows as this, as long as so many were cast at all.
SMALLEST_BATCH = 25


def token_of(turn: Turn, key: bytes) -> str:
    """The token of a turn: nobody without the key can say which turn it comes from."""
    return hmac.new(key, f"turn {turn.pk}".encode(), sha256).hexdigest()


def leaf_of(row: SecretRow) -> str:
    """The hash of one row as anyone recomputes it: random key, what it is about, what it says, guest or not."""
    told = {"id": str(row.pk), "about": row.about.ref, "content": row.content, "guest": row.guest}
    return sha256_hex(canonical_json(told))


def hash_of(leaves: Iterable[str]) -> str:
    """The hash of many rows, whatever their order."""
    return sha256_hex("\n".join(sorted(leaves)).encode())


def table_of(model: type[SecretRow]) -> str:
    """The name of a table of secret rows, as a box keeps it."""
    return f"{model.__module__}.{model.__qualname__}"


def tables_of(box: SecretBox) -> list[type[SecretRow]]:
    """The tables of which rows lie in a box; those of a slice that is gone are left out."""
    tables = below(SecretRow)  # type: ignore[type-abstract]  # only tables that inherit from it come out
    return [model for model in tables if table_of(model) in box.tables]


def is_over(part: Part, *, now: datetime) -> bool:
    """Whether nothing secret is cast in the part any more, not even from paper."""
    closed = part.home.closed_at
    if part.home.stage == RoomStage.CLOSED and closed is not None and closed + PAPER_GRACE <= now:
        return True
    ends = [phase.closes_at for phase in part.phases.all() if any(phase.takes(deed) for deed in SECRET)]
    return bool(ends) and max(ends) + PAPER_GRACE <= now


def below(model: type[SecretRow]) -> Iterable[type[SecretRow]]:
    """All tables that inherit from this one."""
    for child in model.__subclasses__():
        yield child
        yield from below(child)
