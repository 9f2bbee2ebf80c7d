"""Hạt Nhân."""
