"""The ground floor: alphabet, casing, Unicode, scripts and suffixes of Azerbaijani."""
