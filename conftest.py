"""Modules whose library is not installed are not collected for their doctests; their own tests skip themselves."""

from importlib.util import find_spec

SOCKETS = {"azproc/integrations/spacy.py": "spacy", "azproc/integrations/stanza.py": "stanza", "azproc/integrations/sklearn.py": "sklearn"}

collect_ignore = [path for path, library in SOCKETS.items() if find_spec(library) is None]
