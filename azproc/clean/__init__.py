"""Repairs: each returns a `Rewrite`."""
