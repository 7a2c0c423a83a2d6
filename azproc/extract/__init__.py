"""Numbers and dates as spans with values."""
