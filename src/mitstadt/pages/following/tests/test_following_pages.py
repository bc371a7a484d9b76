"""Follow by one button: areas, themes, organisations, searches and records; guests read how, and learn nothing more."""

from datetime import timedelta

import pytest

from cast import LATER, NOW, ayşe, ida, jörg, malik
from mitstadt.ground import clock
from mitstadt.pages.search.following import look_again
from mitstadt.spine.actions.sorting import set_theme
from mitstadt.spine.models import Follow, Notice, Record, RecordState
from mitstadt.spine.queries.news import grouped, page_of_deeds
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    made = contribution(process, actor=jörg(), body="Mehr Trinkbrunnen im Schatten.")
    set_theme(part_in(process), [made], actor=malik(), theme="Wasser & Hitze", now=NOW)
    return made


def as_(client, actor):
    client.force_login(actor.person)
    return client


def followed(actor) -> list[str]:
    return [row.target for row in Follow.objects.filter(person=actor.person).order_by("pk")]


@pytest.mark.parametrize("kind", ["eintrag", "organisation", "thema", "suche"])
def test_ida_follows_and_stops(client, process, said, kind):
    was = {"eintrag": said.ref, "organisation": process.host.slug, "thema": "Wasser & Hitze", "suche": "q=Schatten"}
    as_(client, ida())

    assert client.post(f"/folgen/{kind}/", {"was": was[kind]}).status_code == 302
    assert client.post(f"/folgen/{kind}/", {"was": was[kind]}).status_code == 302, "twice is once"
    assert len(followed(ida())) == 1
    mine = client.get("/meine-seite/folge-ich/").content.decode()
    assert "Nicht mehr folgen" in mine

    client.post(f"/folgen/{kind}/", {"was": was[kind], "ende": "1"})
    assert followed(ida()) == []


def test_nothing_happens_by_a_link_alone(client, process):
    page = as_(client, ida()).get("/folgen/organisation/", {"was": process.host.slug})

    assert "Folgen" in page.content.decode()
    assert followed(ida()) == []


def test_a_tap_answers_with_the_control_and_says_it(client, process):
    answer = as_(client, ida()).post("/folgen/eintrag/", {"was": process.ref}, headers=IN_PLACE)

    words = answer.content.decode()
    assert "<main" not in words
    assert "Nicht mehr folgen" in words
    assert "geschehen" in words


def test_a_guest_sees_the_way_and_is_told_how(client, process):
    page = client.get(f"/beteiligungen/{process.ref}/").content.decode()
    assert f"/folgen/eintrag/?was={process.ref}" in page

    told = client.post("/folgen/eintrag/", {"was": process.ref}, follow=True).content.decode()
    assert "Mit Konto" in told
    assert "Ohne Konto" in told
    assert f"next=%2Ffolgen%2Feintrag%2F%3Fwas%3D{process.ref}" in told
    assert not Follow.objects.filter(record=process).exclude(person=malik().person).exists()


@pytest.mark.parametrize("state", ["draft", "held", "internal", "hidden", "erased"])
def test_what_is_not_public_does_not_exist_for_strangers(client, process, said, state):
    Record.objects.filter(pk=said.pk).update(state=state, **({"body": "", "author": None} if state == "erased" else {}))
    as_(client, ida())

    assert client.get("/folgen/eintrag/", {"was": said.ref}).status_code == 404
    assert client.post("/folgen/eintrag/", {"was": said.ref}).status_code == 404
    assert client.get("/folgen/thema/", {"was": "Wasser & Hitze"}).status_code == 404
    assert client.get("/themen/", {"thema": "Wasser & Hitze"}).status_code == 404


@pytest.mark.parametrize("kind", ["eintrag", "gebiet", "organisation", "thema", "suche", "nichts"])
@pytest.mark.parametrize("was", ["", "'; DROP", "\N{ROCKET}" * 400, "q=9KJ7-8R8J-KH4D-WPM9", "\0", "q=" + "a" * 900])
def test_nonsense_is_no_target(client, kind, was):
    as_(client, ida())
    if kind == "suche" and was == "'; DROP":
        was = "art=contribution"

    assert client.get(f"/folgen/{kind}/", {"was": was}).status_code == 404
    assert client.post(f"/folgen/{kind}/", {"was": was}).status_code == 404


