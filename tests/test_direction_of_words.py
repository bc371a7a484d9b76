"""Words of people run in their own direction: in every template they stand in an element or a `bdi` that says so."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src/mitstadt"
# What people type, by the names under which templates know it.
WORDS = (
    "title|body|words|text|display_name|public_name|shown_name|author|wording|description|caption|note|quote|question"
    "|theme|closing_words"
)
SHOWN = re.compile(r"\{\{ *(?:[a-z_]+\.)+(?:" + WORDS + r")(?:\|[^}]*)? *\}\}")
# Filters of ours that say it themselves, and words that go into an address.
ELSEWHERE = re.compile(r"linebreaks|urlencode")
IN_A_TEXT = {
    "ui/templates/ui/parts/word_diff.html": "pieces of one text, whose element says it",
    "pages/templates/pages/parts/marked.html": "pieces of one text, whose element says it",
}
TEMPLATES = sorted(
    path
    for path in SOURCE.rglob("templates/**/*.html")
    if "samples" not in path.parts and str(path.relative_to(SOURCE)) not in IN_A_TEXT
)


def without_a_direction(text: str) -> list[str]:
    """The words of people in a template that run as the page does."""
    plain = re.sub(r"\{%[^%]*%\}|\{\{[^}]*\}\}", lambda found: "x" * len(found[0]), text)
    return [
        found[0]
        for found in SHOWN.finditer(text)
        if not ELSEWHERE.search(found[0])
        and not _is_no_markup(text, plain, found.start())
        and not _has_a_direction(text, plain, found.start())
    ]


def _is_no_markup(text: str, plain: str, at: int) -> bool:
    """Attributes and titles of pages cannot have one; inside a translated sentence the filter of its words says it."""
    before = text[:at]
    in_a_tag = plain.rfind("<", 0, at) > plain.rfind(">", 0, at)
    pairs = [
        ("<title>", "</title>"),
        ("<svg", "</svg>"),
        ("<option", "</option>"),
        ("{% block title %}", "{% endblock"),
        ("{% blocktranslate", "{% endblocktranslate"),
    ]
    return in_a_tag or any(before.rfind(first) > before.rfind(last) for first, last in pairs)


def _has_a_direction(text: str, plain: str, at: int) -> bool:
    """The element that begins right before the words."""
    tag = text[plain.rfind("<", 0, at) : at].rstrip()
    return tag == "<bdi>" or (tag.endswith(">") and 'dir="auto"' in tag)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_the_words_of_people_run_as_their_first_letter_does(path: Path) -> None:
    assert without_a_direction(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ("<p>{{ said.title }}</p>", 1),
        ('<p dir="auto">{{ said.title }}</p>', 0),
        ("<p>Von <bdi>{{ said.author|default:'–' }}</bdi></p>", 0),
        ('<p dir="auto"><strong>{{ said.author }}</strong></p>', 1),
        ('<input value="{{ said.title }}">', 0),
        ("{% if a > b %}<a href='{% url 'x' %}'>{{ said.title }}</a>{% endif %}", 1),
        ("{{ said.body|linebreaks }}", 0),
    ],
)
def test_a_template_that_forgets_it_is_found(template: str, faults: int) -> None:
    assert len(without_a_direction(template)) == faults
