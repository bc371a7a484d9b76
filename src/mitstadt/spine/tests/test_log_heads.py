"""The heads of the log: one name and one key for good, wherever the city moves and whoever calls the command."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from cast import LATER, NOW, jörg
from mitstadt.ground import clock
from mitstadt.methods.log import SignedHead as HeadText
from mitstadt.methods.log import sign_head, verify_log
from mitstadt.methods.shared.errors import MethodError
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.models import Process, SignedHead
from mitstadt.spine.queries.log_export import log_lines
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]


@pytest.fixture
def grown():
    """A city with a head, whose log has grown since."""
    process = running_process()
    publish_head(now=NOW)
    contribution(process, actor=jörg())


def test_the_settings_name_the_log_before_its_first_head(settings):
    settings.LOG_NAME = "stadt.example/log"
    assert log_key().name == "stadt.example/log"

    settings.LOG_NAME, settings.PUBLIC_URL = "", "https://mitstadt.example"
    assert log_key().name == "mitstadt.example/log"


def test_a_city_that_moves_to_another_address_goes_on_with_the_same_log(grown, settings):
    first = log_key().name
    settings.PUBLIC_URL = "https://neue-adresse.example"

    moved = publish_head(now=LATER)

    assert HeadText.from_text(moved.text).head.origin == first
    assert verify_log(log_lines(log_key())).sound


def test_a_head_takes_its_time_when_the_log_is_held_and_never_goes_back(grown, monkeypatch):
    """Two who wait for the log come in either order; the clock of the machine may be set back by days."""
    process = Process.objects.get()
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert publish_head().signed_at == LATER

    contribution(process, actor=jörg())
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(days=2))
    behind = publish_head()

    assert behind.signed_at == LATER
    assert HeadText.from_text(behind.text).head.at == LATER
    verification = verify_log(log_lines(log_key()))
    assert verification.sound
    assert not verification.notices


def test_a_clock_set_back_by_two_days_is_a_warning_and_a_notice_and_no_fault(grown, monkeypatch, caplog):
    contribution(Process.objects.get(), actor=jörg(), now=NOW - timedelta(days=2))
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(days=2))

    publish_head()

    assert "Was it set back?" in caplog.text
    verification = verify_log(log_lines(log_key()))
    assert verification.sound
    assert {notice.code for notice in verification.notices} == {"entry_goes_back"}


def test_a_log_whose_heads_went_back_before_is_sound_with_a_notice(grown):
    """As older cities have it: two readers who waited signed in the wrong order."""
    latest = HeadText.from_text(publish_head(now=LATER).text).head
    secret_key = bytes.fromhex(settings.LOG_KEY_FILE.read_text())
    signed = sign_head(replace(latest, at=NOW - timedelta(days=1)), secret_key=secret_key)
    SignedHead.objects.filter(size=latest.size).update(text=str(signed), signed_at=signed.head.at)

    verification = verify_log(log_lines(log_key()))

    assert verification.sound
    assert [notice.code for notice in verification.notices] == ["head_goes_back"]


def test_nothing_is_signed_with_a_key_that_did_not_sign_the_log_so_far(grown, settings, tmp_path):
    settings.LOG_KEY_FILE = tmp_path / "elsewhere" / "log_key"

    with pytest.raises(MethodError, match="did not sign this city's log so far") as refused:
        publish_head(now=LATER)

    assert refused.value.code == "log_key_differs"
    assert SignedHead.objects.count() == 1
    assert not settings.LOG_KEY_FILE.exists(), "a new key would hide that the right one is missing"
