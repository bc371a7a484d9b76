"""The log's one lock is taken last, in every deed: or else two may wait for each other.

A sample of it stands in the ordinary suite (spine/tests/test_log_lock.py).
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deeds_at_once import scenes

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
# Its pieces are made in the same transaction, where nobody else sees them, and what is split was locked before.
_HOLDS_ALL = "mitstadt.spine.actions.splitting.split"
SCENES = scenes()


@pytest.mark.parametrize("name", sorted(SCENES.keys() - {_HOLDS_ALL}))
def test_no_record_is_changed_after_the_log_was_locked(name):
    call = SCENES[name]().call

    with CaptureQueriesContext(connection) as queries:
        call()

    locked = False
    for query in (entry["sql"] for entry in queries):
        if query.startswith(("RELEASE", "ROLLBACK")):
            locked = False
        locked = locked or ("spine_logstate" in query and query.startswith("SELECT"))
        assert not (locked and query.startswith('UPDATE "spine_record"')), query
