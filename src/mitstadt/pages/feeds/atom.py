"""Records as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import get_language

from mitstadt.spine.authorship import shown_name
from mitstadt.spine.kinds import address_of, kind_of
from mitstadt.spine.models import Record
from mitstadt.spine.queries.news import named

TYPE = "application/atom+xml; charset=utf-8"
_TITLE = 120
_WORDS = 4_000
# What was never there is as old as this.
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Each entry says in which language its words are."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """The language of what was said."""
        return {**super().item_attributes(item), "xml:lang": item["words_language"]}

    def latest_post_date(self) -> datetime:
        """When something in it changed last; not the moment of asking, so that what is the same stays the same."""
        return max((item["updateddate"] for item in self.items), default=_BEGINNING)


def atom_feed(records: Sequence[Record], *, title: str, page: str, address: str) -> str:
    """The records in their order. They come with room, author and organisation."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    feed = _Feed(
        title=f"{title} – {settings.UI_SITE_NAME}",
        link=f"{settings.PUBLIC_URL}{page}",
        description="",
        language=get_language() or settings.LANGUAGE_CODE,
        feed_url=f"{settings.PUBLIC_URL}{address}",
        feed_guid=f"tag:{host},2026:{address}",
    )
    for record in records:
        feed.add_item(
            title=f"{kind_of(record).label}: {Truncator(named(record)).chars(_TITLE)}",
            link=f"{settings.PUBLIC_URL}{address_of(record)}",
            description=Truncator(record.body).chars(_WORDS),
            author_name=shown_name(record.organisation, record.author) if kind_of(record).spoken else None,
            pubdate=record.created_at,
            updateddate=record.changed_at,
            unique_id=f"tag:{host},2026:{record.ref}",
            words_language=record.language,
        )
    return feed.writeString("utf-8")
