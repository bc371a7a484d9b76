"""The wishes of a list, and a sheet with every kind of question."""

from dataclasses import replace

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mitstadt.ground.sheets.counting import tally
from mitstadt.ground.sheets.samples import EVERY_KIND
from mitstadt.site.tests.second.models import Wish, WishList
from mitstadt.spine.errors import Refused
from mitstadt.spine.kinds import address_of
from mitstadt.spine.queries.parts import part_by_ref
from mitstadt.spine.queries.visibility import visible_to
from mitstadt.ui.requests import actor_of
from mitstadt.ui.sheets.filling import Filled, Filling, filling_page
from mitstadt.ui.sheets.paper.printing import Print, class_set, printed_sheet
from mitstadt.ui.sheets.results import answers_file, results_of
from mitstadt.ui.uploads.bounds import takes_files


def wishes(request: HttpRequest, ref: str) -> HttpResponse:
    """All wishes that this person may read."""
    actor = actor_of(request)
    found = part_by_ref(WishList.objects.all(), ref, actor=actor)
    rows = visible_to(actor, Wish.objects.filter(part=found.pk)).order_by("pk")
    context = {"list": found, "wishes": [(one, address_of(one)) for one in rows]}
    return render(request, "second/wishes.html", context)


SENT: list[Filled] = []


@takes_files(20_000_000)
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """The sheet on the web: section by section, or with `kurz` in the address on one page."""
    found = part_by_ref(WishList.objects.all(), ref, actor=actor_of(request))
    asked = replace(EVERY_KIND, one_page="kurz" in request.GET)
    return filling_page(request, Filling(asked, f"trial {found.ref}", _sent))


def _sent(request: HttpRequest, filled: Filled) -> HttpResponse:
    if filled.answers.get("title") == "abgelehnt":
        raise Refused("nothing_on_the_slip")
    SENT.append(filled)
    return redirect("wishes", ref=request.resolver_match.kwargs["ref"])


def sheet_on_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """The sheet to print, for everyone; with `klasse` in the address as a class set."""
    found = part_by_ref(WishList.objects.all(), ref, actor=actor_of(request))
    wanted = Print(host=found.home.host.name, foot=found.title)
    made = class_set(EVERY_KIND, wanted) if "klasse" in request.GET else printed_sheet(EVERY_KIND, wanted)
    return HttpResponse(made, content_type="application/pdf")


def sheet_results(request: HttpRequest, ref: str) -> HttpResponse:
    """What came of the sheet."""
    part_by_ref(WishList.objects.all(), ref, actor=actor_of(request))
    counts = tally(EVERY_KIND, (filled.answers for filled in SENT))
    return render(request, "second/sheet_results.html", {"results": results_of(counts)})


def sheet_file(request: HttpRequest, ref: str, kind: str) -> FileResponse:
    """The answers as a file."""
    part_by_ref(WishList.objects.all(), ref, actor=actor_of(request))
    return answers_file(EVERY_KIND, (filled.answers for filled in SENT), kind, name="bogen")
