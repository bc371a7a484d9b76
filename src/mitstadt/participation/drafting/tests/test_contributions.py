"""What people say about a passage: by account, as a guest, and entered at the desk."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cast import AFTER_THE_PHASE, NOW, ida, jörg, krüger, office
from mitstadt.methods.text import anchors
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, ContributionForm
from mitstadt.participation.drafting.queries.contributions import (
    contributions_at,
    desk_rows,
    similar_at,
)
from mitstadt.participation.drafting.tests.builders import comment_at, opened, passage, wording_for
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import GUEST
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Channel
from mitstadt.spine.queries.answering import Narrowed

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(opened)]


@pytest.fixture
def text():
    return opened()


@pytest.fixture
def where(text):
    return passage(text, "Für Kinder")


def test_every_contribution_has_a_ref_and_is_counted_at_its_passage(where):
    said = comment_at(where, actor=jörg())

    where.refresh_from_db()
    assert said.ref
    assert where.contribution_count == 1


def test_a_form_sent_twice_counts_once(where):
    key = uuid4()

    assert comment_at(where, actor=jörg(), submission_key=key) == comment_at(where, actor=jörg(), submission_key=key)

    where.refresh_from_db()
    assert where.contribution_count == 1


def test_a_wording_that_changes_nothing_is_refused(where):
    with pytest.raises(Refused, match="wording_unchanged"):
        wording_for(where, where.body, actor=jörg())


def test_selected_words_are_found_again_in_a_changed_passage(where):
    start = where.body.index("Wasser")
    said = contribute(
        where,
        actor=jörg(),
        said=Said(ContributionForm.QUESTION, "Trinkwasser?", start=start, end=start + 6),
        now=NOW,
    )

    found = anchors.find(anchors.Anchor(**said.anchor), "Neu: " + where.body)

    assert (found.start, found.end) == (start + 5, start + 11)


def test_frau_krüger_enters_a_paper_form_after_the_deadline_and_it_counts_like_any_other(text, where):
    end = text.phases.get().closes_at
    linh, _secret = participant(GUEST.on_channel(Channel.PAPER), text.home, now=end)
    said = Said(ContributionForm.COMMENT, "Bitte Schatten.")

    with pytest.raises(Refused, match="phase_over"):
        contribute(where, actor=linh, said=said, now=end + timedelta(days=1))
    entered = contribute(where, actor=linh, said=said, now=end + timedelta(days=1), entered_by=krüger())

    assert (entered.channel, entered.entered_by) == (Channel.PAPER, krüger().person)
    where.refresh_from_db()
    assert where.contribution_count == 1


def test_after_the_phase_nobody_contributes(where):
    with pytest.raises(Refused, match="phase_over"):
        contribute(where, actor=jörg(), said=Said(ContributionForm.COMMENT, "Zu spät?"), now=AFTER_THE_PHASE)


def test_a_withdrawn_contribution_no_longer_counts(where):
    withdraw(comment_at(where, actor=jörg()), actor=jörg(), now=NOW)

    where.refresh_from_db()
    assert where.contribution_count == 0


def test_an_erased_wording_leaves_no_word_behind(where):
    proposal = wording_for(where, "Für Kinder gibt es einen Brunnen.", actor=ida(), body="Meine Tochter heißt Ada.")

    erase(proposal, actor=ida(), now=NOW)

    empty = Contribution.objects.get(pk=proposal.pk)
    assert (empty.wording, empty.body, empty.anchor, empty.author) == ("", "", {}, None)


def test_one_speaks_for_an_organisation_only_as_its_member(where):
    said = contribute(
        where,
        actor=jörg(),
        said=Said(ContributionForm.COMMENT, "Im Namen des Amtes.", organisation_id=office().pk),
        now=NOW,
    )

    assert said.organisation is None


def test_what_was_already_said_is_shown_before_sending(where):
    near = comment_at(where, actor=ida(), body="Ein Brunnen mit Trinkwasser wäre gut.")
    comment_at(where, actor=jörg(), body="Mehr Papierkörbe.")

    assert similar_at([where], "Bitte einen Brunnen mit Trinkwasser")[0] == near


def test_a_page_of_a_passage_takes_four_queries_however_much_is_said(where, django_assert_num_queries):
    for number in range(60):
        comment_at(where, actor=jörg(), body=f"Nummer {number}")

    with django_assert_num_queries(4):
        page, rows = contributions_at([where])

    assert (len(rows), page.paginator.count) == (50, 60)


def test_the_desk_filters_by_theme_and_answer(text, where):
    comment_at(where, actor=jörg())
    themed = contribute(where, actor=ida(), said=Said(ContributionForm.COMMENT, "Mehr Grün.", theme="Klima"), now=NOW)

    assert list(desk_rows(text, Narrowed(theme="Klima", only_unanswered=True))) == [themed]
    assert list(desk_rows(text, Narrowed(theme="Klima", answer_state="noted"))) == []
