"""Lists, numbers and headings as people type, copy and paste them, in text, on web pages and in Markdown."""

import pytest

from mitstadt.methods.text.outline import read_file, read_text


def pieces(text, source_format=""):
    return [
        (p.reason or p.kind, f"{p.marker} {p.text}".strip())
        for p in read_text(text, source_format=source_format).passages
    ]


@pytest.mark.parametrize("mark", ["1.", "(1)", "a)", "-", "•", "*", "1)"])
@pytest.mark.parametrize("gap", [" ", "   ", "\t", "\u00a0\u00a0", " \t "])
def test_what_stands_between_a_mark_and_its_words_eats_no_letter(mark, gap):
    text = f"Das wollen wir alle zusammen:\n\n{mark}{gap}Äpfel ernten\n"

    assert (("list_item", f"{mark} Äpfel ernten")) in pieces(text)


def test_a_list_from_the_clipboard_of_a_word_processor_is_a_list_and_a_table_stays_one():
    assert pieces("Ziele:\n\n•\tmehr Ruhe\n•\tmehr Licht\n")[1:] == [
        ("list_item", "• mehr Ruhe"),
        ("list_item", "• mehr Licht"),
    ]
    assert pieces("Ort\tZahl\nPark\t12\nHof\t3\n")[1] == ("table_row", "Park | 12")


def test_marks_alone_on_their_lines_join_the_words_that_follow():
    text = "Hausordnung\n\n§ 1\nRuhe\n\n(1)\n\nAb zehn Uhr abends ist es still im Haus.\n\n(2)\n\nFeste sind erlaubt.\n"

    assert pieces(text)[1:] == [
        ("heading", "§ 1 Ruhe"),
        ("list_item", "(1) Ab zehn Uhr abends ist es still im Haus."),
        ("list_item", "(2) Feste sind erlaubt."),
    ]


def test_a_lettered_list_goes_on_past_its_ninth_letter():
    text = "Im Bad verboten sind:\n" + "".join(f"{letter}) Spiel {letter.upper()};\n" for letter in "abcdefghijklm")

    assert [mark.split()[0] for kind, mark in pieces(text) if kind == "list_item"] == [f"{x})" for x in "abcdefghijklm"]


def test_two_points_on_one_line_do_not_end_the_count():
    text = "Zum Hof gehören:\n1. der Baum;\n2. die Bank; 3. der Brunnen;\n4. das Tor.\n"

    assert pieces(text)[-1] == ("list_item", "4. das Tor.")


def test_a_line_that_goes_on_in_lower_case_heads_nothing():
    text = "Ordnung\n\nDie Gebühr für Gäste beträgt\n\nseit Mai fünf Euro im Monat.\n\nEnde der Ordnung.\n"

    assert ("heading", "Die Gebühr für Gäste beträgt") not in pieces(text)


def test_a_title_over_several_lines_is_one_and_an_enacting_formula_heads_nothing():
    text = "Satzung\nüber das Baden\nim Stadtsee\n\nDer Rat hat beschlossen:\n\n§ 1\nZweck\n\nDas Baden ist frei.\n"

    assert pieces(text) == [
        ("title", "Satzung über das Baden im Stadtsee"),
        ("paragraph", "Der Rat hat beschlossen:"),
        ("heading", "§ 1 Zweck"),
        ("paragraph", "Das Baden ist frei."),
    ]


def test_scripts_without_capitals_have_titles_and_headings():
    text = "תוכנית העיר\n\nסעיף 1\n\nאנחנו רוצים עיר ירוקה.\n\nסעיף 2\n\nאנחנו רוצים ספסלים.\n"

    assert [kind for kind, _ in pieces(text)] == ["title", "heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "struck", ["<del>acht</del>", "<s>acht</s>", '<span style="text-decoration:line-through">acht</span>']
)
def test_struck_words_of_a_page_are_offered_and_told(struck):
    read = read_text(f"<h1>Karten</h1><p>Sie kosten {struck}neun Euro.</p>", source_format="html")

    assert [(p.reason or p.kind, p.text) for p in read.passages][1:] == [
        ("paragraph", "Sie kosten neun Euro."),
        ("struck", "acht"),
    ]
    assert [n.code for n in read.notices] == ["struck_words"]


