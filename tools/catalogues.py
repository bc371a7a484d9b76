"""Bring the message catalogues up to date with the code, and compile them: `python tools/catalogues.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from mitstadt.site.checks import catalogues  # noqa: E402  # the path comes first

if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    catalogues.update(ROOT / "locale/en/LC_MESSAGES/django.po", ROOT / "src/mitstadt", locale="en")
