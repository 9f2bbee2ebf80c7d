"""The settings of the suite and of the type checker: the ordinary ones, told that this is a test."""

from __future__ import annotations

import os

os.environ["HATNHAN_MODE"] = "test"

from hatnhan.config.settings import *  # noqa: F403 -- the mode must be known before the settings are read
from hatnhan.config.settings import MIDDLEWARE as ALL

#: A test's client asks for no static file, and WhiteNoise would look through all of them for every new client. The
#: journeys in tests/browser run the real server, with it.
MIDDLEWARE = [name for name in ALL if not name.startswith("whitenoise.")]
