"""Bring the catalogues of all floors and slices up to date with the code, fill them, compile them.

    python tools/catalogues.py                       after a change of words
    python tools/catalogues.py --language de-simple  begin a language
    python tools/catalogues.py fill FILE…            take over translations from JSON

The JSON is ``{"German": "English"}``; with a plural ``{"singular": ["one", "many"]}``; with a context
``{"context\\u0004German": …}``; for several languages ``{"German": {"en": …, "de-simple": …}}``.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))


def main() -> int:
    """Do what was asked; 1 where some translations could not be taken over."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("do", nargs="?", choices=["update", "fill"], default="update")
    asked.add_argument("files", nargs="*", type=Path, metavar="FILE", help="JSON with translations, to fill in")
    asked.add_argument("--language", metavar="CODE", help="begin this language, or fill it in (fill: en)")
    chosen = asked.parse_args()

    import django
    from django.conf import settings
    from django.utils.translation import to_locale

    from mitstadt.site.catalogues.compiling import compile_stale
    from mitstadt.site.catalogues.updating import fill, update

    settings.configure(USE_I18N=True)
    django.setup()
    language = to_locale(chosen.language or "en")
    filling = _by_language(chosen.files, language, to_locale) if chosen.do == "fill" else {}
    update(also=[*filling, *([language] if chosen.language else [])])
    refused = 0
    for name, words in filling.items():
        done = fill(name, words)
        refused += len(done.refused)
        print(f"{name}: {len(done.taken)} filled in, {len(done.refused)} not.")
        for (context, german), reason in sorted(done.refused.items()):
            print(f"  {reason}: {f'{context}: ' if context else ''}{german}", file=sys.stderr)
    compile_stale()
    return 1 if refused else 0


def _by_language(files: list[Path], language: str, to_locale: Any) -> dict[str, dict[tuple[str, str], list[str]]]:
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(dict)
    for file in files:
        for german, given in json.loads(file.read_text(encoding="utf-8")).items():
            context, _, words = german.rpartition("\u0004")
            spoken = given if isinstance(given, dict) else {language: given}
            for name, texts in spoken.items():
                found[to_locale(name)][context, words] = [texts] if isinstance(texts, str) else list(texts)
    return found


if __name__ == "__main__":
    sys.exit(main())
