"""The demonstration: an invented commune, its people and its years."""
