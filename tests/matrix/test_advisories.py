"""What went wrong on other platforms for participation does not go wrong here: one test for each published advisory.

They are the advisories for Decidim (CVE numbers, from the public advisory database of its language) and the faults that
CONSUL, mein.berlin, Polis and Go Vocal fixed in the open. These do not apply, for the reason given:

- CVE-2026-45573 (the server calls an address that a person chose, so internal hosts can be reached): the server calls
  no address at all; nothing is pushed, fetched or imported from an address.
- CONSUL #4061 and #3806 (a race on ballot lines; a kind of poll withdrawn): there are no ballots and polls yet.
- CVE-2026-45378 (scans of identity papers behind a link that is valid for days): nobody shows an identity paper here.
  What does apply, that no file is served without a check, is held below.
"""

import csv
import io
import json
import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cast import NOW, ida, jörg, person
from matrix_addresses import routes
from matrix_visitors import PERSONAS, browser
from mitstadt.ground.people.models import Person
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.tests.city import said_at
from mitstadt.spine.actions import comments, supports
from mitstadt.spine.actors import actor_for
from mitstadt.spine.models import ModerationCase, ParticipationCode, Standing, Turn

pytestmark = pytest.mark.usefixtures("db")
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'
RESIDENTS = ("guest", "code", "other_code", "joerg")


def _text(response) -> str:
    return (response.getvalue() if response.streaming else response.content).decode()


def test_cve_2026_40869_only_editors_of_this_process_take_a_wording_over(city):
    proposed = said_at(city.passage, jörg(), "Kürzer.", "Der Platz lädt alle ein.")
    url = reverse("editing_desk", args=[city.text.ref])

    answers = {p: browser(city, p).post(url, {"take_over": proposed.ref, "reason": "Meins."}) for p in PERSONAS[:6]}
    answers["pankow"] = browser(city, "pankow").post(url, {"take_over": proposed.ref, "reason": "Meins."})

    assert {persona: answer.status_code for persona, answer in answers.items()} == dict.fromkeys(answers, 403)
    proposed.refresh_from_db()
    assert proposed.answer_state == ""


def test_cve_2026_40870_what_cannot_be_read_cannot_be_reached_through_its_comments_or_files(city):
    beside = comments.comment(city.contribution, actor=jörg(), text="Am Rand.", now=NOW)
    Contribution.objects.filter(pk=city.contribution.pk).update(state="held")

    for name in ("contribution", "comment", "receipt", "report"):
        assert browser(city, "guest").get(reverse(name, args=[city.contribution.ref])).status_code == 404
    files = [reverse("synopsis_file", args=[city.text.ref, extension]) for extension in ("json", "csv")]
    assert all("Tische für Schach" not in _text(browser(city, "guest").get(url)) for url in files)
    assert "Tische für Schach" not in _text(browser(city, "guest").get(reverse("trail", args=[beside.ref])))


def test_cve_2026_45414_a_code_of_one_process_opens_nothing_in_another(city):
    url = reverse("contribute", args=[city.text.ref, city.passage.ref, "comment"])
    data = {"submission_key": "0d5e5a5e-6a3f-4a57-8d0e-3b4f1c2d3e4f", "body": "Aus Pankow.", "similar_seen": "on"}

    answer = browser(city, "other_code").post(url, data)

    assert answer.status_code == 422
    assert not Contribution.objects.filter(body="Aus Pankow.").exists()


def test_cve_2026_45330_no_desk_and_no_moderator_reads_or_decides_for_another_office(city):
    client = browser(city, "pankow")
    waiting = ModerationCase.objects.filter(decided_at=None).order_by("pk")[0]
    address = reverse("moderation_case", args=[waiting.record.ref])

    assert client.get(reverse("desk_process", args=[city.process.ref])).status_code == 403
    assert client.get(address).status_code == 404
    decision = {"verdict": "keep", "rule": "other", "reason": "Von nebenan."}
    assert client.post(address, decision).status_code == 404
    assert not ModerationCase.objects.get(pk=waiting.pk).decided_at
    assert waiting.record.ref not in _text(client.get(reverse("moderation")))


