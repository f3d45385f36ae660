"""Overlays: what a team changes in rules that are not its own, by id and without copying them."""
