"""Whose words and whose trail can be read by whom, in every state; and in whose voice the log tells each verb."""

import pytest

from cast import ida, jörg, malik, person
from lives import Life
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.models import Record, RecordState
from mitstadt.spine.queries.visibility import may_read_words, traceable_by, visible_to
from mitstadt.spine.tests.rules import YES, rules

# Ida belongs to an office that reads the internal room; Malik works in the house.
WORDS = rules("""
           nobody  somebody  author  worker  reader
draft      no      no        yes     yes     no
held       no      no        yes     yes     no
published  yes     yes       yes     yes     yes
internal   no      no        yes     yes     yes
hidden     no      no        yes     yes     no
withdrawn  no      no        yes     yes     no
erased     no      no        no      yes     no
""")
TRAIL = rules("""
           nobody  somebody  author  worker  reader
draft      no      no        yes     yes     no
held       no      no        yes     yes     no
published  yes     yes       yes     yes     yes
internal   no      no        yes     yes     yes
hidden     yes     yes       yes     yes     yes
withdrawn  yes     yes       yes     yes     yes
erased     yes     yes       yes     yes     yes
""")


@pytest.mark.django_db
@pytest.mark.parametrize("state", RecordState)
def test_words_and_trail_are_read_by_whom_the_tables_name(state):
    life = Life(checked=state is RecordState.HELD, internal=state is RecordState.INTERNAL)
    life.bring_to(state)
    readers = {
        "nobody": GUEST,
        "somebody": actor_for(person("Kim")),
        "author": jörg(),
        "worker": malik(),
        "reader": ida(),
    }
    one = Record.objects.filter(pk=life.record.pk)

    for who, actor in readers.items():
        reads = WORDS(state.value, who) == YES
        assert visible_to(actor, one).exists() == reads, who
        assert may_read_words(actor, life.now) == reads, who
        assert traceable_by(actor, one).exists() == (TRAIL(state.value, who) == YES), who


@pytest.mark.django_db
@pytest.mark.parametrize("state", [RecordState.HIDDEN, RecordState.WITHDRAWN, RecordState.ERASED])
def test_what_was_for_some_offices_only_gets_no_public_trail_when_it_is_gone(client, state):
    life = Life(internal=True)
    life.bring_to(state)
    one = Record.objects.filter(pk=life.record.pk)

    traced = {who: traceable_by(actor, one).exists() for who, actor in (("nobody", GUEST), ("reader", ida()))}

    assert traced == {"nobody": False, "reader": True}
    assert client.get(f"/werdegang/{life.record.ref}/").status_code == 404
