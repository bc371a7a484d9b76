"""What says the same is merged, what says several things is split, and nothing and nobody is lost on the way."""

import pytest
from django.db import IntegrityError, transaction

from cast import LATER, NOW, ida, jörg, malik, person
from mitstadt.spine.actions.answers import answer
from mitstadt.spine.actions.authorship import agree, invite, join
from mitstadt.spine.actions.codes import participant
from mitstadt.spine.actions.comments import comment
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.merging import merge, separate
from mitstadt.spine.actions.splitting import marked, split
from mitstadt.spine.actions.supports import end_support, support
from mitstadt.spine.actions.withdrawal import erase, withdraw
from mitstadt.spine.actors import GUEST, actor_for
from mitstadt.spine.authorship import authors_of
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import (
    Act,
    AnswerDecision,
    Authorship,
    Follow,
    Link,
    MovedOn,
    Notice,
    Record,
    RecordState,
    Room,
    RoomStage,
    Succession,
    Turn,
)
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.spine.tests.trial_format import contribution, part_in, running_process, trial_part
from mitstadt.ui.comments import shown_author

pytestmark = [pytest.mark.django_db, pytest.mark.stands.with_args(running_process)]

REASON = "Beide wünschen Schatten an den Bänken."


def erika():
    return actor_for(person("Erika"))


@pytest.fixture
def process():
    return running_process()


@pytest.fixture
def two(process):
    return fresh(contribution(process, actor=jörg(), body="Bänke.")), fresh(contribution(process, actor=ida()))


def fresh(record):
    return Record.objects.select_related("author", "organisation").get(pk=record.pk)


def names(record):
    return sorted(row.person.display_name for row in Turn.objects.filter(record=record))


def merged(source, target, **options):
    return merge([source], target, **{"actor": malik(), "reason": REASON, "now": LATER, **options})


def answered(record):
    given = answer(
        [fresh(record)],
        room=record.home,
        actor=malik(),
        decision=AnswerDecision.TAKEN_UP,
        reason="Das machen wir.",
        now=LATER,
    )
    return given.ref


def test_supporters_count_once_and_the_source_keeps_its_own(two):
    source, target = two
    support(source, actor=erika(), now=NOW)
    support(source, actor=malik(), now=NOW)
    support(target, actor=malik(), now=NOW)
    merged(source, target)
    assert (names(target), fresh(target).support_count) == (["Erika", "Malik"], 2)
    assert (names(source), fresh(source).support_count) == (["Erika", "Malik"], 2)


def test_comments_stay_and_an_arrow_leads_there_with_the_reason(two):
    source, target = two
    comment(source, actor=erika(), text="Gut.", now=NOW)
    merged(source, target)
    assert (fresh(source).comment_count, fresh(source).body, fresh(source).state) == (1, "Bänke.", "published")
    assert Link.objects.filter(source=source, target=target, type="merged_into").exists()
    act = Act.objects.get(ref=source.ref, verb="merged")
    assert (act.details["into"], act.details["reason"], act.actor_kind) == (target.ref, REASON, "host")


def test_followers_of_both_are_told_and_those_of_the_source_follow_on(two):
    source, target = two
    follow(source, actor=erika(), now=NOW)
    follow(target, actor=malik(), now=NOW)
    merged(source, target)
    told = set(Notice.objects.values_list("person__display_name", "record__ref", "event"))
    assert ("Erika", source.ref, "merged") in told
    assert ("Malik", target.ref, "took_in_another") in told
    assert Follow.objects.filter(record=target, person=person("Erika")).exists()


def test_what_went_on_takes_nothing_more_itself(two):
    source, target = two
    merged(source, target)
    for deed in (Deed.SUPPORT, Deed.COMMENT, Deed.MERGE, Deed.SPLIT, Deed.INVITE, Deed.JOIN):
        assert permit_on(jörg(), deed, fresh(source), now=NOW).reason == "went_on_in_another", deed
    assert permit_on(erika(), Deed.SUPPORT, fresh(target), now=NOW)


def test_whose_words_came_in_is_named_by_their_ref_until_they_agree(two):
    source, target = two
    merged(source, target)
    assert shown_author(fresh(target)) == f"Ida, mit Worten aus {source.ref}"
    assert authors_of(fresh(target)) == [ida().person.pk]
    with pytest.raises(Refused, match="not_asked_to_join"):
        agree(target, actor=erika(), now=LATER)
    agree(target, actor=jörg(), now=LATER)
    assert shown_author(fresh(target)) == "Ida und Jörg"


