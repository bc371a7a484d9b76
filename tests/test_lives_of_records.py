"""What becomes of a record: each deed in each state, and long lives by chance, against one table.

The table says where a record stands after a deed, or why the deed is refused; “-” is a deed for which there is nothing
to do. After every deed counters, search index, queue, translations, log and appeals are counted again from the rows.
"""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from itertools import product

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cast import ayşe, jörg
from lives import Life, acts_of, told
from mitstadt.spine.actions.accounts import delete_account
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Act, Appeal, ModerationCase, RecordState
from mitstadt.spine.tests.rules import rules

pytestmark = pytest.mark.django_db

LIVES = rules("""
             draft              held               published          internal           hidden             withdrawn          erased
support      record_not_public  record_not_public  published          internal           record_not_public  record_not_public  record_not_public
end_support  record_not_public  record_not_public  published          internal           record_not_public  record_not_public  record_not_public
comment      record_not_public  record_not_public  published          internal           record_not_public  record_not_public  record_not_public
follow       record_not_public  record_not_public  published          internal           record_not_public  record_not_public  record_not_public
report       record_not_public  record_not_public  published          internal           record_not_public  record_not_public  record_not_public
keep         draft              published          published          internal           case_decided       case_decided       case_decided
hide         draft              hidden             hidden             hidden             case_decided       case_decided       case_decided
object       nothing_to_appeal  nothing_to_appeal  nothing_to_appeal  nothing_to_appeal  already_appealed   nothing_to_appeal  not_yours
uphold       case_decided       case_decided       case_decided       case_decided       published          withdrawn          erased
refuse       case_decided       case_decided       case_decided       case_decided       hidden             withdrawn          erased
withdraw     record_not_public  record_not_public  withdrawn          withdrawn          record_not_public  record_not_public  not_yours
erase        erased             erased             erased             erased             erased             erased             not_yours
undo         not_entered_by_you  withdrawn         withdrawn          withdrawn          not_entered_by_you  not_entered_by_you  not_entered_by_you
answer       draft              held               published          internal           hidden             withdrawn          erased
""")  # noqa: E501  # one row a deed
STATES = {state.value for state in RecordState}
# The act that a deed leaves, and in whose voice; where it found nothing left to judge, that.
ACTS = {
    "support": ("supported", "person"),
    "comment": ("commented", "person"),
    "report": ("reported", "person"),
    "keep": ("kept", "host"),
    "hide": ("hidden", "host"),
    "object": ("appealed", "person"),
    "uphold": ("appeal_upheld", "host"),
    "refuse": ("appeal_refused", "host"),
    "withdraw": ("withdrew", "person"),
    "erase": ("erased", "person"),
    "undo": ("undid_entry", "host"),
    "answer": ("answered", "host"),
}
LEAVES_NO_ACT = {"follow", "end_support"}  # nothing to end: nobody supports it yet
# A first appeal; and the end of a case about what was reported before it was taken back.
CHANGES_NOTHING = {("object", "hidden"), *product(("keep", "hide"), ("withdrawn", "erased"))}
UNJUDGED = {"draft", "withdrawn", "erased"}
# Who hears of it: Jörg follows what he wrote, Ida the passage; nobody is told of what they did themselves.
TOLD = {
    "comment": {("Jörg", "commented", "contribution")},
    "keep": {("Jörg", "kept", "contribution")},
    "hide": {("Jörg", "hidden", "contribution")},
    "uphold": {("Jörg", "appeal_upheld", "contribution")},
    "refuse": {("Jörg", "appeal_refused", "contribution")},
    "answer": {("Jörg", "answered_noted", "contribution")},
}


def standing_at(state: RecordState, *, on_paper: bool = True) -> Life:
    life = Life(checked=state is RecordState.HELD, internal=state is RecordState.INTERNAL, on_paper=on_paper)
    life.bring_to(state)
    assert life.state is state
    return life


@pytest.mark.parametrize("state", RecordState)
def test_each_deed_in_each_state_leads_where_the_table_says(state):
    life = standing_at(state)
    for deed in LIVES.rows:
        try:
            with transaction.atomic():
                _leads_where_the_table_says(deepcopy(life), deed, state)
                transaction.set_rollback(True)
        except (AssertionError, Refused) as error:
            error.add_note(f"The deed is {deed}.")
            raise


def _leads_where_the_table_says(life: Life, deed: str, state: RecordState) -> None:
    expected = LIVES(deed, state.value)
    acts, heard = acts_of(life), told(life)

    if expected in STATES:
        getattr(life, deed)()
        assert life.state == expected
    else:
        with pytest.raises(Refused) as refused:
            getattr(life, deed)()
        assert refused.value.reason == expected
        assert life.state is state

    assert acts_of(life) - acts == (_acts(deed, state) if expected in STATES else Counter())
    assert set(told(life) - heard) == (_told(deed, state) if expected in STATES else set())
    life.assert_sound()


def _acts(deed: str, state: RecordState) -> Counter[tuple[str, str]]:
    if deed in LEAVES_NO_ACT:
        return Counter()
    judged = deed in {"keep", "hide", "uphold", "refuse"}
    return Counter([("settled", "host") if judged and state.value in UNJUDGED else ACTS[deed]])


def _told(deed: str, state: RecordState) -> set[tuple[str, str, str]]:
    if deed in {"keep", "hide", "uphold", "refuse"} and state.value in UNJUDGED:
        return set()
    # What waited for a check is new on the day on which it can be read.
    new = {("Ida", "contributed", "passage")} if (deed, state) == ("keep", RecordState.HELD) else set()
    return TOLD.get(deed, set()) | new