@pytest.mark.parametrize(
    "page",
    [
        "<form><h1>Plan</h1><p>Der Plan gilt.</p></form>",
        "<header id='top'><nav><a>Start</a></nav><h1>Plan</h1></header><p>Der Plan gilt.</p>",
        "<main><h1>Plan</h1><section id='social'><h2>Soziales</h2><p>Der Plan gilt.</p></section></main>",
        "<main><h1>Plan</h1><p class='share-of-green'>Der Plan gilt.</p></main>",
        "<article><h1>Plan</h1><aside><h2>Kasten</h2><p>Der Plan gilt.</p></aside></article>",
    ],
)
def test_a_page_keeps_the_text_that_stands_in_its_frame(page):
    assert {("title", "Plan"), ("paragraph", "Der Plan gilt.")} <= set(pieces(page, "html"))


def test_lists_cells_breaks_and_raised_numbers_of_a_page_are_read_as_shown():
    page = (
        "<p>eins<br><br>zwei</p><ol type=a start=3><li>Licht,<li value=7>Luft.</ol><p>9 m<sup>2</sup></p>"
        "<table><tr><td><p>Hof</p><p>Süd</p></td><td><ul><li>Tor</ul></td></tr></table>"
    )

    assert pieces(page, "html") == [
        ("paragraph", "eins"),
        ("paragraph", "zwei"),
        ("list_item", "c. Licht,"),
        ("list_item", "g. Luft."),
        ("paragraph", "9 m²"),
        ("table_row", "Hof Süd | Tor"),
    ]


def test_a_page_that_names_the_wrong_encoding_is_read_right():
    page = '<meta charset="iso-8859-1"><h1>Bäche</h1><p>Für die Gärten.</p>'.encode()

    assert read_file(page, "x.html").title == "Bäche"


def test_markdown_of_offices_keeps_marks_breaks_and_titles():
    text = (
        "---\ntitle: Hausordnung\n---\n\n# Ruhe {#ruhe .unnumbered}\n\n1) Still ist es\n   a) am Abend,\n"
        "   b) am Morgen.\n\n"
        "(1) Feste sind frei.\n(2) Sie enden um elf.\n\n    Eingerückt und **wichtig**.\n\n"
        "Hof<br>Tor 3~~4~~, 5 m<sup>2</sup>\n"
    )

    assert pieces(text, "markdown")[1:] == [
        ("title", "Hausordnung"),
        ("heading", "Ruhe"),
        ("list_item", "1) Still ist es"),
        ("list_item", "a) am Abend,"),
        ("list_item", "b) am Morgen."),
        ("list_item", "(1) Feste sind frei."),
        ("list_item", "(2) Sie enden um elf."),
        ("paragraph", "Eingerückt und wichtig."),
        ("paragraph", "Hof\nTor 3, 5 m²"),
        ("struck", "4"),
    ]


def test_bold_lines_head_a_text_that_has_a_title_already():
    assert pieces("# Leitbild\n\n**Wasser**\n\nWir sparen es.\n\n**Luft**\n\nSie bleibt rein.\n", "markdown") == [
        ("title", "Leitbild"),
        ("heading", "Wasser"),
        ("paragraph", "Wir sparen es."),
        ("heading", "Luft"),
        ("paragraph", "Sie bleibt rein."),
    ]


def test_a_typed_list_of_contents_is_offered_and_becomes_no_passage():
    text = (
        "Freiraumkonzept\n\nInhaltsverzeichnis\n1 Anlass .......... 3\n2 Ziele .......... 5\n2.1 Grün ........ 6\n\n"
        "1 Anlass\n\nDer Park ist alt.\n\n2 Ziele\n\nMehr Bäume.\n\n2.1 Grün\n\nViel Grün.\n"
    )

    assert [kind for kind, _words in pieces(text)[1:5]] == ["table_of_contents"] * 4
    assert [words for kind, words in pieces(text) if kind == "heading"] == ["1 Anlass", "2 Ziele", "2.1 Grün"]