def test_authors_of_all_merge_and_part_themselves_others_do_not(two):
    source, target = two
    with pytest.raises(Refused, match="needs_role"):
        merged(source, target, actor=ida())
    join(invite(source, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    merged(fresh(source), target, actor=ida())
    assert Act.objects.filter(ref=source.ref, verb="merged_by_authors", actor_kind="person").exists()
    with pytest.raises(Refused, match="needs_role"):
        separate(source, actor=erika(), reason="Nein.", now=LATER)
    separate(source, actor=jörg(), reason="Es ist doch etwas anderes.", now=LATER)
    assert fresh(source).moved_on == MovedOn.NO


def test_merging_needs_a_reason_and_two_of_one_kind_in_one_part(process, two):
    source, target = two
    elsewhere = contribution(running_process(title="Anderswo"), actor=jörg())
    said = comment(target, actor=erika(), text="Gut.", now=NOW)
    for wrong, reason in ((elsewhere, "merge_other_kind"), (said, "kind_takes_no_such_deed"), (target, "nothing")):
        with pytest.raises(Refused, match=reason):
            merge([wrong] if wrong != target else [], target, actor=malik(), reason=REASON, now=LATER)
    with pytest.raises(Refused, match="reason_missing"):
        merged(source, target, reason="  ")
    with pytest.raises((Refused, IntegrityError)), transaction.atomic():
        merged(target, target)


def test_what_is_answered_is_not_merged(two):
    source, target = two
    answered(target)
    with pytest.raises(Refused, match="merge_answered"):
        merged(source, target)


def test_an_answer_reaches_everything_that_went_in(process, two):
    source, target = two
    third = contribution(process, actor=erika())
    merged(source, target)
    merged(target, third)
    with pytest.raises(Refused) as refusal:
        answered(source)
    assert target.ref in str(refusal.value.sentence)
    given = answered(third)
    assert {fresh(one).answer_state for one in (source, target, third)} == {"taken_up"}
    assert Link.objects.filter(source__ref=given, type="answers").count() == 3
    with pytest.raises(Refused, match="merge_answered"):
        separate(source, actor=malik(), reason="Nein.", now=LATER)
    assert not permit_on(malik(), Deed.SEPARATE, fresh(source), now=LATER), "no page offers what is refused"


def test_a_merge_undone_puts_everyone_back(two):
    source, target = two
    support(source, actor=erika(), now=NOW)
    support(target, actor=malik(), now=NOW)
    merged(source, target)
    separate(source, actor=malik(), reason="Es ist doch etwas anderes.", now=LATER)
    assert (names(source), names(target)) == (["Erika"], ["Malik"])
    assert (fresh(source).support_count, fresh(target).support_count) == (1, 1)
    assert shown_author(fresh(target)) == "Ida"
    assert not Link.objects.filter(type="merged_into").exists()
    assert not Follow.objects.filter(record=target, person=person("Erika")).exists()
    assert permit_on(erika(), Deed.SUPPORT, fresh(source), now=NOW)


def test_who_took_the_support_back_meanwhile_does_not_count_again(two):
    source, target = two
    support(source, actor=erika(), now=NOW)
    merged(source, target)
    end_support(fresh(target), actor=erika(), now=LATER)
    separate(source, actor=malik(), reason="Nein.", now=LATER)
    assert (names(source), names(target)) == ([], [])


def test_who_agreed_to_stand_there_stays_there_when_it_is_undone(two):
    source, target = two
    merged(source, target)
    agree(target, actor=jörg(), now=LATER)
    separate(source, actor=malik(), reason="Nein.", now=LATER)
    assert shown_author(fresh(target)) == "Ida und Jörg"


@pytest.mark.parametrize("gone", ["withdraw", "erase"])
def test_when_the_target_goes_what_went_in_stands_for_itself_again(two, gone):
    source, target = two
    support(source, actor=erika(), now=NOW)
    merged(source, target)
    {"withdraw": withdraw, "erase": erase}[gone](fresh(target), actor=ida(), now=LATER)
    left = fresh(source)
    assert (left.moved_on, left.state, left.support_count) == (MovedOn.NO, RecordState.PUBLISHED, 1)
    assert Act.objects.filter(ref=source.ref, verb="separated", actor_kind="system").exists()


def test_whoever_erases_what_went_in_is_no_longer_named_where_it_went(two):
    source, target = two
    merged(source, target)
    answered(target)
    erase(fresh(source), actor=jörg(), now=LATER)
    assert shown_author(fresh(target)) == "Ida"
    assert not Authorship.objects.filter(person=person("Jörg")).exists()


def test_pieces_have_all_words_authors_supporters_and_followers(process):
    said = contribution(process, actor=jörg(), body="Mehr Bänke.\n\nWeniger Lärm bei Nacht.")
    join(invite(said, actor=jörg(), now=NOW), actor=ida(), now=NOW)
    support(said, actor=erika(), now=NOW)
    pieces = split(
        said, marked("Mehr Bänke.\n---\nWeniger Lärm bei Nacht."), actor=malik(), reason="Zwei Fragen.", now=LATER
    )
    assert [fresh(one).body for one in pieces] == ["Mehr Bänke.", "Weniger Lärm bei Nacht."]
    for piece in pieces:
        assert (shown_author(fresh(piece)), names(piece), fresh(piece).support_count) == ("Jörg und Ida", ["Erika"], 1)
        assert Follow.objects.filter(record=piece, person=person("Erika")).exists()
        assert (piece.part_id, piece.kind) == (part_in(process).pk, "trial")
        assert Link.objects.filter(source=said, target=piece, type="split_into").exists()
    assert permit_on(erika(), Deed.SUPPORT, fresh(said), now=NOW).reason == "went_on_in_pieces"


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        (["Mehr Bänke. Weniger Lärm."], "split_into_one"),
        (["Mehr Bänke.", "Kein Lärm."], "split_changes_words"),
        (["Mehr Bänke."] * 2, "split_changes_words"),
        (["Mehr", "Bänke. Weniger"], "split_changes_words"),
    ],
)
def test_nobody_is_given_other_words_by_splitting(process, pieces, reason):
    said = contribution(process, actor=jörg(), body="Mehr Bänke. Weniger Lärm.")
    with pytest.raises(Refused, match=reason):
        split(said, pieces, actor=malik(), reason="Zwei Fragen.", now=LATER)


