"""My page: what I said and what became of it, for me alone, in a constant number of queries."""

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import LATER, NOW, ayşe, ida, jörg, malik
from mitstadt.ground.people.models import DigestRhythm, Person
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.codes import issue_codes
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.moderation import decide, open_case
from mitstadt.spine.actions.supports import support
from mitstadt.spine.models import (
    Act,
    AnswerDecision,
    Channel,
    Follow,
    ModerationVerdict,
    Notice,
    Record,
    Turn,
)
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import just_proved

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
PAGES = ["my_page", "my_supports", "my_follows", "my_notices", "my_settings", "my_sessions", "my_events", "my_deletion"]


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def said(process):
    return contribution(process, actor=jörg())


def as_(client, actor):
    client.force_login(actor.person)
    just_proved(client)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_guests_are_asked_to_sign_in_and_led_back(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer.url == f"/konto/login/?next={reverse(name)}"


@pytest.mark.parametrize("name", ["my_data", "my_notices_seen"])
def test_guests_and_links_get_no_data(client, name):
    assert client.post(reverse(name)).status_code == 302
    assert as_(client, jörg()).get(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_part_is_sound_also_when_it_is_empty(client, name, prefix):
    assert as_(client, jörg()).get(prefix + reverse(name)).status_code == 200


def test_jörg_reads_what_became_of_his_contribution(client, process, said):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.PARTLY, reason="Vier Bänke.", now=LATER)

    page = as_(client, jörg()).get("/meine-seite/").content.decode()

    assert "Mehr Bänke im Schatten." in page
    assert "teilweise übernommen" in page
    assert "Vier Bänke." in page
    assert f"/werdegang/{said.ref}/" in page


def test_ida_does_not_see_what_jörg_said_as_hers(client, said):
    assert said.ref not in as_(client, ida()).get("/meine-seite/").content.decode()


def test_a_hidden_contribution_says_why(client, said):
    case = open_case(said, now=NOW)
    decide(case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Das beleidigt.", now=LATER)

    page = as_(client, jörg()).get("/meine-seite/").content.decode()

    assert "ausgeblendet" in page
    assert "Das beleidigt." in page


def test_my_page_takes_the_same_number_of_queries_for_one_and_for_twenty(client, process, said):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=LATER)
    as_(client, jörg()).get("/meine-seite/")
    few = _count(client, "my_page")
    rows = [contribution(process, actor=jörg(), body=f"Nummer {number}") for number in range(19)]
    answer(rows, room=process, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=LATER)
    for row in rows[:5]:
        case = open_case(row, now=NOW)
        decide(case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="So nicht.", now=LATER)

    assert _count(client, "my_page") == few


@pytest.mark.parametrize("name", ["my_supports", "my_follows", "my_notices"])
def test_the_lists_take_a_constant_number_of_queries(client, process, name):
    def happen(count):
        for number in range(count):
            row = contribution(process, actor=jörg(), body=f"{name} {number}")
            support(row, actor=ida(), now=NOW)
            comment(row, actor=jörg(), text="Und?", now=NOW)

    happen(2)
    as_(client, ida()).get(reverse(name))
    before = _count(client, name)
    happen(15)
    assert _count(client, name) == before


def _count(client, name) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    return len(captured)


def test_ida_stops_following_a_record_that_is_no_longer_public(client, said):
    follow(said, actor=ida(), now=NOW)
    Record.objects.filter(pk=said.pk).update(state="hidden")

    page = as_(client, ida()).get("/meine-seite/folge-ich/").content.decode()
    client.post("/folgen/eintrag/", {"was": said.ref, "ende": "1"})

    assert "Mehr Bänke" not in page
    assert not Follow.objects.filter(person=ida().person).exists()


def test_nobody_ends_what_another_person_follows(client, said):
    as_(client, ida()).post("/folgen/eintrag/", {"was": said.ref, "ende": "1"})

    assert Follow.objects.filter(person=jörg().person).exists()


def test_news_stand_under_new_until_they_are_read(client, said):
    comment(said, actor=ida(), text="Wo?", now=NOW)
    comment(said, actor=ida(), text="Wann?", now=NOW)

    page = as_(client, jörg()).get("/meine-seite/neues/").content.decode()
    client.post("/meine-seite/neues/gelesen/", {"bis": NOW.isoformat()})
    after = client.get("/meine-seite/neues/").content.decode()

    for words in ("Wo?", "Wann?"):
        assert words in page, "each line says what was said"
        assert words in after
    assert "Alles gelesen" in page
    assert "Alles gelesen" not in after


@pytest.mark.parametrize(
    "until",
    [
        "",
        "gestern",
        "2027-13-45T99:99",
        "9999-12-31T00:00+00:00",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "2027-05-04T10:00:00",
    ],
)
def test_reading_news_takes_no_nonsense(client, said, until):
    comment(said, actor=ida(), text="Wo?", now=NOW)

    assert as_(client, jörg()).post("/meine-seite/neues/gelesen/", {"bis": until}).status_code == 302


def test_linh_finds_her_words_and_the_reminder_of_her_code(client, process, said):
    code = issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)[0]
    client.post("/code/", {"code": code})
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    page = client.get("/meine-seite/").content.decode()

    assert "Bewahren Sie den Zettel auf" in page
    assert "Folge ich" not in page
    assert "Mehr Bänke" in client.get("/meine-seite/unterstuetzt/").content.decode()
    assert client.get("/meine-seite/einstellungen/").status_code == 200


