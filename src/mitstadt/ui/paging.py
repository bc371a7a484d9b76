"""Links between the pages of a list."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page number with its address; without a number, a gap."""

    number: int | None
    href: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Paging:
    """All links of a pagination; empty addresses where there is no page."""

    links: tuple[PageLink, ...]
    previous: str
    next: str
    first_row: int
    last_row: int
    rows: int


def of(page: Page[Any], query: QueryDict, parameter: str) -> Paging:
    """The links of `page`: the first, the last, and those around it."""

    def href(number: int) -> str:
        changed = query.copy()
        changed[parameter] = str(number)
        return f"?{changed.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Paging(
        links=tuple(
            PageLink(number=n, href=href(n), current=n == page.number) if isinstance(n, int) else PageLink(number=None)
            for n in numbers
        ),
        previous=href(page.previous_page_number()) if page.has_previous() else "",
        next=href(page.next_page_number()) if page.has_next() else "",
        first_row=page.start_index(),
        last_row=page.end_index(),
        rows=page.paginator.count,
    )
