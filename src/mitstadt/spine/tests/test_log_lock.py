"""The log's one lock is taken last: or else others wait longer than they must, and two may wait for each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import LATER, NOW, ayşe, ida, jörg, malik
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.moderation import decide, open_case
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.models import AnswerDecision, ModerationVerdict
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db


def commented(said, process):
    comment(said, actor=ida(), text="Wo?", now=NOW)


def supported(said, process):
    support(said, actor=ida(), now=NOW)
    end_support(said, actor=ida(), now=NOW)


def answered(said, process):
    answer([said], room=process, actor=malik(), decision=AnswerDecision.NOT, reason="Zu teuer.", now=LATER)


def hidden(said, process):
    case = open_case(said, now=NOW)
    decide(case, actor=ayşe(), verdict=ModerationVerdict.HIDE, rule="insult", reason="Beleidigung.", now=NOW)


def withdrawn(said, process):
    withdraw(said, actor=jörg(), now=NOW)


def erased(said, process):
    erase(said, actor=jörg(), now=NOW)


def left(said, process):
    delete_account(jörg(), erase_words=True, now=NOW)


@pytest.mark.parametrize("deed", [commented, supported, answered, hidden, withdrawn, erased, left])
def test_no_record_is_changed_after_the_log_was_locked(deed):
    process = running_process()
    said = contribution(process, actor=jörg())

    with CaptureQueriesContext(connection) as queries:
        deed(said, process)

    locked = False
    for query in (entry["sql"] for entry in queries):
        if query.startswith(("RELEASE", "ROLLBACK")):
            locked = False
        locked = locked or ("spine_logstate" in query and query.startswith("SELECT"))
        assert not (locked and query.startswith('UPDATE "spine_record"')), query
    assert any("spine_logstate" in entry["sql"] for entry in queries)
