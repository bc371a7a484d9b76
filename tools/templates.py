"""Lay out the templates: `python tools/templates.py` says which are not as the house lays them out, `--fix` does it."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

if __name__ == "__main__":
    from mitstadt.site.checks import layout

    source = ROOT / "src" / "mitstadt"
    if "--fix" in sys.argv[1:]:
        layout.fix(source)
    faults = layout.faults(source)
    print("\n".join(faults) or "All templates are laid out.")
    sys.exit(1 if faults else 0)
