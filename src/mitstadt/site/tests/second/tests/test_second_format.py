"""A Format that nothing outside its folder names stands on every page that brings slices together."""

import json
from datetime import timedelta
from itertools import product

import pytest

from cast import NOW, ayşe, changed_by_two, ida, jörg, krüger, malik, prepared_process
from html_client import CityClient
from mitstadt.ground import clock
from mitstadt.participation.drafting.models import CoText
from mitstadt.participation.drafting.tests.builders import comment_at, imported, passage
from mitstadt.site.backup import tables
from mitstadt.site.tests.second.actions import wish
from mitstadt.site.tests.second.models import Wish, WishList
from mitstadt.site.tests.second.tests.second_city import DAY, opened_list, planned_list
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.moderation import report
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.actions.supports import support
from mitstadt.spine.actions.withdrawal import erase
from mitstadt.spine.amending import SHORTEN
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Notice, ReportReason
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.shortening import stretch

pytestmark = pytest.mark.django_db
BY_CODE = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _time_of_the_cast(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def where():
    return opened_list()


@pytest.fixture
def wished(where):
    return wish(where, actor=jörg(), body="Ein Trinkbrunnen am Spielplatz.", now=NOW - DAY / 2)


def read(address, actor=None):
    client = CityClient(unique_titles=False)
    if actor:
        client.force_login(actor.person, backend=BY_CODE)
    page = client.get(address)
    assert page.status_code == 200, address
    return page.getvalue().decode() if page.streaming else page.content.decode()


def test_the_process_shows_it_as_a_way_to_take_part_and_its_results(where):
    page = read(f"/beteiligungen/{where.home.ref}/")

    assert "Wünsche sammeln" in page
    assert "Sagen Sie, was Sie sich wünschen." in page
    assert f'href="/wuensche/{where.ref}/"' in page
    assert "Alle Beiträge und Antworten: Wünsche für den Platz" in page


def test_the_dashboard_counts_what_waits_in_it_and_what_it_adds(where, wished):
    page = read(f"/beteiligungen/{where.home.ref}/leitung/", malik())

    assert "Wünsche für den Platz" in page
    assert "Wünsche ohne Ort" in page
    assert "Wünsche beantworten" in page
    assert "1 Beitrag wartet" in read("/arbeitsplatz/", malik())


def test_who_plans_a_process_can_choose_it(where):
    assert "Wünsche sammeln" in read(f"/beteiligungen/{where.home.ref}/leitung/teile/neu/", malik())


def test_its_own_settings_stand_among_what_is_said_of_the_part():
    planned = planned_list(prepared_process())

    assert "Längster Wunsch" in read(f"/teile/{planned.ref}/leitung/angaben/", malik())
    told = read(f"/teile/{planned.ref}/leitung/", malik())
    assert "keine Angabe" in told
    assert "fehlt noch" not in told, "nobody has to say it"


def test_frau_krüger_enters_slips_for_it_finds_them_in_her_day_and_takes_one_back(where, wished):
    client = CityClient(unique_titles=False)
    client.force_login(krüger().person)
    desk = f"/beteiligungen/{where.home.ref}/schalter/"
    desk = client.get(desk, follow=True).redirect_chain[-1][0] if client.get(desk).status_code == 302 else desk
    page = client.get(desk).content.decode()
    assert 'name="wish"' in page

    sent = {
        "submission_key": "0d5e5a5e-6a3f-4a57-8d0e-3b4f1c2d3e4f",
        "channel": "paper",
        "wish": "Mehr Schatten.",
        "spot": "Bushalt",
        "supports": wished.ref,
        "code": "",
    }
    assert client.post(desk, sent).status_code == 302

    entered = Wish.objects.get(body="Mehr Schatten.")
    assert (entered.entered_by, entered.channel, entered.spot) == (krüger().person, "paper", "Bushalt")
    wished.refresh_from_db()
    assert wished.support_count == 1
    assert "Mehr Schatten." in client.get(desk).content.decode()


def test_who_judges_a_wish_sees_what_stands_around_it(where, wished):
    said = wish(where, actor=jörg(), body="Weg mit euch.", spot="Bushalt", now=NOW)
    report(said, actor=ida(), reason=ReportReason.INSULT, text="", now=NOW)

    assert said.ref in read("/moderation/", ayşe())
    page = read(f"/moderation/{said.ref}/", ayşe())
    assert "Gewünscht für" in page
    assert "Bushalt" in page


def test_it_is_found_and_narrowed_to_its_kind(wished):
    assert wished.ref in read("/suche/?q=Trinkbrunnen")
    assert wished.ref in read("/suche/?q=Trinkbrunnen&art=wish")
    assert '<option value="wish"' in read("/suche/?q=Trinkbrunnen")


def test_it_is_on_my_page_with_what_became_of_it(wished):
    page = read("/meine-seite/", jörg())

    assert "Ein Trinkbrunnen am Spielplatz." in page
    assert "wartet auf Antwort" in page


def test_its_trail_begins_in_its_own_words_and_says_that_an_answer_is_owed(wished):
    page = read(f"/werdegang/{wished.ref}/")

    assert "Jörg wünscht sich etwas." in page
    assert "Die Antwort steht noch aus." in page


def test_the_log_says_its_acts_in_its_own_words(wished):
    assert "Wunsch eingegangen" in read("/protokoll/")
    assert "Wunsch eingegangen" in read(f"/protokoll/{wished.ref}/")


def test_followers_hear_of_it_in_its_own_words(where):
    follow(where, actor=ida(), now=NOW)
    wish(where, actor=jörg(), body="Schaukeln.", now=NOW)
    wish(where, actor=ida(), body="Wippen.", now=NOW)

    told = Notice.objects.exclude(person=malik().person)
    assert list(told.values_list("person__display_name", "event")) == [("Ida", "wished")]
    assert "Jemand hat sich etwas gewünscht." in read("/meine-seite/neues/", ida())


def test_open_data_tell_it_with_its_own_facts(where):
    said = wish(where, actor=jörg(), body="Schaukeln.", spot="Spielplatz", now=NOW)

    data = json.loads(read(f"/beteiligungen/{where.home.ref}/daten.json"))

    [row] = [row for row in data["records"] if row["ref"] == said.ref]
    assert (row["kind"], row["spot"]) == ("wish", "Spielplatz")
    assert {phase["format"] for phase in data["phases"]} == {"wishes"}


def test_its_receipt_and_its_own_data_are_like_everyones(wished):
    assert "Ihr Wunsch ist angekommen." in read(f"/beleg/{wished.ref}/", jörg())
    client = CityClient(unique_titles=False)
    client.force_login(jörg().person)
    assert "Ein Trinkbrunnen" in client.post("/meine-seite/daten/").getvalue().decode()


def test_what_is_erased_is_emptied_in_its_own_table(where):
    said = wish(where, actor=jörg(), body="Schaukeln.", spot="Vor Haus 7", now=NOW)

    erase(said, actor=jörg(), now=NOW)

    assert Wish.objects.get(pk=said.pk).spot == ""


# Two Formats in one process: each part has its own time.


@pytest.fixture
def text_over():
    """A text whose phase is over beside wishes that are still collected."""
    process = prepared_process()
    text = imported(process)
    listed = planned_list(process)
    open_process(process, actor=malik(), now=NOW - 2 * DAY)
    where = passage(text, "Für Kinder")
    said = comment_at(where, actor=jörg())
    phase = text.phases.get()
    ended_at = NOW - timedelta(hours=1)
    over = {"phases": [stretch(phase, phase.opens_at, ended_at)]}
    changed_by_two(text.home, SHORTEN, after=over, reason="Es ist alles gesagt.", now=ended_at)
    return where, said, WishList.objects.get(pk=listed.pk)


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_late_words_support_and_comments_to_a_closed_text_are_refused_while_wishes_are_collected(text_over):
    where, said, wishes = text_over

    assert wish(wishes, actor=ida(), body="Das geht noch.", now=NOW)
    for late in (
        lambda: comment_at(fresh(where), actor=ida()),
        lambda: support(fresh(said), actor=ida(), now=NOW),
        lambda: comment(fresh(said), actor=ida(), text="Zu spät.", now=NOW),
    ):
        with pytest.raises(Refused, match="phase_over"):
            late()


def test_late_forms_are_given_back_with_the_sentence_and_what_was_typed(text_over):
    _where, said, _wishes = text_over
    client = CityClient(unique_titles=False)
    client.force_login(ida().person)

    page = client.post(f"/eintraege/{said.ref}/kommentieren/", {"text": "Zu spät gesagt.", "stance": "for"})

    assert page.status_code == 422
    assert "Zu spät gesagt." in page.content.decode()
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")
    assert fresh(said).support_count == 0


def test_a_text_takes_no_wishes_and_a_list_of_wishes_no_support(text_over):
    where, _said, wishes = text_over
    text = CoText.objects.get(pk=where.part_id)

    for thing, deed in product((text, wishes, where), (Deed.SUPPORT, Deed.COMMENT)):
        assert permit_on(ida(), deed, thing, now=NOW).reason == "kind_takes_no_such_deed", (thing, deed)


def test_its_rows_are_in_the_backup_with_all_that_they_say(where):
    wish(where, actor=jörg(), body="Schaukeln.", spot="Vor Haus 7", now=NOW)

    assert Wish in tables.kept_models()
    assert b"Vor Haus 7" in b"".join(tables.dumped(Wish))
