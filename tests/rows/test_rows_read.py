"""No page that everyone may read walks rows that it does not show: what was said elsewhere costs it nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from matrix_addresses import Route, address, routes, table_rows
from matrix_visitors import PERSONAS
from rows_read import rows_read, statements

ROWS_FOR_EACH_SHOWN = 20
# A file that holds all there is may join table by table instead of row by row; it never walks a table for each row.
ROWS_FOR_EACH_LINE = 150
# What a page looks up besides, however much was said: areas, phases, the processes of the city.
LOOKED_UP = 1_000
_SHOWN = re.compile(rb"<(?:li|tr|article|dt)[ >]")


def _is_read_by_everyone(route: Route) -> bool:
    return dict(zip(PERSONAS, table_rows().get((route.name, "GET"), ()), strict=False)).get("guest") == 200


pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Known to read more than they may; strict, so that whoever mends one takes it off this list.
READS_TOO_MUCH = {
    "sitemap": "counts the records of each kind at each request",
    "sitemap_file": "counts the records of each kind at each request",
    "city_feed": "has no index for the newest of one kind across the city",
}


def _told(route: Route) -> object:
    reason = READS_TOO_MUCH.get(route.name)
    marks = pytest.mark.xfail(reason=reason, strict=True) if reason else ()
    return pytest.param(route, marks=marks, id=str(route))


PUBLIC = [_told(route) for route in routes() if _is_read_by_everyone(route)]


@pytest.mark.parametrize("route", PUBLIC)
def test_a_public_page_reads_few_rows_for_each_that_it_shows(city, route):
    path = address(route, city, **({"ref": city.process.ref} if route.name == "log_of" else {}))
    visit = _visit(path)

    assert visit.rows_read <= visit.budget, f"{path}: {visit}"


@pytest.mark.parametrize(
    "path",
    [
        "/beteiligungen/?stand=alle",
        "/beteiligungen/?stand=alle&seite=2",
        "/texte/{text}/{passage}/?reihenfolge=newest",
        "/texte/{text}/{passage}/?reihenfolge=oldest&seite=2",
        "/texte/{text}/synopse/?seite=3",
        "/texte/{text}/synopse/?zeige=beitraege",
        "/beteiligungen/{process}/beitraege/?seite=3",
        "/beteiligungen/{process}/beitraege/?reihenfolge=supported&seite=2",
        "/beteiligungen/{process}/beitraege/?antwort=open&reihenfolge=supported",
        "/beteiligungen/{process}/beitraege/?antwort=not&art=contribution.question",
        "/beteiligungen/{process}/beitraege/?thema=Klima",
        "/beteiligungen/{process}/beitraege/?thema=Wege&antwort=taken_up&seite=2",
        "/beteiligungen/{process}/beitraege/?thema=Klima&art=contribution.question",
        "/beitraege/{contribution}/?reihenfolge=supported",
        "/beitraege/{contribution}/?reihenfolge=newest&seite=2",
        "/werdegang/{process}/",
        "/werdegang/{text}/",
    ],
)
def test_neither_do_other_orders_and_further_pages(city, path):
    names = ("process", "text", "passage", "contribution")
    visit = _visit(path.format(**{name: getattr(city, name).ref for name in names}))

    assert visit.rows_read <= visit.budget, f"{path}: {visit}"


@dataclass(frozen=True)
class Visit:
    """How many rows it read, and how many it showed: entries of lists and tables, or lines of a file."""

    rows_read: int
    shown: int
    is_page: bool
    costly: list[tuple[int, str]]

    @property
    def budget(self) -> int:
        """How many rows it may read."""
        return (ROWS_FOR_EACH_SHOWN if self.is_page else ROWS_FOR_EACH_LINE) * self.shown + LOOKED_UP


def _visit(path: str) -> Visit:
    cache.clear()
    with statements() as asked:
        response = Client().get(path)
        content = response.getvalue()
    if response.status_code == 404:
        pytest.skip("There is no such thing in this city.")
    assert response.status_code == 200, path
    is_page = response.headers["Content-Type"].startswith("text/html")
    lines = max(content.count(b"\n"), content.count(b'"ref"'))
    shown = len(_SHOWN.findall(content.partition(b"<main")[2])) if is_page else lines
    read = [(rows_read(sql, params), str(sql)) for sql, params in asked]
    return Visit(sum(rows for rows, _sql in read), shown, is_page, sorted(read)[-3:])
