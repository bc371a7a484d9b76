"""The layout of templates: a break stands only where it cannot show, and what is laid out stays as it is."""

from pathlib import Path

import pytest

from mitstadt.site.checks import layout
from mitstadt.site.checks.layout.gaps import Gap, gaps_of
from mitstadt.site.checks.layout.groups import groups_of
from mitstadt.site.checks.layout.tokens import tokens_of

LONG = "Wörter " * 40
HERE = Path(__file__).parents[3]


def gap_before(template: str, piece: str) -> Gap:
    """What may stand before the one piece of the template that begins so."""
    tokens = tokens_of(template)
    places = [place for place, token in enumerate(tokens) if token.text.startswith(piece)]
    return gaps_of(tokens, groups_of(tokens))[places[0]]


@pytest.mark.parametrize(
    ("template", "piece", "gap"),
    [
        ("<p>Hallo</p>", "Hallo", Gap.FREE),
        ("<p>Hallo <b>Welt</b></p>", "<b>", Gap.SPACE),
        ("<p>Hallo<b>Welt</b></p>", "<b>", Gap.GLUE),
        ("<p>{% if x %}Hallo{% endif %}</p>", "Hallo", Gap.FREE),
        ("<p>a{% if x %}Hallo{% endif %}</p>", "Hallo", Gap.GLUE),
        ("<p>a {% if x %}Hallo{% endif %}</p>", "Hallo", Gap.FREE),
        ("<p>{{ a }}{% if x %}, {{ b }}{% endif %}.</p>", ",", Gap.GLUE),
        ("<p>{% if x %}a{% endif %}b</p>", "b", Gap.GLUE),
        ("<p>{% if x %}a {% else %}c{% endif %}b</p>", "b", Gap.GLUE),
        ("<p>{% if x %}<br>{% else %}<br>{% endif %}b</p>", "b", Gap.FREE),
        ("<p>{% if x %}<br>{% endif %}b</p>", "b", Gap.FREE),
        ("<p>a{% if x %}<br>{% endif %}b</p>", "b", Gap.GLUE),
        ("<p>{% for x in xs %}{{ x }}{% endfor %}</p>", "{{ x", Gap.GLUE),
        ("<ul>{% for x in xs %}<li>{{ x }}</li>{% endfor %}</ul>", "<li>", Gap.FREE),
        ("{{ a }}", "{{ a", Gap.GLUE),
        ("<p>{% translate 'Ja' as yes %}{{ yes }}</p>", "{{ yes", Gap.FREE),
        ("<p>a{% banner %}b{% endbanner %}</p>", "b", Gap.FREE),
    ],
)
def test_a_break_may_stand_where_it_shows_on_no_way_through_the_page(template, piece, gap):
    assert gap_before(template, piece) is gap


@pytest.mark.parametrize(
    "template",
    [
        f"<p>{LONG}</p>",
        f"<p>{LONG}<b>{LONG}</b>{{% if x %}}, {LONG}{{% else %}}{LONG}{{% endif %}}.</p>",
        f"<ul>{{% for x in xs %}}<li>{LONG}</li>{{% empty %}}<li>nichts</li>{{% endfor %}}</ul>",
        f"{{% blocktranslate trimmed count n=n %}}{LONG}{{% plural %}}{LONG}{{{{ n }}}}{{% endblocktranslate %}}",
        f"{{% if a %}}<a href='x'>{{% endif %}}{LONG}{{% if a %}}</a>{{% endif %}}",
        f'<input {"data-x {% if y %}data-y{% endif %} " * 20}value="{{% translate "a > b" %}}">',
        "<textarea rows='2'>\n  {{ words }}  \n</textarea>\n",
        f"{{% blocktranslate %}}  {LONG}{{% endblocktranslate %}}",
    ],
)
def test_laying_out_twice_changes_nothing_more_and_loses_no_piece(template):
    once = layout.formatted(template)

    assert layout.formatted(once) == once
    assert "".join(once.split()) == "".join(template.split())


def test_what_a_text_field_holds_keeps_its_line_breaks():
    field = f'<div><textarea name="a" {"data-b " * 30}>\n\n  {{{{ words }}}}\n</textarea></div>'

    assert ">\n\n  {{ words }}\n</textarea>" in layout.formatted(field)


def test_no_white_space_is_put_at_the_edge_of_a_part_that_stands_in_sentences():
    assert layout.formatted("{{ a }}{% if b %}, {{ b }}{% endif %}") == "{{ a }}{% if b %}, {{ b }}{% endif %}"


def test_a_template_that_is_laid_out_otherwise_is_found_and_mended(tmp_path):
    file = tmp_path / "templates" / "a.html"
    file.parent.mkdir()
    file.write_text("<ul><li>eins</li>\n\n<li>zwei</li></ul>\n", encoding="utf-8")

    assert layout.faults(tmp_path) == ["templates/a.html: is not laid out; python tools/templates.py --fix does it"]
    layout.fix(tmp_path)
    assert layout.faults(tmp_path) == []


def test_a_line_that_cannot_be_short_enough_is_a_fault(tmp_path):
    file = tmp_path / "templates" / "a.html"
    file.parent.mkdir()
    file.write_text(f"<p>{'x' * 161}</p>\n", encoding="utf-8")

    assert any("longer than 160" in fault for fault in layout.faults(tmp_path))


def test_every_template_of_the_house_is_laid_out():
    assert layout.faults(HERE) == []