def test_cve_2026_45378_no_file_is_served_without_a_check(city):
    """Uploads have no address: the server's folder for them is behind no route and no static prefix."""
    assert settings.MEDIA_URL in {"", "/"}
    assert not [route.name for route in routes() if "media" in route.pattern or "upload" in route.pattern]


def test_cve_2026_45377_ones_data_are_sent_to_oneself_on_demand_and_lie_behind_no_link(city):
    said_at(city.passage, ida(), "Idas Worte über den Platz.")
    said_at(city.passage, jörg(), "Jörgs Worte über den Platz.")
    url = reverse("my_data")

    mine = _text(browser(city, "joerg").post(url))

    assert browser(city, "guest").post(url).status_code == 302
    assert browser(city, "joerg").get(url).status_code == 405
    assert "Jörgs Worte" in mine
    assert "Idas Worte" not in mine
    assert "ida@example.org" not in mine


def test_cve_2026_23891_a_display_name_is_text_wherever_it_stands(city):
    named = Person.objects.create_account(email="skript@example.org", display_name=SCRIPT)
    said = said_at(city.passage, actor_for(named), "Ein Beitrag mit einem seltsamen Namen.")
    comments.comment(city.contribution, actor=actor_for(named), text=SCRIPT, now=NOW)
    pages = [
        reverse("passage", args=[city.text.ref, city.passage.ref]),
        reverse("contribution", args=[said.ref]),
        reverse("contribution", args=[city.contribution.ref]),
        reverse("trail", args=[said.ref]),
        reverse("synopsis", args=[city.text.ref]),
        reverse("editing_desk", args=[city.text.ref]),
    ]

    for url in pages:
        page = _text(browser(city, "malik").get(url))
        assert "<script>alert" not in page, url
        assert "<img src=x" not in page, url


@pytest.mark.parametrize(
    "order", ["created_at", "-author__email", "(SELECT 1)", "1;DROP TABLE spine_record", "random()"]
)
def test_cve_2026_45376_the_order_of_a_list_is_chosen_from_a_list(city, order):
    for name, arguments in (
        ("passage", [city.text.ref, city.passage.ref]),
        ("contribution", [city.contribution.ref]),
        ("search", []),
    ):
        url = reverse(name, args=arguments)
        plain = browser(city, "guest").get(url)
        ordered = browser(city, "guest").get(url, {"reihenfolge": order, "sort": order, "order_by": order})
        assert ordered.status_code == 200
        assert _refs(ordered) == _refs(plain)


@pytest.mark.parametrize(
    "extra", ["author__email__startswith", "author__password__regex", "room__roles__person__email"]
)
def test_cve_2023_34090_a_list_is_filtered_by_what_it_names_and_nothing_else(city, extra):
    for name, arguments in (
        ("search", []),
        ("processes", []),
        ("promises", []),
        ("passage", [city.text.ref, city.passage.ref]),
        ("synopsis", [city.process.ref]),
    ):
        url = reverse(name, args=arguments)
        client = browser(city, "guest")
        given = {"q": "Platz", "stand": "alle"}
        assert _refs(client.get(url, {**given, extra: "zzz"})) == _refs(client.get(url, given)), name


def _refs(response) -> list[str]:
    # Not what stands in the middle of a signature: that differs each time.
    return re.findall(r"(?<![\w:=-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w:=-])", _text(response))


def test_cve_2023_36465_there_is_no_back_office_that_a_mere_account_opens(city):
    staff = {"workplace", "moderation", "desk", "process_new"}

    assert not [route.name for route in routes() if "admin" in route.pattern]
    for persona in RESIDENTS:
        answers = {name: browser(city, persona).get(reverse(name)) for name in staff}
        assert [name for name, answer in answers.items() if not _is_shut(answer)] == [], persona


def _is_shut(answer):
    """Refused, or asked to sign in."""
    return answer.status_code == 403 or answer.headers.get("Location", "").startswith(reverse("account_login"))


