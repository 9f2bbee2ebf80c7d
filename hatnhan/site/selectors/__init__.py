"""What the shell reads."""
