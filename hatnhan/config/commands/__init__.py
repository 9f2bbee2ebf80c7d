"""The commands that belong to no room: the site as a whole, its database, its copies."""

from hatnhan.config.commands.backup import backup
from hatnhan.config.commands.demo import demo
from hatnhan.config.commands.doctor import doctor
from hatnhan.config.commands.migrate import migrate
from hatnhan.config.commands.restore import restore
from hatnhan.config.commands.serve import serve

OWN = (backup, demo, doctor, migrate, restore, serve)
