"""What was typed is sent again by one button where the keys of a form were lost, and only where we asked for it."""

import pytest

from cast import ida, jörg
from forms_on_page import form_with
from html_client import CityClient
from mitstadt.spine.models import Comment
from mitstadt.spine.tests.trial_format import contribution, running_process
from visits import on_day

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
WORDS = "Das lange Argument, das niemand zweimal tippt."


@pytest.fixture
def address(monkeypatch):
    on_day(monkeypatch)
    return f"/eintraege/{contribution(running_process(), actor=jörg()).ref}/kommentieren/"


def lost(address, **headers):
    """A form whose keys the browser lost on the way."""
    browser = CityClient(enforce_csrf_checks=True)
    browser.force_login(ida().person, backend="django.contrib.auth.backends.ModelBackend")
    form = form_with(browser.get(address).content.decode(), "text").filled(text=WORDS)
    answer = browser.post(address, {**form, "csrfmiddlewaretoken": "fort"}, **headers)
    return browser, answer


def test_one_button_sends_it_again(address):
    browser, answer = lost(address, HTTP_ORIGIN="http://testserver")
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "Noch einmal senden" in page
    assert browser.post(address, form_with(page, "text").filled(), HTTP_ORIGIN="http://testserver").status_code == 302
    assert Comment.objects.get().body == WORDS


@pytest.mark.parametrize("origin", ["https://example.org", "null", ""])
def test_what_another_site_wrote_is_offered_to_nobody(address, origin):
    _browser, answer = lost(address, HTTP_ORIGIN=origin)

    assert answer.status_code == 403
    assert "Noch einmal senden" not in answer.content.decode()
