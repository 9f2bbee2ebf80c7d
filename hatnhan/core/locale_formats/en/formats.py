"""Dates and numbers stay as Vietnamese officials write them, whatever the language of the words."""

from hatnhan.core.locale_formats.vi.formats import *  # noqa: F403
