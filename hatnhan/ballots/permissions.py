"""The room's actions and who may do them. Everything not granted here is denied."""

from __future__ import annotations
