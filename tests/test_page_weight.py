"""What a first visit loads, as it goes over the line: the page, its styles and scripts compressed, and the typefaces.

Pictures of people and hosts are not counted. The goal is 120 KB in all.
"""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from mitstadt.spine.tests.trial_format import running_process

pytestmark = pytest.mark.django_db
KB = 1024
MOST_BESIDE_TYPEFACES = 56 * KB
MOST_FOR_A_TYPEFACE = 26 * KB
# Two of the interface, one for headings; a text that is written together takes a fourth.
TYPEFACES = ("fira-sans/latin-400", "fira-sans/latin-600", "source-serif/latin-600", "source-serif/latin-400")


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def static_file(address: str) -> bytes:
    found = finders.find(address.removeprefix("/static/"))
    assert isinstance(found, str), address
    return Path(found).read_bytes()


def loaded_by(page: bytes) -> dict[str, int]:
    """What the page asks for at once, with its size."""
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page.decode())
    return {address: compressed(static_file(address)) for address in dict.fromkeys(addresses)}


@pytest.mark.parametrize("address", ["/", "/beteiligungen/", "/zusagen/", "/suche/?q=Bank", "/konto/login/"])
def test_a_page_is_light_beside_its_typefaces(client, address):
    running_process(title="Wie wird der Platz?")
    page = client.get(address).content
    loaded = loaded_by(page)

    assert len(loaded) > 10, "styles and scripts were found"
    total = compressed(page) + sum(loaded.values())
    assert total <= MOST_BESIDE_TYPEFACES, sorted(loaded.items(), key=lambda one: -one[1])[:5]


@pytest.mark.parametrize("name", TYPEFACES)
def test_a_typeface_is_light(name):
    assert len(static_file(f"/static/vendor/{name}.woff2")) <= MOST_FOR_A_TYPEFACE
