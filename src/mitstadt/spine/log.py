"""Acts as entries of the public log, and heads as they were signed: between our rows and the mathematics of the log."""

from __future__ import annotations

from mitstadt.methods.log.entries import Entry
from mitstadt.methods.log.heads import SignedHead as HeadText
from mitstadt.spine.models import Act, SignedHead

# So long a new act waits for a signed head that covers it.
SEALED_WITHIN_MINUTES = 1
# In the details of an act that was done to a draft: when, since its entry is of the day on which the draft opened.
DONE_AT = "done_at"


def entry_of(act: Act) -> Entry:
    """The log entry that an act stands for, exactly as it was hashed."""
    return Entry(
        index=act.index,
        at=act.at,
        actor_kind=act.actor_kind,
        actor=act.actor or None,
        verb=act.verb,
        record=act.ref or None,
        content=act.content_hash or None,
        details=act.details,
    )


def root_of(head: SignedHead) -> str:
    """The root of the tree under this head, as people compare it."""
    return str(HeadText.from_text(head.text).head.root.hex())