def test_cve_2023_47634_a_support_sent_twice_at_once_counts_once(city):
    supports.support(city.contribution, actor=ida(), now=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(
            record_id=city.contribution.pk,
            deed="support",
            person=ida().person,
            standing=Standing.ACCOUNT,
            day=NOW.date(),
            at=NOW,
        )


@pytest.mark.parametrize(("seconds_later", "signs_in"), [(60, True), (3600, False)])
def test_cve_2023_48220_a_code_for_signing_in_ends_after_its_time(
    city, mailoutbox, monkeypatch, seconds_later, signs_in
):
    EmailAddress.objects.create(user=ida().person, email="ida@example.org", verified=True, primary=True)
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": "ida@example.org"})
    code = re.search(r"code=([\w-]+)", mailoutbox[-1].body)[1]
    then = time.time() + seconds_later
    monkeypatch.setattr(time, "time", lambda: then)

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert ("_auth_user_id" in client.session) == signs_in


def test_cve_2024_27090_no_page_can_be_embedded_elsewhere(city):
    for name in ("home", "processes", "search"):
        answer = browser(city, "guest").get(reverse(name))
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert not [route.name for route in routes() if "embed" in route.pattern]


@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", '"; DROP TABLE spine_record; --', "Platz' UNION SELECT email --", "%' OR '%"]
)
def test_cve_2024_43415_words_that_are_searched_for_never_become_a_command(city, words):
    answer = browser(city, "guest").get(reverse("search"), {"q": words})

    assert answer.status_code == 200
    assert "@example.org" not in _text(answer)
    assert Contribution.objects.filter(pk=city.contribution.pk).exists()


def test_consul_4805_the_words_that_were_searched_for_are_shown_as_text(city):
    page = _text(browser(city, "guest").get(reverse("search"), {"q": SCRIPT}))

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_consul_4691_nobody_sees_who_follows_or_supports_what(city):
    listener = actor_for(person("Leise Mithörende"))
    supports.support(city.contribution, actor=listener, now=NOW)
    urls = [
        reverse("contribution", args=[city.contribution.ref]),
        reverse("trail", args=[city.contribution.ref]),
        reverse("passage", args=[city.text.ref, city.passage.ref]),
        reverse("synopsis", args=[city.text.ref]),
        reverse("synopsis_file", args=[city.text.ref, "json"]),
        reverse("editing_desk", args=[city.text.ref]),
    ]

    for url in urls:
        assert "Leise Mithörende" not in _text(browser(city, "malik").get(url)), url


def test_mein_berlin_v2606_1_a_process_in_preparation_shows_not_even_its_title(city):
    client = browser(city, "guest")
    title = city.draft.title

    for url in (
        reverse("home"),
        reverse("processes") + "?stand=alle",
        reverse("promises"),
        reverse("search") + "?q=Frage",
    ):
        assert title not in _text(client.get(url)), url
    trail = client.get(reverse("trail", args=[city.draft.ref]))
    assert trail.status_code == 404
    assert title not in _text(trail)


def test_mein_berlin_4892_no_participation_code_is_kept_in_the_clear(city):
    kept = json.dumps(list(ParticipationCode.objects.values()), default=str)
    plain = city.codes["code"].replace("-", "").replace(" ", "")

    assert plain not in kept.replace("-", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM spine_participationcode")
        assert all(len(digest) == 64 for (digest,) in cursor.fetchall())


def test_polis_445_the_queue_of_moderators_is_theirs(city):
    for persona in (*RESIDENTS, "krueger", "editor"):
        assert browser(city, persona).get(reverse("moderation")).status_code == 403, persona


def test_go_vocal_2021_a_contribution_runs_nothing_in_the_table_that_an_office_opens(city):
    said_at(city.passage, jörg(), '=HYPERLINK("http://example.org","Klick")')
    said_at(city.passage, jörg(), "+49 30 ist eine Vorwahl, @alle")

    table = _text(browser(city, "guest").get(reverse("synopsis_file", args=[city.text.ref, "csv"])))

    cells = [
        cell for row in csv.reader(io.StringIO(table.lstrip("\ufeff")), delimiter=_separator(table)) for cell in row
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in {"=", "+", "@", "-", "\t"}] == []


def _separator(table: str) -> str:
    return ";" if table.split("\n", 1)[0].count(";") else ","
