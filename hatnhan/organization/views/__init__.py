"""What one can see and do here, as pages."""
