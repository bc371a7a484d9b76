"""Remember in which language somebody reads, and lead back to the page they were on."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.accounts import choose_language
from mitstadt.ui.languages import NEXT, in_language, remember


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, language: str) -> HttpResponse:
    """On this device by a link; with an account or a printed code by a form, and then wherever they sign in."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    if request.method == "POST" and isinstance(request.user, Person):
        choose_language(request.user, language)
    answer = redirect(in_language(_back(request), language))
    remember(answer, language)
    add_never_cache_headers(answer)
    return answer


def _back(request: HttpRequest) -> str:
    """The page one came from, if it is one of ours."""
    wanted = request.GET.get(NEXT, "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and ours else reverse("home")
