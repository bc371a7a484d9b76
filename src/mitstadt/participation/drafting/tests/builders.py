"""A co-written text for the tests of this slice."""

from datetime import timedelta
from typing import Any

from cast import NOW, malik, prepared_process
from mitstadt.participation.drafting import computations
from mitstadt.participation.drafting.actions.contributions import Said, contribute
from mitstadt.participation.drafting.actions.working_copy import import_text
from mitstadt.participation.drafting.format import DRAFTING
from mitstadt.participation.drafting.models import Contribution, ContributionForm, CoText, Passage
from mitstadt.spine.actions.parts import describe_part, plan_part
from mitstadt.spine.actions.processes import open_process
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Access, Process
from standing import once_a_file

WORDS = """Leitbild Leopoldplatz

Zum Inhalt springen

Aufenthalt

Der Platz lädt alle zum Verweilen ein. Bänke stehen im Schatten der Linden.

Für Kinder gibt es Wasser zum Spielen.

Wege

Radfahrende und Gehende kommen sich nicht in die Quere. Die Wege sind eben und hell.
"""


def imported(
    process: Process | None = None,
    *,
    words: str = WORDS,
    owner: Actor | None = None,
    title: str = "Gemeinsam schreiben",
    source: str = "leitbild.txt",
    access: Access = Access.ANYONE,
    checks_first: bool = False,
) -> CoText:
    """A text that was imported into a process in preparation."""
    process, owner = process or prepared_process(), owner or malik()
    part = plan_part(
        process,
        actor=owner,
        format_key=DRAFTING.key,
        title=title,
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=30),
        now=NOW - timedelta(days=9),
    )
    describe_part(part, actor=owner, fields={"access": access, "checks_first": checks_first}, now=NOW)
    read = computations.read_pasted(words)
    text = CoText.objects.get(pk=part.pk)
    return import_text(text, actor=owner, read=read, source_name=source, now=NOW - timedelta(days=8))


@once_a_file
def opened(*, access: Access = Access.ANYONE, checks_first: bool = False, **options: Any) -> CoText:
    """The text after its process opened, with its first edition."""
    text = imported(prepared_process(**options), access=access, checks_first=checks_first)
    open_process(hosted(text), actor=malik(), now=NOW - timedelta(days=2))
    return CoText.objects.get(pk=text.pk)


def hosted(text: CoText) -> Process:
    """The process that holds the text."""
    return Process.objects.get(pk=text.room_id)


def passage(text: CoText, beginning: str) -> Passage:
    """The passage of the newest edition that begins like this."""
    return Passage.objects.filter(edition__text=text, body__startswith=beginning).order_by("-edition__number")[0]


def comment_at(where: Passage, *, actor: Actor, body: str = "Bitte auch nachts hell.", **options: Any) -> Contribution:
    """A comment on a passage."""
    said = Said(form=ContributionForm.COMMENT, body=body)
    return contribute(where, actor=actor, said=said, now=NOW, **options)


def wording_for(where: Passage, wording: str, *, actor: Actor, body: str = "") -> Contribution:
    """A proposed wording."""
    return contribute(where, actor=actor, said=Said(form=ContributionForm.WORDING, body=body, wording=wording), now=NOW)
