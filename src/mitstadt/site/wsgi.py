"""The door for a web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")

_city = get_wsgi_application()

# Django runs its checks with management commands alone; a web server must not start with an undeclared word, either.
from mitstadt.spine.checks import require_declarations  # noqa: E402  # reads models: only once the apps are loaded

require_declarations()

from mitstadt.site.slow_bodies import SlowBodies  # noqa: E402  # its pages need the apps, too

application = SlowBodies(_city)
