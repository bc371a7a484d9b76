"""What must go from a contribution goes from what is drafted of it, too: it would be public with the next edition."""

import pytest

from cast import NOW, ayşe, jörg, malik
from mitstadt.participation.drafting.actions.translations import translate_edition
from mitstadt.participation.drafting.models import Passage, Taking
from mitstadt.participation.drafting.tests.builders import opened, passage, wording_for
from mitstadt.spine.actions.blacking_out import black_out
from mitstadt.spine.models import ActContent, Record
from mitstadt.spine.queries.record_check import check_records

pytestmark = pytest.mark.django_db


def test_blacked_out_words_are_not_in_the_answer_that_waits_for_the_next_edition():
    text = opened()
    said = wording_for(passage(text, "Der Platz"), "Der Platz gehört Frau Nowak.", actor=jörg())
    Taking.objects.create(text=text, contribution=said, reason="Frau Nowak hat recht.", taken_at=NOW)
    text.editions.update(note="Mit Dank an Frau Nowak.")

    black_out(said, actor=ayşe(), words=["Frau Nowak"], reason="Name einer dritten Person.", now=NOW, also=[text])

    assert Taking.objects.get().reason == "▇▇▇ [geschwärzt] hat recht."
    assert text.editions.first().note == "Mit Dank an ▇▇▇ [geschwärzt]."


def test_blacked_out_words_of_a_passage_are_in_no_content_of_the_log_and_all_others_stay_promised():
    text = opened()
    bench = passage(text, "Der Platz")
    words = {bench.number: "Mrs Nowak's square."}
    translate_edition(text.editions.first(), actor=malik(), language="en", words=words, now=NOW)
    others = list(Passage.objects.filter(edition__text=text).exclude(pk=bench.pk))

    black_out(bench, actor=ayşe(), words=["Verweilen", "Nowak"], reason="Name einer dritten Person.", now=NOW)

    contents = str(list(ActContent.objects.values_list("content", flat=True)))
    assert "Verweilen" not in contents
    assert "Nowak" not in contents
    assert check_records().sound
    Record.objects.filter(pk=others[-1].pk).update(body="Anders.")
    assert [(one.ref, one.field) for one in check_records().differences] == [(others[-1].ref, "body")]
