"""What must go from a contribution goes from what is drafted of it, too: it would be public with the next edition."""

import pytest

from cast import NOW, ayşe, jörg
from mitstadt.participation.drafting.models import Taking
from mitstadt.participation.drafting.tests.builders import opened, passage, wording_for
from mitstadt.spine.actions.blacking_out import black_out

pytestmark = pytest.mark.django_db


def test_blacked_out_words_are_not_in_the_answer_that_waits_for_the_next_edition():
    text = opened()
    said = wording_for(passage(text, "Der Platz"), "Der Platz gehört Frau Nowak.", actor=jörg())
    Taking.objects.create(text=text, contribution=said, reason="Frau Nowak hat recht.", taken_at=NOW)
    text.editions.update(note="Mit Dank an Frau Nowak.")

    black_out(said, actor=ayşe(), words=["Frau Nowak"], reason="Name einer dritten Person.", now=NOW, also=[text])

    assert Taking.objects.get().reason == "▇▇▇ [geschwärzt] hat recht."
    assert text.editions.first().note == "Mit Dank an ▇▇▇ [geschwärzt]."
