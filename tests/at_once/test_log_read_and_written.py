"""Six read proofs of the newest act while five write and two sign: heads stand in order, and nobody sees an error."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cast import NOW, person
from deeds_at_once import all_is_right, errors_in
from mitstadt.methods.log import verify_log
from mitstadt.spine.actions.log import log_key, publish_head
from mitstadt.spine.actors import actor_for
from mitstadt.spine.models import SignedHead
from mitstadt.spine.queries.log_export import log_lines, log_size
from mitstadt.spine.tests.at_once import at_once, seen_there
from mitstadt.spine.tests.trial_format import contribution, running_process
from scale import scaled

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = scaled(2, 20)


def _until(end: float, deed: Callable[[], object]) -> set[object]:
    seen: set[object] = set()
    while time.monotonic() < end:
        seen.add(deed())
    return seen


def test_heads_stand_in_order_whoever_reads_writes_and_signs_meanwhile(shared_database):
    process = running_process()
    people = [actor_for(person(f"Nummer {number}")) for number in range(5)]
    publish_head()
    shared_database()
    end = time.monotonic() + SECONDS

    def read() -> int:
        answer = Client().get(reverse("log_proof", args=[log_size() - 1]))
        return answer.status_code

    def write(who) -> None:
        contribution(process, actor=who, now=NOW)

    def sign() -> None:
        publish_head()

    readers = [lambda: _until(end, read)] * 6
    writers = [lambda who=who: _until(end, lambda: write(who)) for who in people]
    signers = [lambda: _until(end, sign)] * 2
    results: list[Any] = at_once([*readers, *writers, *signers])

    assert errors_in(results) == []
    assert all(seen <= {None, 200, 404} for seen in results)
    heads = seen_there(lambda: list(SignedHead.objects.order_by("size").values_list("signed_at", flat=True)))
    assert len(heads) >= 2
    assert heads == sorted(heads)
    assert seen_there(lambda: verify_log(log_lines(log_key()))).notices == ()
    all_is_right()
