"""Where tokens and sentences begin and end."""
