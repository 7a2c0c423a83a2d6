"""Persons, places, organisations and the rest, with their citation form."""
