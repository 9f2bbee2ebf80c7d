"""The settings of the suite and of the type checker: the ordinary ones, told that this is a test."""

from __future__ import annotations

import os

os.environ["HATNHAN_MODE"] = "test"

from hatnhan.config.settings import *  # noqa: F403 -- the mode must be known before the settings are read
