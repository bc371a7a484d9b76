"""Each number that the demo city shows beside a link is the number of things behind that link, whoever counted them."""

import json
import re
from functools import cache
from itertools import islice

import pytest
from django.test import Client

from mitstadt.spine import kinds
from mitstadt.spine.models import Record
from scale import scaled

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("built")]

_LINK = re.compile(r'<a\b[^>]*href="([^"#]+)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]+>")
_COUNTED = re.compile(r"(?<![\d.])([\d.]+)\s+(Beitr[aä]ge?|Kommentare?)(?!\w)")


@pytest.fixture
def read():
    """Reads a page as a guest, once."""
    client = Client()

    @cache
    def page(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return (response.getvalue() if response.streaming else response.content).decode()

    return page


def links_with_numbers(page):
    """The links of a page that say how many there are behind them."""
    for href, words in _LINK.findall(page):
        said = " ".join(_TAG.sub(" ", words).split())
        if found := _COUNTED.search(said):
            yield href, int(found[1].replace(".", "")), "talk" if found[2].startswith("Beitr") else "comment"


def some(links):
    """Every tenth in an everyday run, all in a thorough one."""
    return islice(links, 0, None, scaled(10, 1))


def all_pages(read, address):
    """A list with all its pages, one after the other."""
    first = read(address)
    numbers = [int(number) for number in re.findall(r"[?&](?:amp;)?seite=(\d+)", first)]
    sign = "&" if "?" in address else "?"
    return [first, *(read(f"{address}{sign}seite={number}") for number in range(2, max(numbers, default=1) + 1))]


def things_at(read, address, what):
    """How many things of this class stand on all pages of the list, without places whose words are gone."""
    shown = "".join(all_pages(read, address))
    gone = shown.count("Dieser Kommentar wurde zurückgezogen, gelöscht oder ausgeblendet.") if what == "comment" else 0
    return len(re.findall(rf'<article class="{what}(?: [^"]*)?"', shown)) - gone


def texts():
    """The addresses of every edition of every text of the city that everyone may read."""
    for text in Record.objects.filter(kind="text", state="published").order_by("pk"):
        yield f"/texte/{text.ref}/"


def test_every_number_at_a_text_is_that_of_the_page_behind_it(read):
    wrong, looked_at = [], 0
    for text in texts():
        editions = sorted(set(re.findall(rf'href="({re.escape(text)}\?fassung=\d+)"', read(text))))
        for address in [text, *editions]:
            for href, number, what in some(links_with_numbers(read(address))):
                looked_at += 1
                if (behind := things_at(read, href, what)) != number:
                    wrong.append(f"{address} says {number} of {href}, where there are {behind}")

    assert wrong == []
    assert looked_at > scaled(10, 50)


def test_every_number_of_comments_is_that_of_the_page_behind_it(read):
    wrong, looked_at = [], 0
    for text in texts():
        for href, number, _what in some(links_with_numbers(read(text))):
            if not number:
                continue
            for at, count, what in [one for page in all_pages(read, href) for one in links_with_numbers(page)]:
                if what == "comment":
                    looked_at += 1
                    behind = things_at(read, at, what)
                    wrong += [f"{href} says {count} of {at}, where there are {behind}"] if behind != count else []

    assert wrong == []
    assert looked_at > scaled(10, 50)


def test_the_voices_of_a_process_are_those_of_its_open_data(read):
    answerable = kinds.answerable_kinds()
    compared = 0
    for card in re.findall(r'<article class="card .*?</article>', read("/beteiligungen/?stand=alle"), re.S):
        ref = re.search(r"/beteiligungen/([2-9A-Z-]{9})/", card)[1]
        voices = re.search(r"([\d.]+)\s+Beitr(?:ag|äge)\b", card)
        data = json.loads(read(f"/beteiligungen/{ref}/daten.json"))
        said = [record for record in data["records"] if record["kind"] in answerable]
        assert (int(voices[1].replace(".", "")) if voices else 0) == len(said), ref
        compared += bool(voices)

    assert compared


def test_the_word_for_people_never_covers_guests(read):
    """Beside every “… Menschen unterstützen das” stands the number of people, and guests behind it."""
    wrong, looked_at = [], 0
    for record in Record.objects.filter(kind="contribution", state="published", guest_support_count__gt=0)[:40]:
        looked_at += 1
        page = read(f"/beitraege/{record.ref}/")
        people, guests = record.support_count, record.guest_support_count
        told = re.search(r"([\d.]+) Mensch(?:en)? unterstütz(?:t|en) das, dazu ([\d.]+) G[aä]st", page)
        if told is None or (int(told[1]), int(told[2])) != (people, guests):
            wrong.append(record.ref)

    assert looked_at
    assert wrong == []
