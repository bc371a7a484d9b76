"""Comments of a record as threads of two levels: pageable, sortable, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from mitstadt.spine.models import UP, Comment, Record
from mitstadt.spine.queries.ordering import Order, in_order

THREADS_PER_PAGE = 50


@dataclass(frozen=True)
class Thread:
    """A comment and its replies, oldest reply first."""

    comment: Comment
    replies: tuple[Comment, ...]


def comment_threads(
    record: Record, *, order: Order = Order.OLDEST, page: int = 1, stance: str = ""
) -> tuple[Page[Comment], list[Thread]]:
    """One page of threads: three queries, however many comments there are.

    A comment that was hidden, withdrawn or erased keeps its place while it has replies, without its words.
    """
    roots = in_order(_shown(Comment.objects.filter(target_id=record.pk, reply_to=None)), order)
    if stance:
        roots = roots.filter(stance=stance)
    shown = Paginator(roots, THREADS_PER_PAGE).get_page(page)
    comments = list(shown.object_list)
    replies: dict[int, list[Comment]] = {}
    below = Comment.objects.filter(reply_to_id__in=[comment.pk for comment in comments], state__in=UP).select_related(
        "author", "organisation"
    )
    for reply in below.order_by("created_at", "pk"):
        if reply.reply_to_id is not None:
            replies.setdefault(reply.reply_to_id, []).append(reply)
    return shown, [Thread(comment, tuple(replies.get(comment.pk, ()))) for comment in comments]


def _shown(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    kept_for_replies = Exists(Comment.objects.filter(reply_to=OuterRef("pk"), state__in=UP))
    shown = comments.filter(Q(state__in=UP) | kept_for_replies)
    return shown.select_related("author", "organisation")
