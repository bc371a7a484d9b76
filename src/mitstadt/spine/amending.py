"""The named ways to change in public what is open already, one declaration each: who may, and whether it takes two.

What is written and how is in `actions.amendments`; pages and tests go through this list.
"""

from __future__ import annotations

from dataclasses import dataclass

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine import verbs_of_change
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Access, Commitment
from mitstadt.spine.verbs import Verb


@dataclass(frozen=True)
class Amending:
    """One way to change: the deed that it takes, the verb of the log, the fields that it may touch.

    ``by_two`` says that one person proposes it and another one confirms it. ``of_part`` that a part is changed, not the
    room.
    """

    key: str
    deed: Deed
    verb: Verb
    fields: tuple[str, ...] = ()
    by_two: bool = False
    of_part: bool = False


CORRECT = Amending("correct", Deed.AMEND, verbs_of_change.CORRECTED, fields=("title", "body", "area_id"))
# More care is taken by one person; that one alone hides again, which two did before, is decided by two.
CARE = Amending("care", Deed.AMEND, verbs_of_change.CHANGED_CARE, fields=("four_eyes",))
LESS_CARE = Amending("less_care", Deed.AMEND, verbs_of_change.CHANGED_CARE, fields=("four_eyes",), by_two=True)
PART_CARE = Amending(
    "part_care", Deed.AMEND, verbs_of_change.CHANGED_CARE, fields=("access", "checks_first"), of_part=True
)
COMMITMENT = Amending(
    "commitment",
    Deed.CHANGE_COMMITMENT,
    verbs.CHANGED_COMMITMENT,
    fields=(*Commitment.FIELDS, *Commitment.BESIDE),
    by_two=True,
)
CANCEL = Amending("cancel", Deed.CANCEL, verbs_of_change.CANCELLED, fields=("stage",), by_two=True)
REOPEN = Amending("reopen", Deed.REOPEN, verbs_of_change.REOPENED, fields=("stage",), by_two=True)
# Phases of the room end sooner or are dropped: what people were promised is taken from nobody by one person alone.
SHORTEN = Amending("shorten", Deed.AMEND, verbs_of_change.SHORTENED, fields=("phases",), by_two=True)
# Whoever leads the other organisation confirms it: nobody is given a promise that they did not accept.
HAND_OVER = Amending("hand_over", Deed.HAND_OVER, verbs_of_change.HANDED_OVER, fields=("host_id",), by_two=True)

WAYS = {one.key: one for one in (CORRECT, CARE, LESS_CARE, PART_CARE, COMMITMENT, CANCEL, REOPEN, SHORTEN, HAND_OVER)}


def allowed_values(field: str) -> frozenset[str] | None:
    """The only values that a field may get; None where any words will do."""
    return frozenset(Access.values) if field == "access" else None


def care_for(*, four_eyes: bool) -> Amending:
    """The way to this rule of hiding: two people it is to be by one, and one person again by two."""
    return CARE if four_eyes else LESS_CARE
