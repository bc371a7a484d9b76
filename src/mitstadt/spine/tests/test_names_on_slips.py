"""The name beside a paper slip is mended by those who type slips; what stood there before is kept nowhere."""

from typing import Any

import pytest

from cast import LATER, ayşe, jörg, krüger, with_role
from cast import person as account
from mitstadt.ground.organisations.models import Role
from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.corrections import correct_entry
from mitstadt.spine.actions.entries import show_name
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Correction, Record
from mitstadt.spine.queries.record_check import check_records
from mitstadt.spine.tests.trial_format import contribution, running_process

pytestmark = pytest.mark.django_db
WORDS = "Mehr Bänke im Schatten."


def slip(name: str = "Erna Maier") -> Record:
    said = contribution(running_process(), actor=jörg())
    writer = Person.objects.create_without_data()
    show_name(writer, name)
    Record.objects.filter(pk=said.pk).update(author=writer, entered_by=krüger().person)
    return Record.objects.get(pk=said.pk)


def corrected(said: Record, **more: Any) -> Correction | None:
    colleague = with_role(account("Herr Wolf"), Role.DESK_CLERK)
    asked: dict[str, Any] = {"actor": colleague, "texts": {"body": WORDS}, "reason": "Verlesen.", "now": LATER}
    return correct_entry(said, **{**asked, **more})


def test_a_mistyped_name_alone_is_mended_in_public_and_the_earlier_one_stands_nowhere():
    said = slip()

    assert corrected(said, name="Erna Mayer") is None

    assert Person.objects.get(pk=said.author_id).display_name == "Erna Mayer"
    act = Act.objects.get(verb="corrected_entry")
    assert act.details == {"fields": ["name"], "reason": "Verlesen."}
    assert not Correction.objects.exists()
    assert "Maier" not in str(list(Act.objects.values()))
    assert check_records().sound


def test_a_name_that_nobody_wanted_there_goes_and_words_are_mended_with_it():
    said = slip()

    made = corrected(said, name=" ", texts={"body": "Mehr Bäume."})

    assert Person.objects.get(pk=said.author_id).display_name == ""
    assert made is not None
    assert made.before == {"body": WORDS}


def test_nobody_bears_the_name_of_an_office_and_no_account_is_renamed_by_a_clerk():
    said, own = slip(), contribution(running_process(), actor=jörg())
    Record.objects.filter(pk=own.pk).update(entered_by=krüger().person)

    for record, name in ((said, "Bezirksamt Mitte"), (Record.objects.get(pk=own.pk), "Georg")):
        with pytest.raises(Refused, match="name_not_shown"):
            corrected(record, name=name)
    with pytest.raises(Refused, match="needs_role"):
        corrected(said, name="Erna", actor=ayşe())
    with pytest.raises(Refused, match="unchanged"):
        corrected(said, name="Erna Maier")

    assert Person.objects.get(pk=said.author_id).display_name == "Erna Maier"
