"""Every address × every persona: who gets what, in one table; an address that is missing there fails by its name."""

from zlib import crc32

import pytest
from django.core.cache import cache
from django.db import transaction

from matrix_addresses import Route, address, routes, table, table_rows
from matrix_visitors import PERSONAS, browser, finish
from scale import thorough

# A form that was sent without a single answer.
UNANSWERED = {"csrfmiddlewaretoken": "-"}
pytestmark = pytest.mark.usefixtures("db")
ROWS = table_rows()


def test_the_table_names_every_route_and_no_other():
    names = [route.name for route in routes()]

    assert sorted(set(names) - {name for name, _method in ROWS}) == [], "missing in the tables"
    assert sorted({name for name, _method in ROWS} - set(names)) == [], "gone from the city"
    assert sorted({name for name in names if names.count(name) > 1}) == [], "one name, two routes"


def test_what_the_tables_call_a_file_is_one_and_everything_else_is_a_page(city):
    wrong = []
    for (name, method), cells in ROWS.items():
        if method == "GET" and 200 in cells:
            route = next(route for route in routes() if route.name == name)
            answer = browser(city, PERSONAS[cells.index(200)]).get(address(route, city))
            kind = answer.headers["Content-Type"]
            answer.getvalue()  # Read to its end; to close it by hand would close the database on PostgreSQL.
            wrong += [name] if (name in table().files) == kind.startswith("text/html") else []

    assert wrong == []


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("route", routes(), ids=str)
def test_each_persona_gets_what_the_table_says(city, route, method):
    expected = ROWS.get((route.name, method))
    # A route without a row for POST answers it like GET: a few show that every day, all in a thorough run.
    told = dict(zip(PERSONAS, expected or ROWS[route.name, "GET"], strict=True))
    asked = PERSONAS if thorough() else _everyday(route, told) if expected else ("guest", "joerg", "malik")

    found = {persona: _status(city, route, method, persona) for persona in asked}

    assert found == {persona: told[persona] for persona in asked}, as_row(route.name, method, found)


def _everyday(route: Route, told: dict[str, int]) -> tuple[str, ...]:
    """All who get something, and two of those who are turned away, by turns over the routes."""
    away = [persona for persona, status in told.items() if status in {403, 404, 405}]
    first = crc32(route.name.encode()) % max(len(away), 1)
    left_out = {*away} - {*[*away, *away][first : first + 2]}
    return tuple(persona for persona in PERSONAS if persona not in left_out)


def _status(city, route: Route, method: str, persona: str) -> int:
    cache.clear()
    with transaction.atomic():
        client = browser(city, persona)
        response = (
            client.get(address(route, city)) if method == "GET" else client.post(address(route, city), UNANSWERED)
        )
        finish(response)
        transaction.set_rollback(True)
    return response.status_code


def as_row(name: str, method: str, found: dict[str, int]) -> str:
    """A line of the table."""
    return f"{name:32} {method:4} " + " ".join(f"{found.get(persona, ''):>10}" for persona in PERSONAS)
