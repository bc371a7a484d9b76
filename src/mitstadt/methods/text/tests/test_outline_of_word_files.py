"""What a careful clerk does with a Word file: notes in place, struck and hidden words offered, numbers as printed."""

import pytest

from mitstadt.methods.text.outline import read_file
from mitstadt.methods.text.tests.word_files import (
    box,
    control,
    level,
    note,
    notes,
    numbering,
    paragraph,
    run,
    table,
    word_file,
)


def told(data):
    """Kind, mark and words of every passage; the reason too where it is offered for removal."""
    return [(p.reason or p.kind, f"{p.marker} {p.text}".strip()) for p in read_file(data, "vorlage.docx").passages]


def notices(data):
    return {n.code: n.count for n in read_file(data, "vorlage.docx").notices}


def test_notes_stand_right_after_the_passage_that_refers_to_them_counted_as_printed():
    body = paragraph("Eintritt frei", note("footnote", 3), ".") + table(
        [paragraph("Bad"), paragraph("4 Euro", note("footnote", 2), note("endnote", 2))]
    )
    data = word_file(
        body,
        footnotes=notes("footnote", "Kinder zahlen nichts.", "Nur am Montag."),
        endnotes=notes("endnote", "Stand: Mai."),
    )

    assert told(data) == [
        ("paragraph", "Eintritt frei[1]."),
        ("paragraph", "[1] Nur am Montag."),
        ("table_row", "Bad | 4 Euro[2][E1]"),
        ("paragraph", "[2] Kinder zahlen nichts."),
        ("paragraph", "[E1] Stand: Mai."),
    ]
    assert notices(data) == {"notes_attached": 3}


def test_a_note_that_nothing_refers_to_is_offered():
    data = word_file(paragraph("Ein Satz."), footnotes=notes("footnote", "Vergessen."))

    assert told(data) == [("paragraph", "Ein Satz."), ("note", "Vergessen.")]
    assert notices(data)["notes_loose"] == 1


@pytest.mark.parametrize("mark", ["strike", "dstrike", 'rStyle w:val="Out"'])
def test_struck_words_are_offered_and_never_part_of_the_sentence(mark):
    data = word_file(paragraph("Die Karte kostet ", run("8", mark), run("9"), " Euro."))

    assert told(data) == [("paragraph", "Die Karte kostet 9 Euro."), ("struck", "8")]
    assert notices(data) == {"struck_words": 1}


def test_hidden_words_are_offered_whether_a_style_or_the_run_hides_them():
    body = paragraph("Noch mit dem Amt klären!", style="Secret") + paragraph("Alle ", run("(intern) ", "vanish"), "da.")
    data = word_file(body)

    assert told(data) == [("hidden", "Noch mit dem Amt klären!"), ("paragraph", "Alle da."), ("hidden", "(intern)")]
    assert notices(data) == {"hidden_words": 2}


def test_content_controls_around_rows_cells_and_paragraphs_are_read():
    number = control(f"<w:tc>{paragraph('7-1')}</w:tc>")
    row = f"<w:tr><w:tc>{paragraph('Zeichen')}</w:tc>{number}</w:tr>"
    inside = f"<w:tbl>{control(row)}</w:tbl>" + table([control(paragraph("Der Rat stimmt zu."))])

    assert told(word_file(inside)) == [("table_row", "Zeichen | 7-1"), ("paragraph", "Der Rat stimmt zu.")]


def test_a_table_in_a_cell_is_told_once_and_after_its_row():
    inner = table([paragraph("Linde"), paragraph("5")])
    data = word_file(table([paragraph("Bäume") + inner, paragraph("800")]))

    assert told(data) == [("table_row", "Bäume | 800"), ("table_row", "Linde | 5")]


def test_a_box_comes_after_the_paragraph_it_hangs_on():
    data = word_file(paragraph("Die Stadt pflan", box(paragraph("Neu:") + paragraph("Linden")), "zt Bäume."))

    assert [words for _, words in told(data)] == ["Die Stadt pflanzt Bäume.", "Neu:", "Linden"]


