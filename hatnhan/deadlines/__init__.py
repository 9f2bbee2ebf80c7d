"""The registry of deadlines: what is due from whom, by when."""
