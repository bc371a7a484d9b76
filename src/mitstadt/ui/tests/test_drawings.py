"""A question without a picture has one of our drawings: chosen by its words, always the same one, decoration alone."""

import pytest
from django.template.loader import render_to_string

from mitstadt.ui.drawings import DRAWINGS, drawing_for


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Was gilt abends auf dem Leopoldplatz?", "square"),
        ("Wie wird Mitte ein kühler Ort für alle?", "trees"),
        ("Welche Schulhöfe am Helmholtzplatz öffnen nachmittags?", "school"),
        ("Wo fehlen in Berlin Toiletten, und wie sollen sie sein?", "city"),
        ("Wie soll der neue Steg an der Dahme werden?", "water"),
    ],
)
def test_the_title_says_which(title, name):
    assert drawing_for(title, "7K3Q-M9XD") == name


def test_where_no_word_helps_the_ref_decides_and_does_so_again():
    assert drawing_for("Und nun?", "7K3Q-M9XD") == drawing_for("Und nun?", "7K3Q-M9XD")
    assert len({drawing_for("Und nun?", ref) for ref in ("A", "B", "C", "D", "E", "F", "G", "H")}) > 1


def test_each_is_drawn_differently_and_read_out_by_nobody():
    drawn = {name: render_to_string("ui/drawing.html", {"name": name}) for name in DRAWINGS}

    assert len(set(drawn.values())) == len(DRAWINGS)
    assert all('aria-hidden="true"' in one for one in drawn.values())
