"""Scores of spans and texts against gold."""