def test_what_was_split_is_answered_when_every_piece_is(process):
    said = contribution(process, actor=jörg(), body="Mehr Bänke. Weniger Lärm.")
    first, second = split(said, ["Mehr Bänke.", "Weniger Lärm."], actor=malik(), reason="Zwei Fragen.", now=LATER)
    answered(first)
    assert fresh(said).answer_state == ""
    answered(second)
    assert fresh(said).answer_state == "taken_up"


def test_erasing_what_was_split_erases_its_words_everywhere(process):
    said = contribution(process, actor=jörg(), body="Mehr Bänke. Weniger Lärm.")
    pieces = split(said, ["Mehr Bänke.", "Weniger Lärm."], actor=malik(), reason="Zwei Fragen.", now=LATER)
    erase(fresh(said), actor=jörg(), now=LATER)
    assert {fresh(one).body for one in (said, *pieces)} == {""}


def test_the_database_holds_that_a_record_goes_on_in_one(process, two):
    source, target = two
    merged(source, target)
    third = contribution(process, actor=erika())
    for row in (
        {"source": source, "target": third, "way": "merged"},
        {"source": third, "target": third, "way": "merged"},
        {"source": third, "target": target, "way": "other"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.create(at=NOW, **row)


def test_who_came_with_two_records_stays_while_one_of_them_is_there(process, two):
    source, target = two
    third = contribution(process, actor=erika())
    support(source, actor=malik(), now=NOW)
    support(third, actor=malik(), now=NOW)
    merged(source, target)
    merged(third, target)
    separate(source, actor=malik(), reason="Nein.", now=LATER)
    assert (names(source), names(third), names(target)) == (["Malik"], ["Malik"], ["Malik"])
    separate(third, actor=malik(), reason="Nein.", now=LATER)
    assert (names(source), names(third), names(target)) == (["Malik"], ["Malik"], [])


def test_parting_in_the_middle_takes_people_back_from_the_end_of_the_road(process, two):
    source, target = two
    third = contribution(process, actor=malik())
    support(source, actor=erika(), now=NOW)
    merged(source, target)
    merged(target, third)
    separate(source, actor=malik(), reason="Nein.", now=LATER)
    assert (names(source), names(target), names(third)) == (["Erika"], [], [])
    assert shown_author(fresh(third)) == f"Malik, mit Worten aus {target.ref}"


def test_one_of_several_who_leaves_what_went_in_is_nowhere_named_any_more(two):
    source, target = two
    join(invite(source, actor=jörg(), now=NOW), actor=erika(), now=NOW)
    merged(source, target)
    assert Authorship.objects.filter(record=target, person=person("Erika")).exists()
    erase(fresh(source), actor=erika(), now=LATER)
    assert not Authorship.objects.filter(person=person("Erika")).exists()
    assert shown_author(fresh(target)) == f"Ida, mit Worten aus {source.ref}"


def test_guests_are_counted_apart_where_it_went_too(two):
    source, target = two
    guest, _secret = participant(GUEST, source.home, now=NOW)
    support(source, actor=guest, now=NOW)
    support(source, actor=erika(), now=NOW)
    merged(source, target)
    assert (fresh(target).support_count, fresh(target).guest_support_count) == (1, 1)
    separate(source, actor=malik(), reason="Nein.", now=LATER)
    assert (fresh(target).support_count, fresh(target).guest_support_count) == (0, 0)
    assert (fresh(source).support_count, fresh(source).guest_support_count) == (1, 1)


def test_what_is_answered_is_not_split(process):
    said = contribution(process, actor=jörg(), body="Bänke. Und Bäume.")
    answered(said)

    with pytest.raises(Refused, match="merge_answered"):
        split(fresh(said), ["Bänke.", "Und Bäume."], actor=malik(), reason=REASON, now=LATER)


def test_who_was_only_asked_to_stand_there_is_no_author_yet(two):
    source, target = two
    merged(source, target)
    Record.objects.filter(pk=target.pk).update(state=RecordState.HIDDEN)

    assert not visible_to(jörg(), Record.objects.filter(pk=target.pk)).exists()
    assert visible_to(ida(), Record.objects.filter(pk=target.pk)).exists()


def test_who_came_along_and_supports_it_by_now_follows_it_still_when_it_is_undone(two):
    source, target = two
    follow(source, actor=erika(), now=NOW)
    merged(source, target)
    support(fresh(target), actor=erika(), now=LATER)

    separate(fresh(source), actor=malik(), reason="Doch zweierlei.", now=LATER)

    assert Follow.objects.filter(record=target, person=erika().person).exists()


def test_an_answer_that_was_given_holds_a_merge_together_when_the_target_goes(two):
    source, target = two
    merged(source, target)
    answered(target)

    withdraw(fresh(target), actor=ida(), now=LATER)

    assert fresh(source).moved_on == MovedOn.MERGED


def test_a_piece_that_others_write_by_now_stays_when_the_whole_is_withdrawn(process):
    said = contribution(process, actor=jörg(), body="Bänke. Und Bäume.")
    first, second = split(fresh(said), ["Bänke.", "Und Bäume."], actor=malik(), reason=REASON, now=LATER)
    join(invite(first, actor=jörg(), now=LATER), actor=ida(), now=LATER)

    withdraw(fresh(said), actor=jörg(), now=LATER)

    assert [fresh(one).state for one in (said, first, second)] == ["withdrawn", "published", "withdrawn"]


def test_after_the_room_was_closed_its_office_may_merge_and_authors_may_not(process):
    one, other = (fresh(contribution(process, actor=jörg(), body=words)) for words in ("Bänke.", "Bäume."))
    Room.objects.filter(pk=process.pk).update(stage=RoomStage.CLOSED, closed_at=NOW)

    with pytest.raises(Refused, match="room_closed"):
        merged(one, other, actor=jörg())
    merged(one, other, actor=malik())
    assert fresh(one).moved_on == MovedOn.MERGED


def test_what_belongs_to_two_parts_of_a_process_is_not_merged(process, two):
    second = trial_part(process)
    other = contribution(process, actor=jörg())
    Record.objects.filter(pk=other.pk).update(part=second)

    with pytest.raises(Refused, match="merge_other_kind"):
        merged(fresh(other), two[1])