def test_a_guest_who_supports_can_read_the_new_code_on_her_page(client, said):
    client.post(f"/eintraege/{said.ref}/unterstuetzen/")

    page = client.get("/meine-seite/").content.decode()

    assert "code-note__code" in page


def test_ida_changes_name_language_and_rhythm(client):
    answer = as_(client, ida()).post(
        "/meine-seite/einstellungen/",
        {"display_name": "Ida  aus\tMoabit", "language": "en", "digest_rhythm": "daily"},
    )

    changed = Person.objects.get(email="ida@example.org")
    assert answer.url == "/en/meine-seite/einstellungen/"
    assert (changed.display_name, changed.language, changed.digest_rhythm) == ("Ida aus Moabit", "en", "daily")


def test_settings_refuse_the_name_of_an_office_and_keep_what_was_typed(client):
    answer = as_(client, ida()).post(
        "/meine-seite/einstellungen/", {"display_name": "Moderation", "language": "de", "digest_rhythm": "off"}
    )

    assert answer.status_code == 422
    assert 'value="Moderation"' in answer.content.decode()
    assert Person.objects.get(email="ida@example.org").display_name == "Ida"


def test_who_turns_mails_on_again_is_not_sent_what_piled_up(client, said):
    Person.objects.filter(email="jrg@example.org").update(digest_rhythm=DigestRhythm.OFF)
    comment(said, actor=ida(), text="Wo?", now=NOW)

    as_(client, jörg()).post(
        "/meine-seite/einstellungen/", {"display_name": "Jörg", "language": "de", "digest_rhythm": "weekly"}
    )

    assert not Notice.objects.filter(person=jörg().person, sent_at=None).exists()


# A display name with a script in it could be stored in older times, or by another way than our form.
SCRIPT = "<script>alert(1)</script>"


def test_a_display_name_is_escaped_on_every_page(client, process, said):
    Person.objects.filter(email="jrg@example.org").update(display_name=SCRIPT)
    note = comment(said, actor=jörg(), text="Noch etwas.", now=NOW)
    as_(client, jörg())

    pages = ["/", "/zusagen/", f"/werdegang/{said.ref}/", f"/werdegang/{note.ref}/", f"/beleg/{note.ref}/", "/code/"]
    pages += [reverse(name) for name in PAGES] + [f"/beteiligungen/{process.ref}/", "/konto/password/set/"]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert SCRIPT not in answer.content.decode(), page
        assert "&lt;script&gt;" in answer.content.decode(), page


