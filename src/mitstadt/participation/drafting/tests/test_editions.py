"""From import to the next edition: nothing is copied, nothing is lost, every passage is traced."""

import pytest

from cast import LATER, NOW, ida, jörg, malik
from mitstadt.participation.drafting import computations, links
from mitstadt.participation.drafting.actions.editions import publish_edition
from mitstadt.participation.drafting.actions.takings import take_over
from mitstadt.participation.drafting.actions.working_copy import (
    PassageEdit,
    begin_next_edition,
    import_text,
    insert_after,
    revise,
)
from mitstadt.participation.drafting.models import Shape, WorkingPassage
from mitstadt.participation.drafting.queries.contributions import contributions_at
from mitstadt.participation.drafting.queries.reading import predecessors_of, reading, successors_of
from mitstadt.participation.drafting.tests.builders import (
    WORDS,
    comment_at,
    hosted,
    imported,
    opened,
    passage,
    wording_for,
)
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.actions.supports import support
from mitstadt.spine.errors import Refused
from mitstadt.spine.links import MERGED_INTO, SPLIT_INTO
from mitstadt.spine.models import Act, AnswerDecision, Follow, Link, Notice, RecordState
from mitstadt.spine.queries.news import grouped, page_of_deeds
from mitstadt.spine.queries.trails import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


def working(text, beginning):
    return WorkingPassage.objects.get(text=text, words__startswith=beginning)


def revised(text, edits):
    begin_next_edition(text, actor=malik(), now=NOW)
    revise(text, actor=malik(), edits=edits(text), now=NOW)
    return publish_edition(text, actor=malik(), now=LATER)


def test_page_furniture_is_offered_for_removal_and_never_published():
    text = imported()
    assert working(text, "Zum Inhalt springen").shape == Shape.FURNITURE

    open_process(hosted(text), actor=malik(), now=NOW)

    words = [p.body for p in text.editions.get().passages.order_by("position")]
    assert words[:3] == ["Leitbild Leopoldplatz", "Aufenthalt", words[2]]
    assert "Zum Inhalt springen" not in words


def test_an_import_can_be_corrected_before_it_is_published():
    text = imported()
    bench = working(text, "Der Platz")

    revise(
        text,
        actor=malik(),
        edits=[
            PassageEdit(bench.pk, split_at=(bench.words.index("Bänke"),)),
            PassageEdit(working(text, "Wege").pk, level=3),
        ],
        now=NOW,
    )

    assert working(text, "Bänke stehen").shape == Shape.PARAGRAPH
    assert working(text, "Wege").level == 3


def test_a_text_that_is_published_is_not_imported_again():
    text = opened()

    with pytest.raises(Refused, match="text_already_published"):
        imported_again(text)


def imported_again(text):
    import_text(text, actor=malik(), read=computations.read_pasted(WORDS), source_name="", now=NOW)


def test_people_without_the_role_cannot_touch_the_working_copy():
    text = opened()

    for deed in (
        lambda: begin_next_edition(text, actor=jörg(), now=NOW),
        lambda: revise(text, actor=jörg(), edits=[], now=NOW),
        lambda: publish_edition(text, actor=jörg(), now=NOW),
        lambda: insert_after(text, actor=jörg(), after_id=None, level=2, shape=Shape.PARAGRAPH, words="Neu.", now=NOW),
    ):
        with pytest.raises(Refused, match="needs_role"):
            deed()


def test_kept_changed_split_merged_dropped_and_new_passages_are_told_apart():
    text = opened()
    old = {p.body.split()[0]: p for p in text.editions.get().passages.all()}

    def edits(text):
        platz, kinder, rad = working(text, "Der Platz"), working(text, "Für Kinder"), working(text, "Radfahrende")
        return [
            PassageEdit(platz.pk, split_at=(platz.words.index("Bänke"),)),
            PassageEdit(kinder.pk, words="Für Kinder gibt es einen Brunnen."),
            PassageEdit(rad.pk, drop=True),
        ]

    begin_next_edition(text, actor=malik(), now=NOW)
    insert_after(
        text,
        actor=malik(),
        after_id=working(text, "Wege").pk,
        level=2,
        shape=Shape.PARAGRAPH,
        words="Nachts leuchten Laternen.",
        now=NOW,
    )
    revised(text, edits)

    assert [link.type for link, _p in successors_of(old["Aufenthalt"])] == [links.KEPT_AS]
    assert [link.type for link, _p in successors_of(old["Der"])] == [SPLIT_INTO] * 2
    assert [link.type for link, _p in successors_of(old["Für"])] == [links.CHANGED_TO]
    assert successors_of(old["Radfahrende"]) == []
    assert predecessors_of(passage(text, "Nachts leuchten")) == []


