"""The support of a record as its control shows it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import authored_among
from mitstadt.spine.models import Comment, Record
from mitstadt.spine.queries.turns import supported_among, supported_earlier_words
from mitstadt.ui import parts


@dataclass(frozen=True)
class Supporting:
    """Whether this person may support here now, and which records they support already; not their own."""

    is_open: bool
    given: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    # Those that they support since before the author changed the words.
    earlier: frozenset[int] = frozenset()

    def of(self, record: Record, *, refusal: str = "") -> parts.SupportControl:
        """The control of one record."""
        is_given = record.pk in self.given
        return parts.SupportControl(
            ref=record.ref,
            count=record.support_count,
            guests=record.guest_support_count,
            held=record.held_support_count,
            address=reverse("end_support" if is_given else "support", args=[record.ref]),
            is_given=is_given,
            is_open=self.is_open and (is_given or record.pk not in self.own),
            is_quiet=record.kind == Comment.KIND,
            refusal=refusal,
            is_for_earlier_words=record.pk in self.earlier,
        )


def supporting(records: Collection[Record], *, actor: Actor, is_open: bool) -> Supporting:
    """What this person may support among the records, and does already: one query, none for guests."""
    return Supporting(
        is_open,
        supported_among(records, actor=actor),
        authored_among(records, actor=actor),
        supported_earlier_words(records, actor=actor),
    )


NOT_OFFERED = Supporting(is_open=False)
