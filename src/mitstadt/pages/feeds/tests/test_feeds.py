"""Feeds, calendars, cards and the sitemap: well made, in the reader's language, and of public things alone."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own
from PIL import Image

from cast import LATER, NOW, ida, jörg, malik
from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.people.models import Person
from mitstadt.pages.feeds import sitemap
from mitstadt.pages.feeds.calendar import Event, calendar_file
from mitstadt.pages.feeds.cards import SIZE, drawn_card
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.models import Phase, Record, RecordState
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    made = contribution(process, actor=jörg(), body="Mehr <b>Trinkbrunnen</b> & Schatten.")
    set_theme(part_in(process), [made], actor=malik(), theme="Wasser", now=NOW)
    return made


@pytest.fixture
def mitte(process):
    made = Area.objects.create(
        official_id="x",
        scheme="trial",
        level=Level.DISTRICT,
        path="zzza",
        slug="mitte",
        official_name="Mitte",
        search_key="mitte",
        valid_from=date(2020, 1, 1),
    )
    Record.objects.filter(pk=process.pk).update(area=made)
    return made


def read(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(answer.content)


def titles(feed) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def where(process, said) -> dict[str, str]:
    return {
        "eintrag": process.ref,
        "gebiet": "mitte",
        "organisation": process.host.slug,
        "thema": "Wasser",
        "suche": "q=Trinkbrunnen",
    }


@pytest.mark.parametrize("kind", ["eintrag", "gebiet", "organisation", "thema", "suche"])
def test_each_target_has_a_feed_that_a_reader_understands(client, process, said, mitte, kind):
    feed = read(client, f"/atom/{kind}/", was=where(process, said)[kind])

    [first, *_rest] = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}id").startswith("tag:")
    assert first.findtext(f"{ATOM}id").startswith("tag:")
    assert first.find(f"{ATOM}link").get("href").startswith("http://127.0.0.1:8000/")
    assert first.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"alternate", "self"}


def test_the_city_has_one_too(client, process, said):
    assert f"Beteiligung: {process.title}" in titles(read(client, "/atom/"))


def test_words_of_people_are_words_and_no_markup(client, process, said):
    [entry] = read(client, "/atom/thema/", was="Wasser").findall(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}summary") == "Mehr <b>Trinkbrunnen</b> & Schatten."
    assert entry.find(f"{ATOM}author").findtext(f"{ATOM}name") == "Jörg"


def test_a_person_without_a_public_name_has_none_in_a_feed(client, process, said):
    Person.objects.filter(pk=jörg().person.pk).update(display_name="")

    assert "Jörg" not in client.get("/atom/thema/", {"was": "Wasser"}).content.decode()


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "held", "internal", "draft"])
def test_what_is_no_longer_public_leaves_every_feed(client, process, said, mitte, state):
    other = contribution(process, actor=ida(), body="Noch ein Trinkbrunnen.")
    set_theme(part_in(process), [other], actor=malik(), theme="Wasser", now=NOW)
    below = comment(said, actor=ida(), text="Trinkbrunnen, ja.", now=NOW)
    Record.objects.filter(pk=said.pk).update(state=state)

    for kind, was in where(process, said).items():
        words = client.get(f"/atom/{kind}/", {"was": was}).content.decode()
        assert said.ref not in words, kind
        if state in {"hidden", "withdrawn"}:
            assert below.ref not in words, f"{kind}: what answered it went with it"
    assert client.get("/atom/eintrag/", {"was": said.ref}).status_code == 404


@pytest.mark.parametrize("address", ["atom/eintrag", "kalender/eintrag", "karte/eintrag"])
def test_who_may_see_more_gets_no_more(client, process, said, address):
    Record.objects.filter(pk=process.pk).update(state=RecordState.INTERNAL)
    client.force_login(malik().person)

    assert client.get(f"/{address}/", {"was": process.ref}).status_code == 404


def test_a_feed_that_did_not_change_is_not_sent_again_and_one_that_lost_something_is(client, process, said):
    first = client.get("/atom/thema/", {"was": "Wasser"})
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Last-Modified"]
    again = {"If-None-Match": first.headers["ETag"]}

    assert client.get("/atom/thema/", {"was": "Wasser"}, headers=again).status_code == 304

    other = contribution(process, actor=ida(), body="Brunnen.")
    set_theme(part_in(process), [other], actor=malik(), theme="Wasser", now=NOW)
    Record.objects.filter(pk=said.pk).update(state=RecordState.HIDDEN)
    assert client.get("/atom/thema/", {"was": "Wasser"}, headers=again).status_code == 200


def test_whoever_is_signed_in_keeps_nothing(client, process):
    client.force_login(ida().person)

    assert client.get("/atom/").headers["Cache-Control"] == "private, no-store"


def test_a_feed_speaks_the_language_of_its_address(client, process):
    feed = read(client, "/en/atom/")

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert "/en/beteiligungen/" in etree.tostring(feed).decode()


def test_a_feed_takes_the_same_queries_for_one_entry_and_for_twenty(client, process, said):
    def queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            client.get("/atom/eintrag/", {"was": process.ref})
        return len(ran)

    comment(said, actor=ida(), text="Ja.", now=LATER)
    one = queries()
    for n in range(20):
        comment(said, actor=ida(), text=f"Ja {n}.", now=LATER)

    assert queries() == one


# --- calendar ---


def unfolded(answer) -> list[str]:
    words = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in words.split("\r\n"))
    return words.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("kind", ["eintrag", "gebiet", "organisation"])
def test_dates_of_a_process_come_into_a_calendar(client, process, said, mitte, kind):
    answer = client.get(f"/kalender/{kind}/", {"was": where(process, said)[kind]})
    lines = unfolded(answer)

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2, "the phase, and the day of the answer"
    assert "DTSTART;VALUE=DATE:20270701" in lines
    assert "DTSTART:20270503T100000Z" in lines
    assert "LOCATION:Mitte" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 2


def test_a_moved_phase_keeps_its_name_in_the_calendar(client, process):
    def uids() -> set[str]:
        return {line for line in unfolded(client.get("/kalender/eintrag/", {"was": process.ref})) if "UID:" in line}

    before = uids()
    phase = Phase.objects.get()
    Phase.objects.filter(pk=phase.pk).update(closes_at=phase.closes_at + timedelta(days=3))

    assert uids() == before


def test_a_cancelled_process_is_cancelled_in_the_calendar(client, process):
    process.stage, process.closed_at, process.cancelled_at = "closed", NOW, NOW
    process.save()

    assert "STATUS:CANCELLED" in unfolded(client.get("/kalender/eintrag/", {"was": process.ref}))


def test_no_words_begin_a_line_or_a_field_of_their_own():
    evil = "Platz\r\nBEGIN:VEVENT\nSUMMARY:x;y,z\\\x07" + "\N{PARTY POPPER}" * 40
    event = Event("k", evil, NOW, LATER, evil, "http://x.example/", evil, NOW)

    words = calendar_file([event], name=evil)

    lines = words.split("\r\n")
    assert words.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in words.replace("\r\n", "")
    assert "\x07" not in words
    assert "x\\;y\\,z\\\\" in words.replace("\r\n ", "")


def test_what_has_no_dates_has_no_calendar(client, said):
    for kind, was in (("eintrag", said.ref), ("thema", "Wasser"), ("suche", "q=Trinkbrunnen")):
        assert client.get(f"/kalender/{kind}/", {"was": was}).status_code == 404


# --- card ---


def test_a_card_is_a_picture_of_the_size_that_others_show(client, process):
    answer = client.get("/karte/eintrag/", {"was": process.ref})

    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == SIZE
    assert len(answer.content) < 60_000


@pytest.mark.parametrize("title", ["", "W" * 400, "كيف نريد الساحة؟", "\N{PARTY POPPER}", "a " * 300])
def test_any_title_can_be_drawn(title):
    assert Image.open(BytesIO(drawn_card(title, "Bezirksamt"))).size == SIZE


def test_a_shared_page_says_what_it_is(client, process):
    page = client.get(f"/beteiligungen/{process.ref}/").content.decode()

    assert f'property="og:title" content="{process.title}"' in page
    assert f'property="og:url" content="http://127.0.0.1:8000/{process.ref}"' in page
    assert 'name="description"\n    content="Worum es geht."' in page
    image = re.search(r'property="og:image" content="http://127.0.0.1:8000([^"]+)"', page)[1]
    assert client.get(image).status_code == 200


def test_a_page_that_is_not_for_everyone_is_not_shared(client, process, said):
    Record.objects.filter(pk=said.pk).update(state=RecordState.HELD)
    client.force_login(jörg().person)

    page = client.get(f"/eintraege/{said.ref}/").content.decode()

    assert "og:image" not in page
    assert "Teilen und abonnieren" not in page


# --- sitemap ---


def addresses(client) -> list[str]:
    index = etree.fromstring(client.get("/sitemap.xml").content)
    found = []
    for place in index.iter("{*}loc"):
        answer = client.get(place.text.removeprefix("http://127.0.0.1:8000"))
        found += [one.text for one in etree.fromstring(b"".join(answer.streaming_content)).iter("{*}loc")]
    return found


def test_the_sitemap_has_what_is_public_and_nothing_else(client, process, said):
    hidden = contribution(process, actor=ida(), body="Verborgen.")
    Record.objects.filter(pk=hidden.pk).update(state=RecordState.HIDDEN)

    found = addresses(client)

    assert f"http://127.0.0.1:8000/beteiligungen/{process.ref}/" in found
    assert any(said.ref in one for one in found)
    assert not [one for one in found if hidden.ref in one or "meine-seite" in one]
    assert len(found) == len(set(found))


def test_the_sitemap_is_cut_into_files(client, process, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_FILE", 2)
    for n in range(5):
        contribution(process, actor=jörg(), body=f"Bank {n}.")

    assert len([one for one in addresses(client) if "/eintraege/" in one]) == 5
    assert client.get("/sitemap/contribution-99.xml").status_code == 404
    assert client.get("/sitemap/nichts-1.xml").status_code == 404


def test_robots_are_told_where_it_is(client):
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("kind", ["eintrag", "gebiet", "organisation", "thema", "suche", "nichts"])
@pytest.mark.parametrize("was", ["", "nichts", "\0", "' OR 1=1", "\N{ROCKET}" * 700])
def test_nonsense_has_no_feed(client, kind, was):
    if kind == "suche" and was not in {"", "\0"}:
        was = "art=comment"
    for address in ("atom", "kalender", "karte"):
        assert client.get(f"/{address}/{kind}/", {"was": was}).status_code == 404


def test_signs_that_no_file_bears_are_no_words_of_a_search(client, process, said):
    read(client, "/atom/suche/", was="q=Trink%0Bbrunnen%01")


def test_nobody_lets_the_city_say_words_of_their_own_on_a_card(client, process, said):
    ours = client.get("/karte/suche/", {"was": "q=Brunnen"})

    assert client.get("/karte/suche/", {"was": "q=Die+Wahl+ist+abgesagt"}).content == ours.content


def test_what_was_said_about_something_hidden_is_not_in_the_sitemap(client, process, said):
    other = contribution(process, actor=ida(), body="Brunnen.")
    Record.objects.filter(pk=other.pk).update(about=said)
    Record.objects.filter(pk=said.pk).update(state=RecordState.HIDDEN)

    told = "".join(line for name, number in sitemap.files() for line in sitemap.addresses(name, number))
    assert other.ref not in told
    Record.objects.filter(pk=said.pk).update(state=RecordState.PUBLISHED)
    told = "".join(line for name, number in sitemap.files() for line in sitemap.addresses(name, number))
    assert other.ref in told