def test_the_page_of_a_theme_tells_what_was_said(client, said):
    page = client.get("/themen/", {"thema": "Wasser & Hitze"}).content.decode()

    assert "Mehr Trinkbrunnen" in page
    assert "Wasser &amp; Hitze" in page


def test_a_search_is_kept_in_one_spelling(client, said):
    as_(client, ida())
    client.post("/folgen/suche/", {"was": "q=Schatten&art=&gebiet=nirgends"})
    client.post("/folgen/suche/", {"was": "art=&q=++Schatten"})

    [row] = Follow.objects.filter(person=ida().person)
    assert row.search == "q=Schatten"


def test_who_follows_a_search_hears_of_new_hits_once_and_not_of_old_ones(client, process, said):
    as_(client, ida()).post("/folgen/suche/", {"was": "q=Trinkbrunnen"})
    new = contribution(process, actor=jörg(), body="Ein Trinkbrunnen am Eingang.", now=LATER)
    contribution(process, actor=jörg(), body="Weniger Poller.", now=LATER)
    hidden = contribution(process, actor=jörg(), body="Kein Trinkbrunnen.", now=LATER)
    Record.objects.filter(pk=hidden.pk).update(state=RecordState.HIDDEN)

    assert look_again(LATER + timedelta(hours=1)) == 1
    assert look_again(LATER + timedelta(hours=2)) == 0
    assert [one.said_id for one in Notice.objects.filter(person=ida().person)] == [new.pk]


def test_all_that_a_search_finds_at_once_is_one_line(client, process, said):
    as_(client, ida()).post("/folgen/suche/", {"was": "q=Trinkbrunnen"})
    for n in range(7):
        contribution(process, actor=jörg(), body=f"Ein Trinkbrunnen, der {n}.", now=LATER)

    assert look_again(LATER + timedelta(hours=1)) == 7
    page, rows = page_of_deeds(ida().person, None)
    [deed] = grouped(rows)[0].deeds

    assert page.paginator.count == 1
    assert 1 + len(deed.subjects) + deed.more == 7
    assert "Trinkbrunnen" in deed.words


def test_nobody_is_told_that_their_own_words_were_found(client, process, said):
    as_(client, jörg()).post("/folgen/suche/", {"was": "q=Trinkbrunnen"})
    contribution(process, actor=jörg(), body="Ein Trinkbrunnen am Eingang.", now=LATER)

    assert look_again(LATER + timedelta(hours=1)) == 0


def test_so_many_searches_and_no_more(client, monkeypatch, said):
    monkeypatch.setattr("mitstadt.spine.actions.follows.MOST_SEARCHES", 1)
    as_(client, ida()).post("/folgen/suche/", {"was": "q=Schatten"})

    page = client.post("/folgen/suche/", {"was": "q=Sonne"}, headers=IN_PLACE)

    assert page.status_code == 422
    assert "schon 1 Suchen" in page.content.decode()
    assert followed(ida()) == ["search"]


def test_nobody_ends_what_somebody_else_follows(client, process):
    Follow.objects.create(person=ayşe().person, organisation=process.host, created_at=NOW)

    as_(client, ida()).post("/folgen/organisation/", {"was": process.host.slug, "ende": "1"})

    assert followed(ayşe()) == ["organisation"]


def test_the_head_says_how_many_news_there_are_to_who_is_signed_in_alone(client, process, said):
    Notice.objects.create(person=ida().person, record=process, event="announced", created_at=NOW)

    assert "noch nicht gelesen" not in client.get(f"/beteiligungen/{process.ref}/").content.decode()
    page = as_(client, ida()).get(f"/beteiligungen/{process.ref}/")
    assert "1 Nachricht, noch nicht gelesen" in " ".join(page.content.decode().split())
    assert "private" in page.headers["Cache-Control"] or "no-store" in page.headers["Cache-Control"]

    client.post("/meine-seite/neues/gelesen/", {"bis": clock.now().isoformat()})
    assert "noch nicht gelesen" not in client.get(f"/beteiligungen/{process.ref}/").content.decode()


def test_the_page_before_is_returned_to(client, process):
    page = "http://testserver/beteiligungen/?gebiet=mitte&stand=alle"

    answer = as_(client, ida()).post("/folgen/organisation/", {"was": process.host.slug}, headers={"Referer": page})

    assert answer.headers["Location"] == "/beteiligungen/?gebiet=mitte&stand=alle"
