"""From the text to what one says and back to where one was: the words that are meant, the receipt, the lists."""

import pytest
from django.urls import reverse

from cast import NOW, ida, jörg, malik, prepared_process
from forms_on_page import form_with
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.quoting import WHOLE, sentences_in, span_of
from mitstadt.participation.drafting.tests.builders import comment_at, imported, opened, passage
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.models import Process
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
SEATS = "Der Platz lädt alle zum Verweilen ein. Bänke stehen im Schatten der Linden."


@pytest.fixture
def seats(monkeypatch):
    on_day(monkeypatch)
    return passage(opened(), "Der Platz")


def page_of(where) -> str:
    return visit(ida()).get(reverse("passage", args=[where.part.ref, where.ref])).content.decode()


def said(where, **typed) -> Contribution:
    """What Ida says by the form on the passage's own page."""
    browser = visit(ida())
    form = form_with(browser.get(reverse("passage", args=[where.part.ref, where.ref])).content.decode(), "body")
    answer = browser.post(form.action, form.filled(body="Auch im Winter.", **typed))
    assert answer.headers["Location"].startswith("/beleg/")
    return Contribution.objects.latest("pk")


def test_something_is_said_where_the_passage_is_read(seats):
    made = said(seats)

    assert (made.body, made.passage, made.anchor) == ("Auch im Winter.", seats, {})


def test_marked_words_become_the_quote_wherever_the_page_broke_its_lines(seats):
    made = said(seats, quote="Bänke\n   stehen im Schatten", start="46")

    assert made.anchor["exact"] == "Bänke stehen im Schatten"
    assert "Zu den Worten:" in page_of(seats)


def test_without_a_mouse_one_chooses_a_sentence(seats):
    made = said(seats, sentence="39-75")

    assert made.anchor["exact"] == "Bänke stehen im Schatten der Linden."


def test_words_that_do_not_stand_there_mean_the_whole_passage(seats):
    assert said(seats, quote="Was niemand schrieb", start="3").anchor == {}


def test_of_the_same_words_those_that_were_marked_are_meant():
    words = "Mehr Bäume hier. Mehr Bäume dort."

    assert span_of("Mehr Bäume", words, near=16) == (17, 27)
    assert span_of("Mehr Bäume", words) == (0, 10)
    assert span_of("  ", words) == WHOLE


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (SEATS, ["Der Platz lädt alle zum Verweilen ein.", "Bänke stehen im Schatten der Linden."]),
        ("Wie z. B. Nr. 3 zeigt, geht das.", []),
        ("Geht das? Ja! Es geht (fast).", ["Geht das?", "Ja! Es geht (fast)."]),
        ("", []),
    ],
)
def test_sentences_are_told_apart(words, sentences):
    assert [words[start:end] for start, end in sentences_in(words)] == sentences


def test_after_the_receipt_one_reads_on_at_the_next_passage(seats):
    following = seats.edition.passages.filter(position__gt=seats.position).order_by("position")[0]
    made = said(seats)

    receipt = visit(ida()).get(reverse("receipt", args=[made.ref])).content.decode()

    assert f"Weiterlesen bei {following.number}" in receipt
    assert f'href="{reverse("text", args=[seats.part.ref])}#p{following.number}"' in receipt
    assert f'href="{reverse("passage", args=[seats.part.ref, seats.ref])}"' in receipt


def test_after_the_last_passage_the_receipt_leads_back_to_it(seats):
    last = seats.edition.passages.order_by("position").last()

    receipt = visit(ida()).get(reverse("receipt", args=[said(last).ref])).content.decode()

    assert "Weiterlesen" not in receipt
    assert f"Zurück zu Stelle {last.number}" in receipt


def test_each_passage_has_one_link_and_is_no_landmark(seats):
    text = visit().get(reverse("text", args=[seats.part.ref])).content.decode()

    for where in seats.edition.passages.exclude(shape="title"):
        assert text.count(f'href="{reverse("passage", args=[seats.part.ref, where.ref])}"') == 1
        assert text.count(f'id="p{where.number}"') == 1
    assert "<section" not in text


def test_items_that_follow_each_other_are_one_list(monkeypatch):
    on_day(monkeypatch)
    words = "Ziele\n\n- Bänke\n- Brunnen\n- Bäume\n\nUnd Licht.\n\n- Lampen\n- Laternen\n"
    text = imported(prepared_process(title="Ein anderer Platz"), words=words)
    open_process(Process.objects.get(pk=text.room_id), actor=malik(), now=NOW)

    page = visit().get(reverse("text", args=[text.ref])).content.decode()

    lists = [part.split("</ul>")[0] for part in page.split('class="manuscript__items"')[1:]]
    assert [one.count("<li ") for one in lists] == [3, 2]


def test_in_the_list_one_supports_and_answers_without_leaving_it(seats):
    made = comment_at(seats, actor=jörg())

    page = page_of(seats)

    assert f'hx-post="{reverse("support", args=[made.ref])}"' in page
    assert f'hx-get="{reverse("comment", args=[made.ref])}"' in page
    assert f'href="{reverse("comment", args=[made.ref])}"' in page


def test_the_sign_in_leads_back_to_the_passage(seats):
    address = reverse("passage", args=[seats.part.ref, seats.ref])

    assert f'/konto/login/?next={address.replace("/", "%2F")}"' in visit().get(address).content.decode()
    assert 'href="/konto/login/"' in visit().get("/konto/login/").content.decode()
