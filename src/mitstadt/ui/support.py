"""The support of a record as its control shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from mitstadt.spine.models import Record
from mitstadt.ui import parts


@dataclass(frozen=True)
class Supporting:
    """Whether this person may support here now, and which records they support already."""

    is_open: bool
    given: frozenset[int] = frozenset()

    def of(self, record: Record, *, refusal: str = "") -> parts.SupportControl:
        """The control of one record."""
        is_given = record.pk in self.given
        return parts.SupportControl(
            ref=record.ref,
            count=record.support_count,
            address=reverse("end_support" if is_given else "support", args=[record.ref]),
            is_given=is_given,
            is_open=self.is_open,
            refusal=refusal,
        )


NOT_OFFERED = Supporting(is_open=False)