@pytest.mark.parametrize("deed", ["withdraw", "erase"])
@pytest.mark.parametrize("verdict", ["keep", "hide"])
def test_who_judges_what_was_taken_back_meanwhile_ends_the_case_and_nobody_is_told_what_is_not_so(deed, verdict):
    life = standing_at(RecordState.PUBLISHED)
    getattr(life, deed)()
    stood, heard = life.state, told(life)

    getattr(life, verdict)()

    assert life.state is stood
    assert Act.objects.latest("index").verb == "settled"
    assert told(life) == heard
    assert life.case.decided_at
    life.assert_sound()


def test_what_is_new_is_told_when_it_can_be_read_and_not_before():
    assert told(standing_at(RecordState.PUBLISHED)) == {("Ida", "contributed", "passage"): 1}


def test_what_waits_for_a_check_is_told_to_nobody():
    life = standing_at(RecordState.HELD)

    assert not told(life)
    assert life.where.contribution_count == 0
    life.assert_sound()


def test_a_comment_waits_for_its_check_where_contributions_do():
    life = Life()
    life._checked(True)
    life.comment()

    assert life.remark.state == RecordState.HELD
    assert ("Jörg", "commented", "contribution") not in told(life)
    life.assert_sound()


@pytest.mark.parametrize("state", [state for state in RecordState if state is not RecordState.DRAFT])
@pytest.mark.parametrize("erase_words", [True, False])
def test_who_ends_the_account_takes_the_words_along_or_leaves_them_without_a_name(state, erase_words):
    life = standing_at(state)
    stood = life.state

    delete_account(jörg(), erase_words=erase_words, now=life.now.created_at)

    gone = erase_words or stood is RecordState.ERASED
    assert life.state is (RecordState.ERASED if gone else stood)
    assert life.now.author is None
    objected = state in {RecordState.HIDDEN, RecordState.WITHDRAWN}
    assert Appeal.objects.exclude(text="").exists() == (objected and not gone)
    life.assert_sound()


def test_a_case_and_an_appeal_are_decided_once_also_by_two_who_have_them_open():
    life = standing_at(RecordState.PUBLISHED)
    life.hide()
    verdicts = ModerationCase.objects.exclude(decided_at=None).count()

    for again in (life.hide, life.keep):
        with pytest.raises(Refused, match="case_decided"):
            again()
    life.object()
    life.refuse()
    for again in (life.uphold, life.refuse):
        with pytest.raises(Refused, match="case_decided"):
            again()

    assert life.state is RecordState.HIDDEN
    assert ModerationCase.objects.exclude(decided_at=None).count() == verdicts
    assert Act.objects.filter(verb__startswith="appeal_").count() == 1


def _refusal(deed: Callable[[], None]) -> str:
    """The reason why a deed is refused; none where it is done."""
    try:
        deed()
    except Refused as refused:
        return refused.reason
    return ""


class Lives(RuleBasedStateMachine):
    """A contribution to which everything happens in any order; the table says what becomes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()

    def teardown(self) -> None:
        """Leave the database as it was."""
        transaction.set_rollback(True)
        self.kept.__exit__(None, None, None)

    @initialize(checked=st.booleans(), internal=st.booleans(), on_paper=st.booleans())
    def begins(self, checked: bool, internal: bool, on_paper: bool) -> None:
        """Said on one way or the other, in one kind of room or the other."""
        self.life = Life(checked=checked, internal=internal, on_paper=on_paper)
        self.internal, self.on_paper = internal, on_paper
        self.state = RecordState.HELD if checked else RecordState.INTERNAL if internal else RecordState.PUBLISHED

    @rule(deed=st.sampled_from(LIVES.rows))
    def somebody_does(self, deed: str) -> None:
        """What the table refuses is refused; else the record stands where it says."""
        expected = LIVES(deed, self.state.value)
        refused = _refusal(getattr(self.life, deed))
        if refused:
            assert refused in {expected, *self._also(deed)}, (deed, self.state, refused)
            return
        if expected not in STATES:
            assert (deed, self.state.value) in CHANGES_NOTHING
            return
        up = RecordState.INTERNAL if self.internal else RecordState.PUBLISHED
        self.state = up if expected == "published" else RecordState(expected)

    def _also(self, deed: str) -> set[str]:
        """What may stand in the way beside the state: no case, no appeal, one that was decided, nothing on paper."""
        return {
            "keep": {"case_decided"},
            "hide": {"case_decided"},
            "object": {"already_appealed", "nothing_to_appeal"},
            "answer": {"answered_already"},
            "uphold": {"case_decided"},
            "refuse": {"case_decided"},
            "undo": {"not_entered_by_you"} if self.state == RecordState.ERASED or not self.on_paper else set(),
        }.get(deed, set())

    @rule()
    def the_comment_is_taken_back(self) -> None:
        """It counts no longer."""
        assert _refusal(self.life.take_comment_back) in {"", "nothing_to_answer", "record_not_public"}

    @invariant()
    def everything_counted_again_is_the_same(self) -> None:
        """The state is the table's, and all else follows it."""
        if hasattr(self, "life"):
            assert self.life.state is self.state
            self.life.assert_sound()


def test_whatever_happens_in_whatever_order_the_table_and_the_counts_hold():
    run_state_machine_as_test(
        # What fails is a list of deeds that anyone can read; making it shorter would take minutes.
        Lives,
        settings=settings(
            settings.get_profile("suite"), max_examples=12, stateful_step_count=14, phases=[Phase.generate]
        ),
    )
    assert ayşe().person is not None
