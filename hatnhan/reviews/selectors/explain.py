"""Why a grade: what the law says of an entry, in sentences that can be read aloud."""

from __future__ import annotations

from hatnhan.reviews.selectors.kept import as_kept

__all__ = ["as_kept"]
