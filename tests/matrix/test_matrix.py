"""Every address × every persona: who gets what, in one table; an address that is missing there fails by its name."""

import pytest
from django.core.cache import cache
from django.db import transaction

from matrix_addresses import Route, address, routes, table_rows
from matrix_visitors import PERSONAS, browser, finish

# A form that was sent without a single answer.
UNANSWERED = {"csrfmiddlewaretoken": "-"}
pytestmark = pytest.mark.usefixtures("db")
ROWS = table_rows()


def test_the_table_names_every_route_and_no_other():
    names = [route.name for route in routes()]

    assert sorted(set(names) - {name for name, _method in ROWS}) == [], "missing in the tables"
    assert sorted({name for name, _method in ROWS} - set(names)) == [], "gone from the city"
    assert sorted({name for name in names if names.count(name) > 1}) == [], "one name, two routes"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("route", routes(), ids=str)
def test_each_persona_gets_what_the_table_says(city, route, method):
    found = tuple(_status(city, route, method, persona) for persona in PERSONAS)

    # A route without a row for POST answers it like GET.
    expected = ROWS.get((route.name, method)) or ROWS.get((route.name, "GET"))
    assert found == expected, as_row(route.name, method, found)


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


def as_row(name: str, method: str, found: tuple[int, ...]) -> str:
    """A line of the table."""
    return f"{name:32} {method:4} " + " ".join(f"{status:>10}" for status in found)
