"""Write docs/routes.txt anew after a decision about an address: `python tools/routes.py`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "mitstadt.site.settings.test"

if __name__ == "__main__":
    import django

    django.setup()
    from mitstadt.site.checks.routes import routes

    (ROOT / "docs/routes.txt").write_text("\n".join(routes()) + "\n", encoding="utf-8")
