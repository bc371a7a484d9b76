"""What stands around a record, so that nobody judges words without their place."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mitstadt.participation.drafting.models import Contribution
from mitstadt.spine.models import Comment, Record


@dataclass(frozen=True)
class Surroundings:
    """The place of a record: what it is, the words it speaks about, and where they can be read."""

    kind: str
    title: str
    words: str
    href: str
    wording: str = ""


def surroundings_of(record: Record) -> Surroundings:
    """Where a record stands; at most two queries."""
    if record.kind == Contribution.KIND:
        said = Contribution.objects.select_related("passage", "process").get(pk=record.pk)
        return Surroundings(
            kind=_("Beitrag"),
            title=_("Zu Absatz %(number)s") % {"number": said.passage.number},
            words=said.passage.body,
            href=reverse("passage", args=[said.home.ref, said.passage.ref]),
            wording=said.wording,
        )
    if record.kind == Comment.KIND:
        comment = Comment.objects.select_related("target", "reply_to").get(pk=record.pk)
        above = comment.reply_to or comment.target
        return Surroundings(_("Kommentar"), _("Antwortet auf"), above.body, reverse("trail", args=[above.ref]))
    return Surroundings(_("Eintrag"), "", "", reverse("trail", args=[record.ref]))
