"""One text of the demo city while it is written: what is said about it, and what its editors do."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.actions.working_copy import import_text
from mitstadt.participation.drafting.demo import editing
from mitstadt.participation.drafting.demo.reading import SaidScript, read_text
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Edition, Passage
from mitstadt.spine.models import Part
from mitstadt.spine.queries.parts import with_phases
from mitstadt.spine.stage import Stage


class Writing:
    """A text on a stage: what its people and its editors know of it so far."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.script = read_text(stage.folder)
        self.text: CoText
        self.passages: dict[tuple[int, str], Passage] = {}
        self.said: list[tuple[SaidScript, Contribution]] = []

    @property
    def most_supports(self) -> int:
        """How many people at most support one contribution."""
        return max((told.supports for told in self.script.said), default=0)

    def make_ready(self, part: Part, now: datetime) -> None:
        """Load the text."""
        name = str(self.stage.own.get("source_name", ""))
        read = computations.read_file(self.script.text, name)
        text = CoText.objects.select_related("room__host").get(pk=part.pk)
        self.text = import_text(text, actor=self.stage.owner, read=read, source_name=name, now=now)

    def play(self) -> None:
        """Plan what people say, and what the editors do."""
        self.stage.at(self.stage.moment(0, 9), self.learn_passages)
        for told in self.script.said:
            when = self.stage.some_time(told.day, earliest=10 if told.day == 0 else 8)
            self.stage.at(min(when, self.stage.end), partial(self._say, told))
        editing.plan(self)

    def learn_passages(self, _now: datetime) -> None:
        """Know the passages of the newest edition by their numbers, each joined to the part that permits ask about."""
        text = with_phases(CoText.objects.filter(pk=self.text.pk)).get()
        edition = Edition.objects.filter(text=text).latest("number")
        for passage in edition.passages.all():
            passage.edition, passage.room, passage.part = edition, text.room, text
            self.passages[edition.number, passage.number] = passage

    def _say(self, told: SaidScript, now: datetime) -> None:
        author = self.stage.speaker(told.by, channel=told.channel, now=now)
        made = contribute(
            self.passages[told.edition, told.at],
            actor=author,
            said=Said(
                form=ContributionForm(told.form),
                body=told.text,
                wording=told.wording,
                theme=told.theme,
                language=told.language,
                organisation_id=self.stage.organisation_id(told.organisation),
            ),
            entered_by=self.stage.clerk(told.channel),
            now=now,
        )
        self.said.append((told, made))
        if told.edition == 1:
            self.stage.follow(self.stage.process, told.by, actor=author, now=now)
        self.stage.react(made, told, author=author, now=now)
