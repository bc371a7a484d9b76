"""The scenes in which every deed of writing together is done several times at once."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from cast import NOW, jörg, malik, prepared_process
from deeds_at_once import Scenes, Tried
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions import (
    changing,
    contributions,
    edition_answers,
    editions,
    takings,
    translations,
    working_copy,
)
from mitstadt.participation.drafting.actions.contributions import Said
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Edition, Shape
from mitstadt.participation.drafting.tests.builders import WORDS, imported, opened, passage, wording_for


def _next() -> CoText:
    """An open text whose next edition was begun."""
    text = opened()
    working_copy.begin_next_edition(text, actor=malik(), now=NOW)
    return text


def _contribute() -> Tried:
    said = Said(form=ContributionForm.COMMENT, body="Bitte auch nachts hell.")
    call = partial(contributions.contribute, passage(opened(), "Der Platz"), actor=jörg(), said=said, now=NOW)
    return Tried(partial(call, submission_key=uuid4()), once=("contributed",))


def _publish() -> Tried:
    text = _next()
    working_copy.insert_after(text, actor=malik(), after_id=None, level=2, shape=Shape.PARAGRAPH, words="Neu.", now=NOW)
    return Tried(partial(editions.publish_edition, text, actor=malik(), now=NOW), once=("published_edition",))


def _translate() -> Tried:
    edition = Edition.objects.get(text=opened())
    words = {passage(edition.text, "Der Platz").number: "The square invites everyone."}
    call = partial(translations.translate_edition, edition, actor=malik(), language="en", words=words, now=NOW)
    return Tried(call, each=("translated_text",))


def _import() -> Tried:
    read = computations.read_pasted(WORDS)
    text = imported(prepared_process())
    call = partial(working_copy.import_text, text, actor=malik(), read=read, source_name="leitbild.txt", now=NOW)
    return Tried(call, each=("imported_text",))


def _begin() -> Tried:
    return Tried(partial(working_copy.begin_next_edition, opened(), actor=malik(), now=NOW))


def _revise() -> Tried:
    text = _next()
    row = text.working_passages.order_by("position")[1]
    edits = [working_copy.PassageEdit(row.pk, words="Anders.", add_after=())]
    return Tried(partial(working_copy.revise, text, actor=malik(), edits=edits, now=NOW))


def _insert() -> Tried:
    call = partial(working_copy.insert_after, _next(), actor=malik(), after_id=None, level=2, now=NOW)
    return Tried(partial(call, shape=Shape.PARAGRAPH, words="Neu."))


def _restore() -> Tried:
    text = _next()
    row = text.working_passages.get(words__startswith="Der Platz")
    working_copy.revise(text, actor=malik(), edits=[working_copy.PassageEdit(row.pk, drop=True)], now=NOW)
    return Tried(partial(working_copy.restore, text, actor=malik(), passage=passage(text, "Der Platz"), now=NOW))


def _discard() -> Tried:
    return Tried(partial(working_copy.discard_next_edition, _next(), actor=malik(), now=NOW))


def _wording() -> Contribution:
    return wording_for(passage(opened(), "Der Platz"), "Der Platz gehört allen.", actor=jörg())


def _take_over() -> Tried:
    """Nothing of it is public before the edition comes."""
    return Tried(partial(takings.take_over, _wording(), actor=malik(), reason="Klarer so.", now=NOW))


def _note() -> Tried:
    return Tried(partial(takings.note_for_edition, _wording(), actor=malik(), reason="Klarer so.", now=NOW))


def _put_back() -> Tried:
    said = _wording()
    takings.take_over(said, actor=malik(), reason="Klarer so.", now=NOW)
    return Tried(partial(takings.put_back, said, actor=malik(), now=NOW))


SCENES: Scenes = {
    contributions.contribute: _contribute,
    editions.publish_edition: _publish,
    translations.translate_edition: _translate,
    working_copy.begin_next_edition: _begin,
    working_copy.discard_next_edition: _discard,
    working_copy.import_text: _import,
    working_copy.insert_after: _insert,
    working_copy.restore: _restore,
    working_copy.revise: _revise,
    takings.note_for_edition: _note,
    takings.put_back: _put_back,
    takings.take_over: _take_over,
}

PARTS = {
    changing.changing: "of every deed that changes a text",
    edition_answers.give_answers: "of publishing an edition",
}
