"""A comment of the spine as the component shows it, and the names under which the city shows people and ways."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from mitstadt.spine.authorship import shown_name
from mitstadt.spine.models import Channel, Comment, Record, Stance
from mitstadt.ui import parts
from mitstadt.ui.support import Supporting


def shown_author(record: Record) -> str:
    """Who said it, as the city shows it: all authors in their order, and from where words came in.

    Lists of records load further authors at once (`authorship.fetch_further_authors`).
    """
    first = [shown_name(record.organisation, record.author)] if record.organisation or record.author else []
    rows = list(record.authorships.all()) if record.further_authors else []
    further = [shown_name(row.organisation, row.person) for row in rows if row.is_confirmed]
    names = get_text_list([*first, *further] or [shown_name(None, None)], _("und"))
    refs = sorted({row.origin.ref for row in rows if row.origin and not row.is_confirmed})
    return _("%(names)s, mit Worten aus %(refs)s") % {"names": names, "refs": ", ".join(refs)} if refs else names


def first_author(record: Record) -> str:
    """Who said it first, as the city shows it; those who came to it are told apart."""
    return shown_name(record.organisation, record.author)


def channel_note(record: Record) -> str:
    """On which way it came, where that is not the web."""
    return "" if record.channel == Channel.WEB else str(Channel(record.channel).label)


def comment_part(
    comment: Comment,
    *,
    supporting: Supporting,
    may_reply: bool = False,
    replies: Sequence[Comment] = (),
    is_new: bool = False,
    rewordable: Collection[int] = (),
) -> parts.Comment:
    """A comment with its replies, answered only while that is open; of words no longer public the place is shown."""
    public = comment.is_public
    stance = Stance(comment.stance)
    return parts.Comment(
        ref=comment.ref,
        author=shown_author(comment) if public else _("nicht mehr zu lesen"),
        at=comment.created_at,
        text=comment.body if public else _("Dieser Kommentar wurde zurückgezogen, gelöscht oder ausgeblendet."),
        href=reverse("trail", args=[comment.ref]),
        language=comment.language if public else "",
        stance="" if stance is Stance.NEUTRAL else str(stance.label),
        channel_note=channel_note(comment),
        support=supporting.of(comment) if public else None,
        is_new=is_new,
        reply_href=reverse("reply", args=[comment.ref]) if public and may_reply else "",
        report_href=reverse("report", args=[comment.ref]) if public else "",
        reworded_at=comment.reworded_at if public else None,
        reword_href=reverse("reword", args=[comment.ref]) if comment.pk in rewordable else "",
        replies=[comment_part(reply, supporting=supporting, rewordable=rewordable) for reply in replies],
    )
