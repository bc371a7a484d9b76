"""Whoever works for an office has a second factor in time; until then everything rests but nothing is lost."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import override_settings

from cast import NOW, ayşe, jörg, malik, office, person, with_role
from mitstadt.ground import clock
from mitstadt.ground.organisations.models import Membership, Role
from mitstadt.ground.people.sessions import seconds_now
from mitstadt.spine.actions.roles import assign_role
from mitstadt.spine.actors import actor_for
from mitstadt.spine.models import RoomRole
from mitstadt.spine.permits.second_factor import as_far_as_secured, due_at, missing_until
from mitstadt.spine.tests.trial_format import running_process
from visits import visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]
SET_UP = "/konto/2fa/"


@pytest.fixture(autouse=True)
def _asked_for(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def process():
    made = running_process()
    long_ago(days=0)
    return made


def long_ago(days: float = 31) -> None:
    """Everybody has had their tasks for so many days."""
    for rows in (Membership.objects, RoomRole.objects):
        rows.update(given_at=clock.now() - timedelta(days=days))


def test_malik_is_reminded_while_there_is_time_and_works_on(process):
    long_ago(days=29)
    browser = visit(malik())

    page = browser.get("/arbeitsplatz/")

    assert page.status_code == 200
    assert "Richten Sie eine zweite Sicherung ein" in page.content.decode()
    assert browser.get(f"/beteiligungen/{process.ref}/leitung/").status_code == 200


def test_afterwards_his_tasks_rest_and_each_page_of_them_leads_to_the_set_up(process):
    long_ago()
    browser = visit(malik())

    for path in ("/arbeitsplatz/", f"/beteiligungen/{process.ref}/leitung/", "/moderation/"):
        page = browser.get(path)
        assert page.status_code == 403
        assert f'href="{SET_UP}"' in page.content.decode()


def test_what_he_sent_off_is_not_done_and_not_lost(process):
    long_ago()

    form = {"closing_words": "Wir danken allen, die mitgedacht haben."}
    page = visit(malik()).post(f"/beteiligungen/{process.ref}/leitung/abschliessen/", form)

    assert page.status_code == 403
    assert form["closing_words"] in page.content.decode()


def test_everyone_else_and_everything_else_goes_on(process):
    long_ago()

    assert visit(malik()).get(f"/beteiligungen/{process.ref}/").status_code == 200
    assert visit(malik()).get("/meine-seite/").status_code == 200
    assert visit(malik()).get(SET_UP).status_code == 200
    assert "zweite Sicherung" not in visit(jörg()).get("/gibt-es-nicht/").content.decode()


def test_with_an_app_he_works_as_before_and_is_reminded_no_more(process):
    long_ago()
    TOTP.activate(malik().person, "JBSWY3DPEHPK3PXP")

    page = visit(malik()).get("/arbeitsplatz/")

    assert page.status_code == 200
    assert "zweite Sicherung ein" not in page.content.decode()


def test_spare_codes_alone_are_no_second_factor(process):
    long_ago()
    RecoveryCodes.activate(malik().person)

    assert as_far_as_secured(malik(), now=clock.now()).lacks_second_factor
    assert Authenticator.objects.exists()


def test_a_role_in_one_room_asks_for_it_too_and_speaking_for_a_group_does_not(process):
    assign_role(process, actor=malik(), email=jörg().person.email, role=Role.MODERATOR, now=NOW)
    speaker = with_role(person("Ida"), Role.CONTRIBUTOR, office("Nachbarschaft", slug="nachbarschaft"))
    long_ago()

    assert as_far_as_secured(jörg(), now=clock.now()).lacks_second_factor
    assert as_far_as_secured(actor_for(speaker.person), now=clock.now()).grants
    assert due_at(speaker) is None


def test_the_first_of_several_tasks_counts(process):
    long_ago()
    later = with_role(malik().person, Role.EDITOR)

    assert as_far_as_secured(later, now=clock.now()).lacks_second_factor


def test_a_city_may_ask_nobody():
    moderator = ayşe()
    long_ago()

    with override_settings(SECOND_FACTOR_REQUIRED=False):
        assert missing_until(moderator) is None
        assert visit(moderator).get("/moderation/").status_code == 200


def _signed_in_hours_ago(browser, hours):
    session = browser.session
    session["signed_in_at"] = seconds_now() - 3600 * hours
    session.save()
    return browser


def test_whoever_works_for_an_office_signs_in_again_each_day_and_comes_back(process):
    fresh, old = (_signed_in_hours_ago(visit(malik()), hours) for hours in (11.9, 12.1))

    assert fresh.get("/arbeitsplatz/").status_code == 200
    answer = old.get("/arbeitsplatz/")
    assert answer.url == "/konto/login/?next=%2Farbeitsplatz%2F"
    assert "_auth_user_id" not in old.session


def test_others_stay_signed_in(process):
    assert _signed_in_hours_ago(visit(jörg()), 300).get("/meine-seite/").status_code == 200


def test_words_that_were_typed_when_a_session_was_over_are_shown_again(process):
    path = f"/beteiligungen/{process.ref}/leitung/abschliessen/"
    form = {"closing_words": "Wir danken allen, die mitgedacht haben."}
    just_over, long_over = (_signed_in_hours_ago(visit(malik()), hours) for hours in (12.9, 13.1))

    assert just_over.post(path, form).status_code != 403
    page = long_over.post(path, form)
    assert page.status_code == 403
    assert form["closing_words"] in page.content.decode()
    assert "_auth_user_id" not in long_over.session


def test_an_address_that_only_takes_what_is_sent_says_so_and_leads_back():
    answer = visit(jörg()).get("/meine-seite/daten/", headers={"referer": "http://testserver/meine-seite/"})

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "nimmt nur entgegen" in answer.content.decode()
    assert 'href="/meine-seite/"' in answer.content.decode()
