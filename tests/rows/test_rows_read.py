"""No page that everyone may read walks rows that it does not show: what was said elsewhere costs it nothing."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from matrix_addresses import Route, address, routes, table_rows
from matrix_visitors import PERSONAS
from rows_read import rows_of, statements

ROWS_FOR_EACH_SHOWN = 20
# What a page looks up besides, however much was said: areas, phases, the processes of the city.
LOOKED_UP = 1_000
_SHOWN = re.compile(rb"<(?:li|tr|article|dt)[ >]")


def _is_read_by_everyone(route: Route) -> bool:
    return dict(zip(PERSONAS, table_rows().get((route.name, "GET"), ()), strict=False)).get("guest") == 200


PUBLIC = [route for route in routes() if _is_read_by_everyone(route)]


@pytest.mark.slow
@pytest.mark.parametrize("route", PUBLIC, ids=str)
def test_a_public_page_reads_few_rows_for_each_that_it_shows(city, django_db_blocker, route):
    with django_db_blocker.unblock():
        path = address(route, city)
        read, shown = _visit(path)

    assert read <= ROWS_FOR_EACH_SHOWN * shown + LOOKED_UP, f"{path} reads {read} rows and shows {shown}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "/beteiligungen/?stand=alle",
        "/beteiligungen/?stand=alle&seite=2",
        "/texte/{text}/{passage}/?reihenfolge=newest",
        "/texte/{text}/{passage}/?reihenfolge=oldest&seite=2",
        "/texte/{text}/synopse/?seite=3",
        "/texte/{text}/synopse/?zeige=beitraege",
        "/beitraege/{contribution}/?reihenfolge=supported",
        "/beitraege/{contribution}/?reihenfolge=newest&seite=2",
        "/werdegang/{process}/",
        "/werdegang/{text}/",
    ],
)
def test_neither_do_other_orders_and_further_pages(city, django_db_blocker, path):
    with django_db_blocker.unblock():
        names = ("process", "text", "passage", "contribution")
        read, shown = _visit(path.format(**{name: getattr(city, name).ref for name in names}))

    assert read <= ROWS_FOR_EACH_SHOWN * shown + LOOKED_UP, f"{path} reads {read} rows and shows {shown}"


def _visit(path: str) -> tuple[int, int]:
    """How many rows a visit reads, and how many it shows: entries of lists and tables, or lines of a file."""
    cache.clear()
    with statements() as asked:
        response = Client().get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[arg-type]
    assert response.status_code == 200, path
    if response.headers["Content-Type"].startswith("text/html"):
        return rows_of(asked), len(_SHOWN.findall(content.partition(b"<main")[2]))
    return rows_of(asked), max(content.count(b"\n"), content.count(b'"ref"'))
