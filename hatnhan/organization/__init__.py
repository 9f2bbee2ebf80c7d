"""The tree of Party organisations, their members, and who holds which post."""