def _download(client) -> dict:
    answer = client.post("/meine-seite/daten/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    return json.loads(b"".join(answer.streaming_content))


def test_jörg_gets_everything_about_himself_and_nothing_about_others(client, process, said):
    other = contribution(process, actor=ida(), body="Idas geheime Worte")
    comment(said, actor=jörg(), text="Und Licht.", now=NOW)
    support(other, actor=jörg(), now=NOW)
    comment(said, actor=ida(), text="Wo?", now=NOW)

    data = _download(as_(client, jörg()))

    assert data["person"]["email"] == "jrg@example.org"
    assert {row["body"] for row in data["records"]} == {"Mehr Bänke im Schatten.", "Und Licht."}
    assert [row["stance"] for row in data["comment_details"]] == ["neutral"]
    assert [row["record__ref"] for row in data["turns"]] == [other.ref]
    assert data["notices"]
    assert {row["ref"] for row in data["public_log"]} == {row["ref"] for row in data["records"]}
    text = json.dumps(data)
    assert "Idas geheime Worte" not in text
    assert "ida@example.org" not in text
    assert "password" not in data["person"]


def test_jörg_gets_the_salt_with_which_he_checks_that_nobody_changed_his_words(client, process, said):
    comment(said, actor=ida(), text="Wo?", now=NOW)

    data = _download(as_(client, jörg()))

    [mine] = data["log_contents"]
    assert mine["record__ref"] == said.ref
    assert mine["content"]["body"] == "Mehr Bänke im Schatten."
    words = json.dumps(mine["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    promised = Act.objects.get(index=mine["act__index"]).content_hash
    assert hashlib.sha256(bytes.fromhex(mine["salt"]) + words).hexdigest() == promised


def _delete(client, words="keep", word="löschen"):
    return client.post("/meine-seite/loeschen/", {"words": words, "confirmation": word})


def test_jörg_deletes_his_account_and_his_words_stay_without_his_name(client, said):
    support(contribution(running_process(title="Zweite?"), actor=ida()), actor=jörg(), now=NOW)
    key = jörg().person.pk

    answer = _delete(as_(client, jörg()))

    assert answer.status_code == 302
    gone = Person.objects.get(pk=key)
    assert (gone.email, gone.display_name, gone.is_active, gone.has_usable_password()) == (None, "", False, False)
    said.refresh_from_db()
    assert (said.body, said.author) == ("Mehr Bänke im Schatten.", None)
    assert Turn.objects.filter(person=gone).count() == 1
    assert not Follow.objects.filter(person=gone).exists()
    assert "_auth_user_id" not in client.session
    assert Act.objects.filter(verb="deleted_account", ref="").count() == 1


def test_jörg_deletes_his_account_and_his_words_go(client, process, said):
    note = comment(said, actor=jörg(), text="Und Licht.", now=NOW)

    _delete(as_(client, jörg()), words="erase")

    for record in Record.objects.filter(pk__in=[said.pk, note.pk]):
        assert (record.state, record.body, record.author) == ("erased", "", None)
        assert Act.objects.filter(verb="erased", ref=record.ref).exists()


def test_what_malik_wrote_for_his_office_stays_with_the_office(client, process, said):
    given = answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Kein Geld.", now=LATER)

    _delete(as_(client, malik()), words="erase")

    given.refresh_from_db()
    process.refresh_from_db()
    assert (given.body, given.author) == ("Kein Geld.", None)
    assert process.title == "Wie soll der Leopoldplatz werden?"


@pytest.mark.parametrize(("words", "word"), [("keep", "nein"), ("", "löschen"), ("keep", "")])
def test_nothing_is_deleted_without_a_choice_and_the_word(client, words, word):
    answer = _delete(as_(client, jörg()), words=words, word=word)

    assert answer.status_code == 422
    assert Person.objects.get(email="jrg@example.org").is_active


def test_every_other_session_of_a_deleted_account_ends(client):
    other = as_(type(client)(unique_titles=False), jörg())

    _delete(as_(client, jörg()))

    assert other.get("/meine-seite/").status_code == 302


def test_a_code_leads_nowhere_after_its_person_deleted_everything(client, process):
    code = issue_codes(process, actor=malik(), count=1, channel=Channel.PAPER, now=NOW)[0]
    client.post("/code/", {"code": code})
    _delete(client)

    assert client.post("/code/", {"code": code}).status_code == 422


@pytest.mark.parametrize("name", ["about", "privacy", "accessibility", "imprint"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_about_this_site_are_sound(client, name, prefix):
    assert client.get(prefix + reverse(name)).status_code == 200


def test_jörg_may_keep_his_name_in_the_settings_also_when_an_office_has_it_now(client):
    person = jörg().person
    Person.objects.filter(pk=person.pk).update(display_name="Polizei Berlin", name_clashes_since=NOW)
    sent = {"display_name": "Polizei Berlin", "language": "en", "digest_rhythm": "off"}

    page = as_(client, jörg()).get("/meine-seite/einstellungen/").content.decode()
    client.post("/meine-seite/einstellungen/", sent)
    other = client.post("/meine-seite/einstellungen/", {**sent, "display_name": "Senat"})

    assert "(privat)" in page
    assert Person.objects.get(pk=person.pk).language == "en"
    assert other.status_code == 422


def test_readers_see_beside_his_words_that_he_is_no_office(client, said):
    Person.objects.filter(pk=jörg().person.pk).update(display_name="Polizei Berlin", name_clashes_since=NOW)

    assert "Polizei Berlin (privat)" in client.get(f"/werdegang/{said.ref}/").content.decode()
