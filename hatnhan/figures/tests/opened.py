"""What every page of rows behind a figure holds to, for the tests of all rooms that have one."""

from __future__ import annotations

import re

_LINK = re.compile(r"""<a[^>]*\bhref="([^"]+)\"""")
_ROWS = re.compile(r"<tbody>.*</tbody>", re.DOTALL)


def strays(page):
    """Return the links of the rows that lead to another day than the one the rows were counted on.

    A row opened must show what was counted; a list of the same period says so itself (``ky``).
    """
    rows = _ROWS.search(page.content.decode())
    day = f"ngay={page.context['window'].on.isoformat()}"
    links = _LINK.findall(rows[0]) if rows else []
    return [link for link in links if day not in link and "ky=" not in link and not link.startswith("tel:")]
