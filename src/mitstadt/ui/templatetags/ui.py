"""The components. A misspelt argument is an error when the template is compiled.

Each tag has one template in ``templates/ui/parts``, its rules in ``static/ui/components``; see ``docs/look.md``.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mitstadt.ground.languages import own_name, read_language
from mitstadt.ground.organisations.contact import contact_of
from mitstadt.ground.organisations.models import Organisation, StepFree
from mitstadt.ground.translating.service import is_configured
from mitstadt.spine.kinds import address_of
from mitstadt.spine.models import Record
from mitstadt.spine.texts import LimitSentence
from mitstadt.ui import marks, paging
from mitstadt.ui.context import places as places_of_the_frame
from mitstadt.ui.forms import ErrorSentence, sentences_of
from mitstadt.ui.given_answers import GivenAnswer
from mitstadt.ui.languages import is_foreign
from mitstadt.ui.opened_for import SIGN_IN_FIRST
from mitstadt.ui.parts import (
    AreaMap,
    Bar,
    Comment,
    Download,
    FollowControl,
    Link,
    Outcome,
    Picture,
    PlacesMap,
    ProcessCard,
    Promise,
    Row,
    Sharing,
    Step,
    Stretch,
    SupportControl,
    Table,
    Words,
)
from mitstadt.ui.refusals import LIMIT_TAG
from mitstadt.ui.requests import actor_of
from mitstadt.ui.supporters import supported_by

register = template.Library()
Context = dict[str, Any]


def _part(name: str) -> str:
    return f"ui/parts/{name}.html"


@register.inclusion_tag(_part("ways_on"))
def ways_on(sentence: object) -> Context:
    """Below a sentence that says a limit is reached: what goes on at once. Below any other: nothing."""
    is_limit = isinstance(sentence, LimitSentence) or LIMIT_TAG in getattr(sentence, "tags", "").split()
    return {"places": places_of_the_frame() if is_limit else {}}


# Acting ---------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def csrf_token(context: RequestContext) -> str:
    """The key of a form, and for whom it was opened: in place of Django's own tag, so that no form can forget it."""
    key = context.get("csrf_token")
    if not key:
        return ""
    own = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', key)
    opened_for = getattr(key, "opened_for", "")
    if not opened_for:
        return own
    return own + format_html('<input type="hidden" name="opened_for" value="{}">', opened_for)


@register.inclusion_tag(_part("button"))
def button(
    label: str, *, kind: str = "primary", name: str = "", value: str = "", form: str = "", formaction: str = ""
) -> Context:
    """A button that sends its form. `kind`: primary, secondary, quiet, danger. The label says the deed."""
    return {"label": label, "kind": kind, "name": name, "value": value, "form": form, "formaction": formaction}


@register.inclusion_tag(_part("link_button"))
def link_button(label: str, href: str, *, kind: str = "primary", about: str = "") -> Context:
    """A link that looks like a button, for the one thing a page wants people to do; in a list it says `about` what."""
    return {"label": label, "href": href, "kind": kind, "about": about}


