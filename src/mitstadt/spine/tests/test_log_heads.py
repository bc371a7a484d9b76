"""The heads of the log: one name and one key for good, wherever the city moves and whoever calls the command."""

import pytest

from cast import LATER, NOW, jörg
from mitstadt.methods.log import SignedHead as HeadText
from mitstadt.methods.log import verify_log
from mitstadt.methods.shared.errors import MethodError
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.models import SignedHead
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


def test_nothing_is_signed_with_a_key_that_did_not_sign_the_log_so_far(grown, settings, tmp_path):
    settings.LOG_KEY_FILE = tmp_path / "elsewhere" / "log_key"

    with pytest.raises(MethodError, match="did not sign this city's log so far") as refused:
        publish_head(now=LATER)

    assert refused.value.code == "log_key_differs"
    assert SignedHead.objects.count() == 1
    assert not settings.LOG_KEY_FILE.exists(), "a new key would hide that the right one is missing"
