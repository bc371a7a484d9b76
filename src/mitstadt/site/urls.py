"""All addresses: German words, refs instead of row numbers, the language as a prefix (none for German)."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, register_converter

from mitstadt.spine.converters import RefConverter

register_converter(RefConverter, "ref")

urlpatterns = [
    # Files, and what programs ask for, have no language.
    path("", include("mitstadt.pages.files.urls_served")),
    path("", include("mitstadt.pages.machines.urls")),
    path("", include("mitstadt.pages.languages.urls")),
    *i18n_patterns(
        *([path("", include("mitstadt.site.demo.urls"))] if settings.DEMO else []),
        *[path("", include(f"{one}.urls")) for one in settings.SLICES if find_spec(f"{one}.urls")],
        path("konto/", include("allauth.urls")),
        path("", include("mitstadt.pages.urls")),
        prefix_default_language=False,
    ),
]

handler429 = "mitstadt.ui.refusals.too_many"
handler403 = "mitstadt.ui.refusals.refused"
handler404 = "mitstadt.ui.gone.missing"
