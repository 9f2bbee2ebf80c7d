"""Django's own commands, for developers; people who run the system use `hatnhan`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hatnhan.config.settings")
    os.environ.setdefault("HATNHAN_MODE", "demo")
    execute_from_command_line(sys.argv)
