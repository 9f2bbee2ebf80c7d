"""What asks for a permission here. The room that knows who leads which unit grants it."""

#: Read the figures of a unit: ``user.has_perm(READ, unit)``.
READ = "figures.read"