def test_embedded_texts_are_read_and_what_cannot_be_read_is_named():
    relations = '<Relationship Id="a" Target="teil.html"/><Relationship Id="b" Target="/word/teil.rtf"/>'
    body = paragraph("Kopf.") + '<w:altChunk r:id="a"/><w:altChunk r:id="b"/>' + paragraph("Ende.")
    page = "<html><body><p>Der Beschluss für alle.</p></body></html>".encode()
    data = word_file(body, relations=relations, teil__html=page, teil__rtf=b"{\\rtf1 Anlage}")

    assert [words for _, words in told(data)] == ["Kopf.", "Der Beschluss für alle.", "Ende."]
    assert notices(data) == {"chunks_read": 1, "chunks_left": 1}


def test_comments_open_changes_headers_and_diagrams_are_named():
    body = paragraph("Der Park bleibt", f"<w:ins>{run(' grün')}</w:ins>", ".")
    data = word_file(
        body,
        comments='<w:comment w:id="1"><w:p/></w:comment>',
        header1=paragraph("Entwurf vom Mai"),
        diagrams__data1=b"<x/>",
    )
    data = data.replace(b"word/diagrams.data1", b"word/diagrams/data1")

    assert told(data) == [("running_header", "Entwurf vom Mai"), ("paragraph", "Der Park bleibt grün.")]
    assert notices(data) == {"changes_open": 1, "comments_left": 1, "diagrams_left": 1}


def test_pictures_that_are_left_out_are_counted():
    data = word_file(paragraph("Der Platz."), media__a=b"png", media__b=b"png").replace(b"word/media.", b"word/media/")

    assert notices(data) == {"pictures_ignored": 2}


def test_numbers_of_a_statute_are_the_printed_ones():
    lists = numbering(
        level(0, "decimal", "§ %1"),
        level(1, "decimal", "(%2)"),
        level(2, "lowerLetter", "%3)"),
        level(3, "upperRoman", "%4."),
    )
    body = (
        paragraph("Zweck", style="H1", numbered=(1, 0))
        + paragraph("Sie gilt für", numbered=(1, 1))
        + paragraph("Parks,", numbered=(1, 2))
        + paragraph("Gärten.", numbered=(1, 2))
        + paragraph("Sie gilt ab Mai.", numbered=(1, 1))
        + paragraph("Mittel", style="H1", numbered=(1, 0))
        + paragraph("Die Stadt zahlt.", numbered=(1, 1))
    )

    assert told(word_file(body, numbering=lists)) == [
        ("heading", "§ 1 Zweck"),
        ("list_item", "(1) Sie gilt für"),
        ("list_item", "a) Parks,"),
        ("list_item", "b) Gärten."),
        ("list_item", "(2) Sie gilt ab Mai."),
        ("heading", "§ 2 Mittel"),
        ("list_item", "(1) Die Stadt zahlt."),
    ]


def test_lists_begin_where_they_say_and_share_the_count_of_their_kind():
    lists = numbering(
        level(0, "decimal", "%1."), override='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    )
    body = "".join(paragraph(words, numbered=(number, 0)) for words, number in (("A,", 1), ("B,", 2), ("C.", 2)))

    assert [words for _, words in told(word_file(body, numbering=lists))] == ["1. A,", "7. B,", "8. C."]


def test_raised_numbers_do_not_stick_to_words():
    high = 'vertAlign w:val="superscript"'
    body = paragraph(run("1", high), "Je 500 m", run("2", high), " ein Baum.", run("2", high), "Das genügt.")

    assert told(word_file(body)) == [("paragraph", "¹Je 500 m² ein Baum. ²Das genügt.")]


def test_ticked_boxes_and_unknown_symbols_show():
    signs = "".join(
        f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
        for font, code in (("Wingdings", "F0FE"), ("Wingdings", "F0A8"), ("Logos", "F041"))
    )

    data = word_file(paragraph("dafür ", signs))

    assert told(data) == [("paragraph", "dafür ☑☐□")]
    assert notices(data) == {"symbols_unknown": 1}
