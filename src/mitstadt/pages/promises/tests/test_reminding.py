"""Who waits in vain reads since when, whom to ask, and may remind once a week; the host hears of it once."""

from datetime import timedelta

import pytest

from cast import NOW, ayşe, ida, jörg, malik
from mitstadt.participation.drafting.tests.builders import comment_at, hosted, opened, passage
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.reminders import remind
from mitstadt.spine.actors import GUEST
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Alert, Counting, Reminder
from mitstadt.spine.queries.reminders import reminded
from visits import on_day, visit

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]
OVERDUE = NOW + timedelta(days=72)


@pytest.fixture
def process():
    text = opened()
    comment_at(passage(text, "Der Platz"), actor=jörg())
    return hosted(text)


def page(process, end: str = "") -> str:
    return f"/beteiligungen/{process.ref}/{end}"


def test_an_overdue_page_says_how_many_wait_since_when_and_whom_to_ask(process, monkeypatch):
    on_day(monkeypatch, OVERDUE)

    told = visit().get(page(process)).content.decode()

    assert "Die Antwort ist überfällig: Bis 1. Juli 2027 war sie zugesagt, 1 Beitrag wartet noch." in told
    assert 'href="tel:03023125101"' in told
    assert "An die Antwort erinnern" in told


def test_everyone_reminds_once_a_week_and_guests_are_counted_apart(process, monkeypatch):
    on_day(monkeypatch, OVERDUE)
    for who in (ida(), jörg(), None):
        assert visit(who).post(page(process, "erinnern/")).headers["Location"] == page(process)

    told = visit(ida()).get(page(process)).content.decode()
    assert "2-mal wurde schon erinnert, dazu 1 Gast." in told
    assert "Sie haben in dieser Woche schon erinnert." in told
    assert Act.objects.filter(verb="reminded").count() == 3


def test_the_same_person_counts_again_in_another_week_alone(process):
    remind(process, actor=ida(), now=OVERDUE)
    with pytest.raises(Refused, match="reminded_already"):
        remind(process, actor=ida(), now=OVERDUE + timedelta(hours=1))
    remind(process, actor=ida(), now=OVERDUE + timedelta(days=7))

    assert Reminder.objects.count() == 2


def test_those_who_owe_the_answer_hear_of_the_first_reminder_alone(process):
    ayşe()  # Moderates there, and answers nobody.
    remind(process, actor=ida(), now=OVERDUE)
    remind(process, actor=jörg(), now=OVERDUE + timedelta(minutes=1))

    assert [alert.person for alert in Alert.objects.filter(key__endswith="reminded")] == [malik().person]


def test_whoever_reminded_a_week_ago_is_asked_again(process, monkeypatch):
    remind(process, actor=ida(), now=OVERDUE)
    on_day(monkeypatch, OVERDUE + timedelta(days=7))

    told = visit(ida()).get(page(process)).content.decode()
    assert "Sie haben in dieser Woche schon erinnert." not in told
    assert "An die Antwort erinnern" in told


def test_guests_whose_counting_waits_for_a_moderator_are_in_no_number(process):
    guest, _code = participant(GUEST, process, now=OVERDUE)
    remind(process, actor=guest, now=OVERDUE)
    assert reminded(process, actor=GUEST, now=OVERDUE).guests == 1

    guest.person.participation_code.counting = Counting.HELD
    guest.person.participation_code.save(update_fields=["counting"])

    assert reminded(process, actor=GUEST, now=OVERDUE).guests == 0


def test_before_the_day_nobody_reminds_and_no_guest_gets_a_code_for_trying(process, monkeypatch):
    on_day(monkeypatch)
    guest = visit()

    refused = guest.post(page(process, "erinnern/"), follow=True).content.decode()

    assert "Hier ist keine Antwort überfällig." in refused
    assert "_auth_user_id" not in guest.session
    with pytest.raises(Refused, match="nothing_overdue"):
        remind(process, actor=participant(GUEST, process, now=NOW)[0], now=NOW)
