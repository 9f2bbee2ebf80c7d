"""Put the front-end packages that pages use where Django finds them, and draw the sprite of icons.

Run after `npm ci`. Writes hatnhan/site/static/npm/, which git ignores and the wheel carries.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
TARGET = ROOT / "hatnhan" / "site" / "static" / "npm"
ICONS = ROOT / "hatnhan" / "site" / "icons.txt"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler.min.css.map": "tabler.min.css.map",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
FONT = "@fontsource/be-vietnam-pro"
WEIGHTS = ("400", "600", "700")


def main() -> int:
    """Copy the files, the font's weights in use, and the icons named in icons.txt."""
    if not MODULES.is_dir():
        sys.stderr.write("Chưa có node_modules: chạy `npm ci --ignore-scripts` trước.\n")
        return 1
    shutil.rmtree(TARGET, ignore_errors=True)
    (TARGET / "files").mkdir(parents=True)
    for source, name in FILES.items():
        shutil.copy(MODULES / source, TARGET / name)
    for weight in WEIGHTS:
        css = (MODULES / FONT / f"{weight}.css").read_text("utf-8")
        (TARGET / f"font-{weight}.css").write_text(css, "utf-8")
        for name in re.findall(r"files/([\w.-]+)", css):
            shutil.copy(MODULES / FONT / "files" / name, TARGET / "files" / name)
    (TARGET / "icons.svg").write_text(sprite(ICONS.read_text("utf-8").split()), "utf-8")
    return 0


def sprite(names: list[str]) -> str:
    """Return one SVG with a symbol for each icon name."""
    symbols = []
    for name in names:
        svg = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text("utf-8")
        inner = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
        inner = re.sub(r"^.*?<svg.*?>|</svg>\s*$", "", inner, flags=re.DOTALL).strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


if __name__ == "__main__":
    sys.exit(main())
