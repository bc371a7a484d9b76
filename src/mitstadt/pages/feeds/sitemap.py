"""The sitemap: an index, and for each kind of page files of so many addresses; only what everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine.kinds import Kind, address_of, all_kinds
from mitstadt.spine.models import Record, RecordState
from mitstadt.spine.queries.visibility import astray_among

PER_FILE = 5_000
TYPE = "application/xml; charset=utf-8"
PAGES = "seiten"
ORGANISATIONS = "organisationen"
_STATIC = ("home", "processes", "promises", "organisations", "log", "about", "accessibility", "privacy", "imprint")
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def files() -> list[tuple[str, int]]:
    """The files: a name, and the how many-th of that name, from 1."""
    counted = [(kind.key, _public(kind.key).count()) for kind in _kinds()]
    counted = [(PAGES, 1), (ORGANISATIONS, Organisation.objects.count()), *counted]
    return [(name, number + 1) for name, count in counted for number in range(-(-count // PER_FILE))]


def index() -> Iterator[str]:
    """The index of all files."""
    yield f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n'
    for name, number in files():
        address = f"{settings.PUBLIC_URL}{reverse('sitemap_file', args=[name, number])}"
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def is_file(name: str, number: int) -> bool:
    """Whether there is such a file."""
    return number >= 1 and (name, number) in files()


def addresses(name: str, number: int) -> Iterator[str]:
    """One file, written as it is read."""
    yield f'{_HEAD}<urlset xmlns="{_SPACE}">\n'
    for path, changed in _paths(name, (number - 1) * PER_FILE):
        day = f"<lastmod>{changed}</lastmod>" if changed else ""
        yield f"<url><loc>{escape(settings.PUBLIC_URL + path)}</loc>{day}</url>\n"
    yield "</urlset>\n"


def _paths(name: str, start: int) -> Iterator[tuple[str, str]]:
    if name == PAGES:
        yield from ((reverse(page), "") for page in _STATIC)
    elif name == ORGANISATIONS:
        slugs = Organisation.objects.order_by("pk").values_list("slug", flat=True)[start : start + PER_FILE]
        yield from ((reverse("organisation", args=[slug]), "") for slug in slugs.iterator())
    else:
        # The keys first, from the index alone: no row is read only to be passed over.
        keys = list(_public(name).order_by("pk").values_list("pk", flat=True)[start : start + PER_FILE])
        for begin in range(0, len(keys), 500):
            rows = Record.objects.filter(pk__in=keys[begin : begin + 500], state=RecordState.PUBLISHED)
            found = list(rows.select_related("room", "part").order_by("pk"))
            lost = astray_among(found)
            for record in found:
                if record.pk not in lost:
                    yield address_of(record), f"{record.changed_at:%Y-%m-%d}"


def _kinds() -> list[Kind]:
    """What has a page of its own with words to find: rooms, texts, what people contributed."""
    return [kind for kind in all_kinds() if (kind.holds_others and not kind.told_in) or kind.answerable]


def _public(kind: str) -> QuerySet[Record]:
    return Record.objects.filter(kind=kind, state=RecordState.PUBLISHED)
