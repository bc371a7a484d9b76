"""Numbers of any length in every address, query and form that the code reads; the names are found in the code."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.cache import cache as limits
from django.db import transaction

import mitstadt
from matrix_addresses import address, routes
from matrix_visitors import browser, finish
from scale import scaled, thorough

pytestmark = pytest.mark.usefixtures("db")

SOURCE = Path(mitstadt.__file__).parent
_READ = re.compile(
    r"(?:(?:GET|POST|data)\.get(?:list)?\(\s*|(?:asked_number|page_number|sent_texts?)\(request, )[\"'](\w+)[\"']"
)
_FIELD = re.compile(r"^    (\w+) = (?:forms\.|\w*Field\()", re.MULTILINE)
# More digits than Python reads, than a database holds, and the last before and the first behind what a database holds.
NUMBERS = ("9" * 4_301, str(2**63), "9" * 20, str(2**63 - 1), str(2**31), "-1", "٣", "1e9")
_WHO = ("malik", "guest", "krueger", "ayse", "platform")
_PLAIN = {200, 301, 302, 400, 403, 404, 405, 410, 413, 422, 429}


@cache
def sources():
    """The code, file by file."""
    return [file.read_text("utf-8") for file in SOURCE.rglob("*.py") if "tests" not in file.parts]


def names():
    """What any page or form reads by name."""
    return sorted({"seite", *(name for text in sources() for one in (_READ, _FIELD) for name in one.findall(text))})


def asked(client, url, data, *, method):
    limits.clear()
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        status = response.status_code
        finish(response)
        transaction.set_rollback(True)
    return status


def sent_with(number):
    """The number under every name; in everyday runs the fields of forms have one of three sorts each, by turns."""
    read = names()
    if thorough():
        return dict.fromkeys(read, number)
    by_hand = {name for text in sources() for name in _READ.findall(text)}
    return {name: number if name in by_hand else NUMBERS[place % 3] for place, name in enumerate(read)}


def test_the_names_are_found():
    assert {"seite", "fassung", "teil", "bis", "reuse", "code", "body"} <= set(names())


@pytest.mark.parametrize("number", NUMBERS[: scaled(1, len(NUMBERS))], ids=lambda number: number[:8])
def test_no_page_trips_over_a_number_in_its_query_or_form(city, number):
    found, sent = [], sent_with(number)
    people = {name: browser(city, name) for name in _WHO[: scaled(1, len(_WHO))]}
    for route in routes():
        if route.name == "account_logout":
            continue
        url = address(route, city)
        for name, client in people.items():
            for method in ("get", "post"):
                status = asked(client, url, sent, method=method)
                if status not in _PLAIN:
                    found.append(f"{status} for {method} {url} by {name}")

    assert found == []


@pytest.mark.parametrize("number", NUMBERS[:3], ids=lambda number: number[:8])
def test_no_address_trips_over_a_number_in_its_path(city, number):
    found, tried = [], 0
    client = browser(city, "malik")
    for route in routes():
        for part in re.findall(r"<int:(\w+)>", route.pattern):
            mark = "987654321"
            url = address(route, city, **{part: mark}).replace(mark, number)
            tried += 1
            found += [
                f"{method} {url[:80]}"
                for method in ("get", "post")
                if asked(client, url, {}, method=method) not in _PLAIN
            ]

    assert tried >= 4
    assert found == []
