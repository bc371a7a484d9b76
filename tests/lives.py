"""One contribution and all that can happen to it: the deeds, who does them, and what must hold after each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db import transaction

from cast import NOW, ayşe, ida, jörg, krüger, malik, office, person, petra, prepared_process, with_role
from mitstadt.ground.organisations.models import Role
from mitstadt.participation.drafting import verbs
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.models import Contribution, ContributionForm, Passage
from mitstadt.participation.drafting.tests.builders import imported, passage
from mitstadt.spine.actions import answers, comments, entries, moderation, processes, rooms, supports, withdrawal
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.follows import follow
from mitstadt.spine.actions.records import change_state
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.kept_words import translations_of
from mitstadt.spine.models import (
    UP,
    Act,
    ActContent,
    ActInPreparation,
    AnswerDecision,
    Appeal,
    Comment,
    ModerationCase,
    ModerationVerdict,
    Notice,
    Part,
    Record,
    RecordState,
    ReportReason,
    SearchEntry,
    Translation,
    Turn,
    Visibility,
)
from mitstadt.spine.own_verbs import UNDID_ENTRY
from mitstadt.spine.queries.record_check import check_records

SECRET = "Springbrunnen"


class Life:
    """A contribution of Jörg's to a passage that he and Ida follow; on paper, Frau Krüger typed it."""

    def __init__(self, *, checked: bool = False, internal: bool = False, on_paper: bool = False) -> None:
        process = prepared_process()
        if internal:
            readers = office("Straßenamt", "strassenamt")
            rooms.show_to(process, Visibility.INTERNAL, [readers], actor=malik(), now=NOW)
            for name in ("Jörg", "Ida"):
                with_role(person(name), Role.CONTRIBUTOR, readers)
        text = imported(process)
        processes.open_process(process, actor=malik(), now=NOW - timedelta(days=2))
        self.where = passage(text, "Für Kinder")
        for someone in (ida(), jörg()):
            follow(self.where, actor=someone, now=NOW)
        self._checked(checked)
        self.record = contribute(
            self.where,
            actor=jörg(),
            said=Said(ContributionForm.WORDING, SECRET, f"Für Kinder gibt es einen {SECRET}.", theme=SECRET),
            entered_by=krüger() if on_paper else None,
            now=NOW,
        )
        self._translated()
        self.remark: Comment | None = None

    @transaction.atomic
    def _translated(self) -> None:
        Translation.objects.create(record=self.record, language="en", body=SECRET)
        content = translations_of([self.record])
        record_act(actor=malik(), verb=verbs.TRANSLATED_TEXT, record=self.record, now=NOW, content=content)

    def _checked(self, first: bool) -> None:
        part = Part.objects.get(pk=self.where.own_part.pk)
        part.checks_first = first
        part.save(update_fields=["checks_first"])
        self.where = Passage.objects.select_related("room__host", "part__room").get(pk=self.where.pk)

    # What is so now.

    @property
    def now(self) -> Contribution:
        """The contribution as it stands."""
        return Contribution.objects.select_related("room__host", "part__room").get(pk=self.record.pk)

    @property
    def state(self) -> RecordState:
        """Where it stands."""
        return RecordState(self.now.state)

    @property
    def case(self) -> ModerationCase | None:
        """The newest case about it."""
        return ModerationCase.objects.filter(record_id=self.record.pk).order_by("-pk").first()

    @property
    def appeal(self) -> Appeal | None:
        """The appeal against the newest verdict."""
        return Appeal.objects.filter(case__record_id=self.record.pk).order_by("-pk").first()

    # What people do.

    def support(self) -> None:
        """Ida supports it."""
        supports.support(self.now, actor=ida(), now=NOW)

    def end_support(self) -> None:
        """Ida supports it no longer."""
        supports.end_support(self.now, actor=ida(), now=NOW)

    def comment(self) -> None:
        """Ida comments."""
        self.remark = comments.comment(self.now, actor=ida(), text="Sehr gut.", now=NOW)

    def take_comment_back(self) -> None:
        """Ida withdraws what she said last."""
        if self.remark is None:
            raise Refused("nothing_to_answer")
        withdrawal.withdraw(Record.objects.get(pk=self.remark.pk), actor=ida(), now=NOW)

    def follow(self) -> None:
        """Ida follows it."""
        follow(self.now, actor=ida(), now=NOW)

    def report(self) -> None:
        """Ida reports it."""
        moderation.report(self.now, actor=ida(), reason=ReportReason.OTHER, text="", now=NOW)

    def keep(self) -> None:
        """Ayşe lets it stand."""
        self._decide(ModerationVerdict.KEEP)

    def hide(self) -> None:
        """Ayşe hides it."""
        self._decide(ModerationVerdict.HIDE)

    def _decide(self, verdict: ModerationVerdict) -> None:
        if self.case is None:
            raise Refused("case_decided")
        moderation.decide(self.case, actor=ayşe(), verdict=verdict, rule="other", reason="Darum.", now=NOW)

    def object(self) -> None:
        """Jörg appeals."""
        if self.case is None:
            raise Refused("nothing_to_appeal")
        moderation.appeal(self.case, actor=jörg(), text=SECRET, now=NOW)

    def uphold(self) -> None:
        """Another moderator gives him right."""
        self._second_look(True)

    def refuse(self) -> None:
        """Another moderator does not."""
        self._second_look(False)

    def _second_look(self, upheld: bool) -> None:
        if self.appeal is None:
            raise Refused("case_decided")
        second = with_role(person("Noor"), Role.MODERATOR)
        moderation.decide_appeal(self.appeal, actor=second, upheld=upheld, reason="Darum.", now=NOW)

    def withdraw(self) -> None:
        """Jörg withdraws it."""
        withdrawal.withdraw(self.now, actor=jörg(), now=NOW)

    def erase(self) -> None:
        """Jörg erases it."""
        withdrawal.erase(self.now, actor=jörg(), now=NOW)

    def undo(self) -> None:
        """Frau Krüger takes the slip back."""
        entries.undo_entry(self.now.home, clerk=krüger(), person_id=person("Jörg").pk, entered_at=NOW, now=NOW)

    def answer(self) -> None:
        """Malik answers."""
        answers.answer(
            [self.now], room=self.now.home, actor=malik(), decision=AnswerDecision.NOTED, reason="Danke.", now=NOW
        )

    # How it came to stand somewhere.

    def bring_to(self, state: RecordState) -> None:
        """Let it stand in this state, with a case or an appeal that is still open where there can be one."""
        if state is RecordState.HELD:
            return
        # Somebody reported it before Ida does.
        moderation.report(self.now, actor=petra(), reason=ReportReason.OTHER, text="", now=NOW)
        if state not in {RecordState.DRAFT, RecordState.PUBLISHED, RecordState.INTERNAL}:
            self.hide()
            self.object()
        if state in {RecordState.DRAFT, RecordState.WITHDRAWN}:
            # Nobody does this; the rules hold whatever a database says.
            change_state(self.now, state, now=NOW)
            if state is RecordState.WITHDRAWN:
                record_act(actor=None, verb=UNDID_ENTRY, record=self.now, now=NOW)
        elif state is RecordState.ERASED:
            # A second moderator has the appeal open on the screen while it is erased.
            self.erase()
            Appeal.objects.create(case_id=self.record.moderation_cases.latest("pk").pk, text="", created_at=NOW)

    # What holds whatever happened.

    def assert_sound(self) -> None:
        """Counters, index, queue and emptiness follow the state."""
        held = check_records()
        assert held.sound, held.differences
        assert not held.unpromised
        said = self.now
        remarks = Comment.objects.filter(target_id=said.pk)
        assert said.support_count == Turn.objects.filter(record_id=said.pk, deed=Deed.SUPPORT.value).count()
        assert said.comment_count == remarks.filter(state__in=UP).count()
        counted = Contribution.objects.filter(passage_id=self.where.pk, state__in=UP).count()
        assert Passage.objects.get(pk=self.where.pk).contribution_count == counted
        for one in [Record.objects.get(pk=said.pk), *remarks]:
            indexed = SearchEntry.objects.filter(record_id=one.pk).exists()
            # What answers something that nobody may read is not found either.
            astray = one.pk != said.pk and said.state in {
                RecordState.HIDDEN,
                RecordState.WITHDRAWN,
                RecordState.ERASED,
            }
            assert indexed == (one.state == RecordState.PUBLISHED and not astray), one.state
            waiting = ModerationCase.objects.filter(record_id=one.pk, decided_at=None)
            assert waiting.count() <= 1
            if one.state == RecordState.HELD:
                assert waiting.count() == 1
            if one.state == RecordState.WITHDRAWN:
                assert not waiting.filter(reports=None).exists()
            if one.state == RecordState.ERASED:
                self._assert_empty(one)
        assert said.is_answered == Record.objects.filter(kind="answer", room=said.home).exists()

    def _assert_empty(self, one: Record) -> None:
        assert (one.title, one.body, one.author, one.entered_by) == ("", "", None, None)
        assert not Translation.objects.filter(record=one).exists()
        assert not ActContent.objects.filter(record_id=one.pk, content__has_key="body").exists()
        assert not Appeal.objects.filter(case__record=one).exclude(text="").exists()
        if one.pk == self.record.pk:
            emptied = self.now
            assert (emptied.wording, emptied.theme, emptied.anchor) == ("", "", {})


def acts_of(life: Life) -> Counter[tuple[str, str]]:
    """Every act of the city so far, also of drafts: the verb and the voice in which it is told."""
    return Counter(row for acts in (Act, ActInPreparation) for row in acts.objects.values_list("verb", "actor_kind"))


def told(life: Life) -> Counter[tuple[str, str, str]]:
    """Who was told what about which: name, event, and whether it is the passage or the contribution."""
    names = {life.where.pk: "passage", life.record.pk: "contribution"}
    rows = Notice.objects.values_list("person__display_name", "event", "record_id")
    return Counter((name, event, names.get(record, "comment")) for name, event, record in rows)
