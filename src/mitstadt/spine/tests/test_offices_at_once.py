"""What people with a task do at the same moment is done once, or one of them is told; on both databases."""

from functools import partial

import pytest

from cast import LATER, NOW, ayşe, jörg, krüger, malik, person, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actions.codes import issue_codes, revoke_batch
from mitstadt.spine.actions.corrections import correct_entry
from mitstadt.spine.actions.erasing_for_others import decide_erasure, propose_erasure
from mitstadt.spine.actions.invitations import invite, set_up
from mitstadt.spine.actions.pauses import pause_author
from mitstadt.spine.models import (
    Act,
    Channel,
    CodeBatch,
    Correction,
    ErasureRequest,
    Pause,
    Record,
)
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.test_people_with_tasks import code_in, sent
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db(transaction=True)


def reasons(results: list[object]) -> list[str]:
    return sorted(getattr(one, "reason", "done") if isinstance(one, Exception) else "done" for one in results)


def test_two_who_confirm_an_erasure_at_once_erase_once(shared_database):
    said = contribution(running_process(), actor=jörg())
    made = propose_erasure(said, actor=ayşe(), reason="Brief.", now=LATER)
    two = [malik(), with_role(person("Bo"), Role.MODERATOR)]
    shared_database()

    results = at_once([partial(decide_erasure, made, actor=who, confirmed=True, now=LATER) for who in two])

    assert reasons(results) == ["done", "erasure_decided"]
    assert seen_there(lambda: Act.objects.filter(verb="erased_for_others").count()) == 1


def test_two_who_propose_an_erasure_at_once_make_one_request(shared_database):
    said = contribution(running_process(), actor=jörg())
    two = [malik(), ayşe()]
    shared_database()

    results = at_once([partial(propose_erasure, said, actor=who, reason="Brief.", now=LATER) for who in two])

    assert reasons(results) == ["done", "erasure_proposed_already"]
    assert seen_there(ErasureRequest.objects.count) == 1


def test_two_who_pause_one_person_at_once_pause_once(shared_database):
    said = contribution(running_process(), actor=jörg())
    two = [malik(), ayşe()]
    shared_database()

    results = at_once([partial(pause_author, said, actor=who, reason="Beleidigt.", now=NOW) for who in two])

    assert reasons(results) == ["done", "paused_already"]
    assert seen_there(Pause.objects.count) == 1


def test_one_link_used_twice_at_once_sets_up_one_account(shared_database, mailoutbox):
    invite(running_process().host, actor=malik(), email="neu@example.org", role=Role.EDITOR, now=NOW)
    code = code_in(sent(mailoutbox))
    shared_database()

    results = at_once([lambda: set_up(code, display_name="Neu", now=NOW) for _ in range(2)])

    assert reasons(results)[0] == "done"
    assert reasons(results)[1] != "done"


def test_two_who_revoke_a_batch_at_once_print_it_anew_once(shared_database):
    process, who = running_process(), malik()
    issue_codes(process, actor=who, count=5, channel=Channel.PAPER, now=NOW)
    batch = CodeBatch.objects.get()
    shared_database()

    results = at_once(
        [lambda: revoke_batch(batch, actor=who, reason="Papierstau", print_anew=True, now=NOW) for _ in range(2)]
    )

    assert reasons(results) == ["codes_revoked_already", "done"]
    assert seen_there(CodeBatch.objects.count) == 2


def test_two_who_correct_one_entry_at_once_both_stand_in_its_history(shared_database):
    said = contribution(running_process(), actor=jörg())
    Record.objects.filter(pk=said.pk).update(entered_by=krüger().person)
    who = krüger()
    shared_database()

    results = at_once(
        [
            partial(correct_entry, said, actor=who, texts={"body": text}, reason="Tippfehler", now=NOW)
            for text in ("Mehr Bänke.", "Mehr Bäume.")
        ]
    )

    assert reasons(results) == ["done", "done"]
    first, second = seen_there(lambda: [one.before["body"] for one in Correction.objects.order_by("pk")])
    assert first == "Mehr Bänke im Schatten."
    assert second in {"Mehr Bänke.", "Mehr Bäume."}