@register.inclusion_tag(_part("post_button"), takes_context=True)
def post_button(
    context: RequestContext, label: str, action: str, *, kind: str = "secondary", hidden: dict[str, str] | None = None
) -> Context:
    """A whole form of one button: support, follow, sign out."""
    return {
        "label": label,
        "action": action,
        "kind": kind,
        "hidden": hidden or {},
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag(_part("translate_button"))
def translate_button(ref: str, language: str) -> Context:
    """Asks the machine of this city for words in another language than the page; nothing where there is no machine."""
    return {"is_offered": is_configured() and is_foreign(language), "ref": ref}


@register.simple_tag(name="supported_by")
def _supported_by(people: int, guests: int, held: int = 0) -> str:
    """How many support it, guests told apart."""
    return supported_by(people, guests, held)


@register.filter
def is_read_elsewhere(language: str) -> bool:
    """Whether words in this language are not in the one of the pages that somebody reads."""
    return language != read_language()


@register.filter
def own_language_name(language: str) -> str:
    """What those who speak it call it."""
    return own_name(language)


@register.inclusion_tag(_part("sign_in_first"), takes_context=True)
def sign_in_first(context: RequestContext) -> Context:
    """For guests: a second button of a form, by which they sign in before it is sent, and lose no word."""
    return {"is_guest": actor_of(context["request"]).is_guest, "name": SIGN_IN_FIRST}


# Saying ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag(_part("badge"))
def badge(label: str, *, tone: str = "neutral") -> Context:
    """A state as a shape and a word. `tone`: open, done, due, missed, fixed, neutral, partly, refused, answered."""
    return {"label": label, "tone": tone}


@register.simple_block_tag(end_name="endbanner")
def banner(content: str, *, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """A notice. `tone`: info, success, warning, danger; `role="status"` or `"alert"` where it answers an action."""
    return render_to_string(_part("banner"), {"content": content, "tone": tone, "title": title, "role": role})


@register.simple_block_tag(end_name="enddisclosure")
def disclosure(content: str, label: str, *, open: bool = False) -> SafeString:
    """More for those who want it, folded behind its own words."""
    return render_to_string(_part("disclosure"), {"content": content, "label": label, "open": open})


@register.simple_block_tag(end_name="endempty")
def empty(content: str, title: str) -> SafeString:
    """Nothing is here: what that means, and the next step (the block's content)."""
    return render_to_string(_part("empty"), {"content": content, "title": title})


@register.inclusion_tag(_part("messages"))
def flash_messages(messages: Iterable[Any]) -> Context:
    """What the last action said, from Django's messages."""
    return {"messages": messages}


# The thread -----------------------------------------------------------------------------------------------------


@register.inclusion_tag(_part("thread"))
def thread(steps: Sequence[Step], *, label: str = "") -> Context:
    """A vertical thread of dated sentences: a trail, the steps of a measure."""
    return {"steps": steps, "label": label}


@register.inclusion_tag(_part("thread_line"))
def thread_line(phases: Sequence[Stretch], *, label: str = "", small: bool = False) -> Context:
    """A horizontal thread of phases with a mark for today; vertical where there is no room."""
    return {"phases": phases, "label": label, "small": small}


@register.inclusion_tag(_part("stepper"))
def stepper(steps: Sequence[str], current: int) -> Context:
    """Where one is in a form of several pages; `current` counts from 1."""
    return {"steps": steps, "current": current, "total": len(steps), "title": steps[current - 1]}


@register.inclusion_tag(_part("process_card"))
def process_card(card: ProcessCard, *, level: int = 3) -> Context:
    """A process in a list; `level` is the heading level (2 to 4) that fits the page."""
    return {"card": card, "level": level}


@register.inclusion_tag(_part("promise_card"))
def promise_card(promise: Promise, *, level: int = 2) -> Context:
    """What the host promised."""
    return {"promise": promise, "level": level}


@register.inclusion_tag(_part("contact"))
def contact_facts(organisation: Organisation) -> Context:
    """How to reach an organisation, each way in a line of its own."""
    contact = contact_of(organisation)
    free = StepFree(contact.step_free).label if contact.step_free else ""
    return {"contact": contact, "step_free": free, "dial": "".join(re.findall(r"[+\d]", contact.phone))}


@register.inclusion_tag(_part("outcome"))
def outcome(shown: Outcome, *, level: int = 2) -> Context:
    """What was decided at the end of a process."""
    return {"outcome": shown, "level": level}


# Forms ----------------------------------------------------------------------------------------------------------


@register.inclusion_tag(_part("error_summary"))
def error_summary(form: BaseForm) -> Context:
    """All errors of a form at its top, each a link to its field; nothing when there are none."""
    return {"form": form}


@register.inclusion_tag(_part("summary_list"))
def summary_list(rows: Sequence[Row]) -> Context:
    """Terms and values: "check your answers", facts of a record."""
    return {"rows": rows}


@register.inclusion_tag(_part("receipt"))
def receipt(ref: str, url: str, *, title: str, label: str = "") -> Context:
    """The page's answer to a contribution: its ref, large, to write down, and as a code to scan. Holds the `h1`."""
    return {"ref": ref, "url": url, "title": title, "label": label}


@register.simple_block_tag(end_name="endfilter_bar")
def filter_bar(content: str, *, label: str, action: str = "", reset: str = "") -> SafeString:
    """A form that narrows a list (GET). The content is its fields."""
    return render_to_string(_part("filter_bar"), {"content": content, "label": label, "action": action, "reset": reset})


@register.filter
def error_sentences(field: BoundField) -> list[ErrorSentence]:
    """The errors of a field, each worded for its place."""
    return sentences_of(field)


@register.filter
def first_control(field: BoundField) -> str:
    """The id that an error's link leads to: the control, or the first of a group."""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


# Finding one's way ----------------------------------------------------------------------------------------------


@register.inclusion_tag(_part("breadcrumbs"))
def breadcrumbs(links: Sequence[Link]) -> Context:
    """The way from the home page to here, without here."""
    return {"links": links}


@register.inclusion_tag(_part("tabs"))
def tabs(links: Sequence[Link], *, label: str) -> Context:
    """Views of one thing as links side by side; exactly one is `current`."""
    return {"links": links, "label": label}


@register.inclusion_tag(_part("pagination"), takes_context=True)
def pagination(context: RequestContext, page: Page[Any], *, label: str = "", parameter: str = "seite") -> Context:
    """Links to the other pages of a list; keeps what else stands in the address."""
    query = context["request"].GET
    return {"paging": paging.of(page, query, parameter), "label": label}


# Records --------------------------------------------------------------------------------------------------------


@register.simple_tag
def ref_mark(ref: str, *, href: str = "") -> SafeString:
    """A ref as people read it aloud, kept on one line. No template: it stands in sentences, before full stops."""
    if href:
        return format_html('<a class="ref" href="{}">{}</a>', href, ref)
    return format_html('<span class="ref">{}</span>', ref)


@register.inclusion_tag(_part("support"))
def support_control(control: SupportControl, *, is_main: bool = False) -> Context:
    """How many support a record, and the button; a tap swaps this control alone where scripts run.

    `is_main`: it is the one thing that the page wants people to do.
    """
    return {"control": control, "is_main": is_main}


@register.inclusion_tag(_part("follow_control"))
def follow_control(control: FollowControl | None) -> Context:
    """The button to follow, or the way to the page that says how; a tap swaps this control alone where scripts run."""
    return {"control": control}


@register.inclusion_tag(_part("share"))
def share_ways(share: Sharing | None) -> Context:
    """The ways to take a page along: its link, by mail, as a feed, into a calendar."""
    return {"share": share}


@register.inclusion_tag(_part("given_answer"))
def given_answer(given: GivenAnswer | None, ref: str) -> Context:
    """The answer to the record with this ref, in a list; told in full once, where several have the same."""
    return {"given": given, "ref": ref}


@register.inclusion_tag(_part("comment"))
def comment_item(comment: Comment, *, level: int = 3) -> Context:
    """A comment with its answer and its replies."""
    return {"comment": comment, "level": level, "reply_level": min(level + 1, 6)}


@register.inclusion_tag(_part("talk_in_list"))
def talk_in_list(record: Record, *, may_comment: object = False) -> Context:
    """What was said to a record of a list and room to answer it, opened in the list where scripts run."""
    takes = bool(may_comment) and not record.moved_on
    return {"record": record, "href": address_of(record), "takes_comments": takes}


@register.inclusion_tag(_part("margin_count"))
def margin_count(number: str, href: str, *, comments: int = 0, proposals: int = 0) -> Context:
    """How much was said at a passage, in its margin. `number` is the passage's spoken number."""
    return {"number": number, "href": href, "comments": comments, "proposals": proposals}


@register.inclusion_tag(_part("word_diff"))
def word_diff(words: Sequence[Words]) -> Context:
    """A proposed wording like a corrected manuscript; read aloud with words, not by colour."""
    return {"words": words}


# Files and places ----------------------------------------------------------------------------------------------


@register.inclusion_tag(_part("picture"))
def picture(shown: Picture, *, sizes: str = "(max-width: 45rem) 100vw, 45rem") -> Context:
    """A picture in the width that fits; `sizes` says how wide it stands on the page."""
    return {"picture": shown, "sizes": sizes}


@register.inclusion_tag(_part("pictures"))
def pictures(shown: Sequence[Picture], *, label: str) -> Context:
    """Several pictures side by side; one alone stands as `picture` does, none leaves nothing."""
    return {"pictures": shown, "label": label, "sizes": "(max-width: 45rem) 100vw, 22rem"}


@register.inclusion_tag(_part("downloads"))
def downloads(documents: Sequence[Download], *, label: str) -> Context:
    """Documents to fetch, each with its kind and size."""
    return {"documents": documents, "label": label}


@register.inclusion_tag(_part("places"))
def places(shown: PlacesMap) -> Context:
    """Things as numbered dots on a map and, with the same numbers, as a list (from `places_map`)."""
    return {"places": shown, "map": shown.drawing}


# Facts ----------------------------------------------------------------------------------------------------------


@register.inclusion_tag(_part("data_table"))
def data_table(table: Table) -> Context:
    """A table that becomes a list of cards on a narrow screen."""
    return {"table": table}


@register.inclusion_tag(_part("statistic"))
def statistic(sentence: str, bars: Sequence[Bar], *, label: str) -> Context:
    """A finding as a sentence, then as bars with their values written out."""
    return {"sentence": sentence, "bars": bars, "label": label}


@register.inclusion_tag("ui/map.html")
def area_map(drawing: AreaMap) -> Context:
    """A clickable map of areas. Put the same facts beside it as a list."""
    return {"map": drawing}


@register.simple_tag
def qr(text: str, *, label: str) -> SafeString:
    """A QR code as SVG without inline style; `label` says what scanning it does."""
    return marks.qr(text, label=label)


@register.inclusion_tag("ui/icons.html")
def icon(name: str) -> Context:
    """A small drawing beside a word, hidden from those who hear the word."""
    return {"name": name}


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands apart, as the language of the page writes them."""
    return number_format(number, force_grouping=True)


@register.filter
def table_cells(row: Sequence[str], table: Table) -> list[marks.Cell]:
    """The cells of a row with their column names, for narrow screens."""
    return marks.cells(row, table)
