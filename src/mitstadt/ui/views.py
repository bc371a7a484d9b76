"""Views of the style page: every component, and five pages as they are meant, with sample words."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mitstadt.ui import samples
from mitstadt.ui.assisted import AssistedForm
from mitstadt.ui.forms import DateInput, LongText
from mitstadt.ui.uploads.fields import UploadsField


class SampleForm(AssistedForm):
    """One field of every kind."""

    name = forms.CharField(
        label="Wie sollen wir Sie nennen?",
        help_text="Der Name steht neben Ihrem Beitrag.",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    words = forms.CharField(label="Was schlagen Sie vor?", max_length=1000, widget=LongText())
    mail = forms.EmailField(
        label="E-Mail-Adresse",
        required=False,
        help_text="Nur für Ihre Antwort. Niemand sonst sieht sie.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    stance = forms.ChoiceField(
        label="Was möchten Sie tun?",
        help_text="Sie können später noch etwas anderes tun.",
        choices=[("comment", "Etwas dazu sagen"), ("question", "Etwas fragen"), ("wording", "Wortlaut vorschlagen")],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Worum geht es?",
        required=False,
        choices=[("way", "Wege"), ("green", "Grün"), ("noise", "Lärm")],
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.ChoiceField(label="Wo ist das?", choices=[("", "Bitte wählen"), ("1", "Moabit"), ("2", "Wedding")])
    day = forms.DateField(label="Wann haben Sie das gesehen?", required=False, widget=DateInput())
    pictures = UploadsField(label="Bilder", most=3, captions=True)
    follow = forms.BooleanField(label="Sagen Sie mir Bescheid, wenn sich etwas tut", required=False)


class QuestionForm(forms.Form):
    """One question, as on a page of its own."""

    words = forms.CharField(
        label="Ihr Vorschlag",
        max_length=1000,
        help_text="Ein Satz genügt.",
        widget=LongText(rows=7),
        error_messages={"required": "Ihr Vorschlag fehlt noch. Ein Satz genügt."},
    )


def styles(request: HttpRequest) -> HttpResponse:
    """Every component with sample data."""
    bound = SampleForm({"name": "", "words": "Mehr Bänke"}, prefix="bound")
    bound.is_valid()
    page = Paginator(range(1, 241), 20).page(5)
    context = {"sample": samples.ALL, "sample_form": SampleForm(), "bound_form": bound, "page": page}
    return render(request, "ui/styles.html", context)


def home(request: HttpRequest) -> HttpResponse:
    """A home page as it is meant."""
    return render(request, "ui/samples/home.html", {"sample": samples.ALL})


def process(request: HttpRequest) -> HttpResponse:
    """A process page as it is meant."""
    return render(request, "ui/samples/process.html", {"sample": samples.ALL, "section": "open"})


def text(request: HttpRequest) -> HttpResponse:
    """A text that people write together."""
    return render(request, "ui/samples/text.html", {"sample": samples.ALL, "section": "open"})


def trail(request: HttpRequest) -> HttpResponse:
    """What became of a contribution."""
    return render(request, "ui/samples/trail.html", {"sample": samples.ALL, "section": "lookup"})


def question(request: HttpRequest) -> HttpResponse:
    """One question a page; sending it empty shows its error."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return render(request, "ui/samples/receipt.html", {"sample": samples.ALL})
    context = {"form": form, "steps": ["Was", "Wortlaut", "Prüfen"], "step": 2, "back_href": "../beteiligung/"}
    return render(request, "ui/samples/question.html", context, status=422 if form.errors else 200)


def receipt(request: HttpRequest) -> HttpResponse:
    """The answer to a contribution."""
    return render(request, "ui/samples/receipt.html", {"sample": samples.ALL})
