"""Vietnamese text done right: names, order, search, legacy encodings, dates and numbers.

Pure Python: it knows nothing of Django, so that commands, child processes and rules may use it freely.
"""

from hatnhan.core.vietnamese.clock_times import TimeError, clock_time, moment, parse_time, weekday
from hatnhan.core.vietnamese.encodings import Encoding, guess_encoding, syllable_counts, to_unicode
from hatnhan.core.vietnamese.formats import (
    DayError,
    PartialDay,
    day,
    decimal,
    number,
    paper_day,
    parse_day,
    parse_day_or_year,
    percent,
)
from hatnhan.core.vietnamese.names import family_name, given_name, middle_name, nfc, sort_key, tidy_name
from hatnhan.core.vietnamese.search import fold, marked, next_prefix

__all__ = [
    "DayError",
    "Encoding",
    "PartialDay",
    "TimeError",
    "clock_time",
    "day",
    "decimal",
    "family_name",
    "fold",
    "given_name",
    "guess_encoding",
    "marked",
    "middle_name",
    "moment",
    "next_prefix",
    "nfc",
    "number",
    "paper_day",
    "parse_day",
    "parse_day_or_year",
    "parse_time",
    "percent",
    "sort_key",
    "syllable_counts",
    "tidy_name",
    "to_unicode",
    "weekday",
]
