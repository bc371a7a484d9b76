"""A guest says something about a passage: what is refused comes back with its words and leaves nothing behind."""

import pytest
from django.urls import reverse

from cast import jörg
from forms_on_page import form_with
from mitstadt.ground.people.models import Person
from mitstadt.participation.drafting.models import Contribution
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture
def place(monkeypatch):
    """A passage that everyone may rewrite today."""
    on_day(monkeypatch)
    return passage(opened(), "Für Kinder")


def sent(client, place, **fields):
    address = reverse("contribute", args=[place.part.ref, place.ref, "wording"])
    key = client.get(address).context["form"]["submission_key"].value()
    return client.post(address, {"submission_key": key, "theme": "", "similar_seen": "on", **fields})


def test_a_refused_wording_comes_back_with_its_reason_and_makes_nobody_of_the_guest(place):
    client = visit()
    people = Person.objects.count()
    answer = sent(client, place, wording=place.body, body="Wasser ist Leben.")

    assert answer.status_code == 422
    assert "Wasser ist Leben." in answer.content.decode()
    assert Person.objects.count() == people
    assert "_auth_user_id" not in client.session


def test_after_a_refusal_the_guest_changes_the_wording_and_gets_receipt_and_code(place):
    client = visit()
    sent(client, place, wording=place.body, body="Wasser ist Leben.")
    answer = sent(client, place, wording=f"{place.body} Und Schatten.", body="Wasser ist Leben.")
    receipt = client.get(answer.headers["Location"]).content.decode()

    assert Contribution.objects.get().wording.endswith("Und Schatten.")
    assert "Ihr Teilnahmecode" in receipt


def test_similar_words_are_shown_once_and_the_guest_supports_them_or_sends_their_own(place):
    comment_at(place, actor=jörg(), body="Wasser zum Spielen braucht auch Schatten.")
    address = reverse("contribute", args=[place.part.ref, place.ref, "comment"])
    client = visit()
    form = form_with(client.get(address).content.decode(), "body")
    shown = client.post(address, form.filled(body="Wasser zum Spielen, und Schatten dazu."))
    page = shown.content.decode()

    assert "Das sagten andere schon" in page
    assert f'formaction="{reverse("support", args=[Contribution.objects.get().ref])}"' in page
    sent = client.post(address, form_with(page, "body").filled())
    assert sent.headers["Location"].startswith("/beleg/")
