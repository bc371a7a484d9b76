"""What a format says of the page on which its contributions are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from mitstadt.spine.models import Part
from mitstadt.spine.queries.answering import Answered, Narrowed


@dataclass(frozen=True)
class Answering:
    """What a format says of this page: which template, and how its contributions are found and shown.

    ``rows`` are the public contributions of a part that the address asks for, in order; ``shown`` gives them the shape
    of the template; ``listed`` are the same rows for a paginator, where the format finds a page more quickly.
    ``own_filters`` are parameters of the address that only the format knows. ``own_deed`` does what a
    button of the format asks, and gives the sentence for it; an empty one where none was pressed; where it refuses, the
    template shows why (``refused``). ``more`` is what the template needs besides.
    """

    template: str
    rows: Callable[[Part, Narrowed, QueryDict], QuerySet[Any]]
    listed: Callable[[Part, Narrowed, QueryDict], Sequence[Any]] | None = None
    shown: Callable[[Sequence[Answered[Any]]], Sequence[object]] = list
    own_filters: tuple[str, ...] = ()
    own_deed: Callable[[HttpRequest, Part], str] | None = None
    more: Callable[[HttpRequest, Part], Mapping[str, object]] = field(default=lambda _request, _part: {})
