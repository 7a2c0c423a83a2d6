"""azproc: Azerbaijani text, cleaned, segmented and read, with every change explained and undoable.

The public names are loaded on first use (PEP 562), so that ``import azproc`` costs next to nothing;
``__init__.pyi`` tells type checkers and editors the same names.
"""

import sys
from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_HOME = {
    "AzprocError": "errors",
    "Citation": "spans",
    "DataError": "errors",
    "Date": "spans",
    "Document": "document",
    "Edit": "rewrite",
    "Entity": "spans",
    "InputError": "errors",
    "Number": "spans",
    "OffsetMap": "rewrite",
    "Pipeline": "pipeline",
    "PipelineError": "errors",
    "Rewrite": "rewrite",
    "Sentence": "spans",
    "Span": "spans",
    "Token": "spans",
    "clean": "pipeline",
    "compose": "rewrite",
    "find_citations": "clean.citations",
    "find_dates": "extract.dates",
    "find_entities": "ner.tagger",
    "find_numbers": "extract.numbers",
    "fix_encoding": "clean.mojibake",
    "fix_ocr": "clean.ocr",
    "fix_spacing": "clean.spacing",
    "group_entities": "ner.names",
    "load": "pipeline",
    "normalize": "language.unicode",
    "restore_diacritics": "clean.diacritics",
    "split_sentences": "segment.sentences",
    "step": "pipeline",
    "strip_citations": "clean.citations",
    "to_latin": "language.script",
    "to_lower": "language.casing",
    "to_title": "language.casing",
    "to_upper": "language.casing",
    "to_words": "extract.spelling",
    "tokenize": "segment.tokens",
}

__all__ = ["__version__", *_HOME]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'azproc' has no attribute {name!r}")
    return getattr(import_module(f"azproc.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Library(ModuleType):
    """Keeps the name ``clean`` for the function, where Python would give it to the folder once that is imported.

    The function gets the folder's contents as attributes, so that ``import azproc.clean.ocr as ocr`` works too.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "clean" and isinstance(value, ModuleType):
            import_module("azproc.pipeline").clean.__dict__ = value.__dict__
        else:
            super().__setattr__(name, value)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Stand for itself by its name where Ray, Spark or Hugging Face send a function that uses it to another process."""
        return import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Library
