"""What the room's pages draw."""
