"""Settings, root addresses, WSGI entry and the command line."""
