"""The registry of figures: the numbers that rooms vouch for, each open to its rows and its rule."""
