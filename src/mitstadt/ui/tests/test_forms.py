"""Every field has its label, its hint and its error where a screen reader finds them."""

import html5lib
import pytest
from django import forms

from html_client import faults, read
from mitstadt.ui.forms import DateInput, LongText, sentences_of
from mitstadt.ui.templatetags.ui import first_control
from mitstadt.ui.views import SampleForm


class OneField(forms.Form):
    """A form with hints, a group and a hidden field."""

    day = forms.DateField(label="Tag", initial="2027-05-04", widget=DateInput())
    words = forms.CharField(label="Text", max_length=10, widget=LongText())
    choice = forms.ChoiceField(label="Wahl", help_text="Eins genügt.", choices=[("a", "A")], widget=forms.RadioSelect)
    hidden = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.usefixtures("look")
class TestFields:
    def test_forms_with_and_without_errors_are_sound(self):
        for form in (SampleForm(), SampleForm({})):
            page = f'<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t">{form}</form>'
            assert faults(read(page)) == []

    def test_every_error_leads_to_a_control(self):
        form = SampleForm({})
        page = html5lib.parseFragment(str(form), namespaceHTMLElements=False)
        controls = {e.get("id") for e in page.iter() if e.tag in {"input", "textarea", "select"}}
        targets = [first_control(form[name]) for name in form.errors]

        assert len(targets) == 4
        assert set(targets) <= controls

    def test_too_long_a_text_is_counted_not_cut(self):
        html = " ".join(str(OneField()).split())

        assert 'data-count="10"' in html
        assert "maxlength" not in html
        assert 'id="id_words_count"> Höchstens 10 Zeichen <' in html

    def test_a_group_is_a_fieldset_that_names_its_hint_and_error(self):
        html = " ".join(str(OneField({})["choice"].as_field_group()).split())

        assert 'aria-describedby="id_choice_helptext id_choice_error"' in html
        assert 'id="id_choice_helptext"> Eins genügt.' in html
        assert 'id="id_choice_error"' in html
        assert "<legend" in html

    def test_what_is_optional_is_marked(self):
        assert "(freiwillig)" in str(SampleForm()["mail"].as_field_group())
        assert "(freiwillig)" not in str(SampleForm()["words"].as_field_group())

    def test_a_date_is_given_to_the_browser_as_it_expects_it(self):
        assert 'type="date" name="day" value="2027-05-04"' in str(OneField()["day"])

    def test_a_hidden_field_has_no_label_and_no_looks(self):
        html = " ".join(str(OneField()).split())

        assert html.count("<label") == 3
        assert '<input type="hidden" name="hidden" required' not in html
        assert '<input type="hidden" name="hidden" id="id_hidden">' in html

    def test_a_missing_answer_is_named_in_the_summary_and_asked_for_at_its_field(self):
        form = SampleForm({})
        (missing,) = sentences_of(form["words"])

        assert missing.in_summary == "Was schlagen Sie vor? Hier fehlt noch Ihre Antwort."
        assert missing.sentence == "Hier fehlt noch Ihre Antwort."
        assert "zwingend" not in str(form)