def test_joined_passages_are_merged():
    text = opened()
    platz, kinder = passage(text, "Der Platz"), passage(text, "Für Kinder")

    revised(text, lambda text: [PassageEdit(working(text, "Der Platz").pk, join_next=True)])

    joined = passage(text, "Der Platz")
    assert joined.body.endswith("Wasser zum Spielen.")
    assert set(Link.objects.filter(target=joined).values_list("source_id", "type")) == {
        (platz.pk, MERGED_INTO),
        (kinder.pk, MERGED_INTO),
    }


def test_an_edition_that_changes_nothing_is_not_published():
    text = opened()

    with pytest.raises(Refused, match="unchanged"):
        revised(text, lambda text: [])


def test_a_wording_is_taken_over_with_one_action_and_its_people_are_told():
    text = opened()
    proposal = wording_for(passage(text, "Für Kinder"), "Für Kinder gibt es einen Brunnen.", actor=ida())
    support(proposal, actor=jörg(), now=NOW)

    take_over(proposal, actor=malik(), reason="Ein guter Wortlaut.", now=NOW)
    publish_edition(text, actor=malik(), now=LATER)

    proposal.refresh_from_db()
    assert proposal.answer_state == AnswerDecision.TAKEN_UP
    new = passage(text, "Für Kinder gibt es einen Brunnen")
    assert Link.objects.filter(source_id=proposal.pk, target_id=new.pk, type=links.TAKEN_UP_IN).exists()
    told = Notice.objects.filter(event="answered_taken_up").values_list("person__display_name", flat=True)
    assert sorted(told) == ["Ida", "Jörg"]
    assert links.TAKEN_UP_IN in [step.link for step in trail_of(proposal).steps]


def test_contributions_stay_at_the_passage_they_were_said_about():
    text = opened()
    said = comment_at(passage(text, "Für Kinder"), actor=jörg())

    revised(text, lambda text: [PassageEdit(working(text, "Für Kinder").pk, words="Für Kinder gibt es Sand.")])

    said.refresh_from_db()
    assert said.passage.edition.number == 1
    assert said.passage in predecessors_of(passage(text, "Für Kinder gibt es Sand"))
    assert Notice.objects.filter(record_id=said.pk, event="next_edition").exists()


def test_the_log_holds_the_words_of_an_edition_under_salt():
    text = opened()

    act = Act.objects.get(verb="published_text", ref=text.ref)

    assert act.details["edition"] == 1
    assert act.content.content["passages"][0]["body"] == "Leitbild Leopoldplatz"
    text.refresh_from_db()
    assert text.state == RecordState.PUBLISHED


def test_the_margin_counts_what_the_page_of_the_passage_shows_across_editions():
    text = opened()
    comment_at(passage(text, "Der Platz"), actor=jörg())
    comment_at(passage(text, "Für Kinder"), actor=ida())
    revised(text, lambda text: [PassageEdit(working(text, "Der Platz").pk, words="Der Platz ist für alle da.")])
    comment_at(passage(text, "Der Platz ist"), actor=ida(), body="Auch für Hunde?")

    shown = {row.passage: row.said for row in reading(text).passages}

    assert shown[passage(text, "Der Platz ist")] == 2
    assert shown == {one: contributions_at([one, *predecessors_of(one)])[0].paginator.count for one in shown}
    assert sum(row.said for row in reading(text, edition_number=1).passages) == 2


def test_who_follows_a_passage_follows_what_it_became_and_hears_of_the_edition_in_one_line():
    text = opened()
    followed = [passage(text, "Für Kinder"), text.home]
    for record in followed:
        follow(record, actor=ida(), now=NOW)
    for _ in range(3):
        comment_at(passage(text, "Für Kinder"), actor=ida())
    Notice.objects.all().delete()

    revised(text, lambda text: [PassageEdit(working(text, "Für Kinder").pk, words="Für Kinder gibt es Sand.")])

    assert Follow.objects.filter(person=ida().person, record=passage(text, "Für Kinder gibt es Sand")).exists()
    page, rows = page_of_deeds(ida().person, None)
    [room] = grouped(rows)
    [deed] = room.deeds
    assert page.paginator.count == 1
    assert deed.sentences[0] == "Eine neue Fassung des Textes ist da."
    assert deed.words == text.title
    assert len(deed.subjects) + deed.more == 5, "the process, the passage and three contributions"
