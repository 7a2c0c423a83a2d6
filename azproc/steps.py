"""The steps that come with the library, as the entry-point group ``azproc.steps`` finds them.

Each name is a factory: its options are those of the function that does the work, which is imported when the step first
runs, or at once to check the options that are given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from inspect import signature
from typing import Any

from azproc.document import Document
from azproc.errors import PipelineError

__all__ = [
    "citations",
    "dates",
    "diacritics",
    "encoding",
    "entities",
    "marks",
    "normalize",
    "numbers",
    "ocr",
    "sentences",
    "spacing",
    "stanza_entities",
    "tokens",
]


@dataclass(frozen=True, slots=True)
class _LibraryStep:
    """A function of the library, given as ``module:name``: it rewrites the text or finds the spans of one layer.

    It takes the layers that the step needs, and those of ``uses`` that are there, as arguments of the same names.
    """

    name: str
    function: str
    needs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    uses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.options:
            known = signature(self._loaded()).parameters.keys() - {"text", *self.needs, *self.uses}
            unknown = self.options.keys() - known
            if unknown:
                raise PipelineError(f"step {self.name!r} has no option {min(unknown)!r}: its options are {', '.join(sorted(known)) or 'none'}")

    def _loaded(self) -> Callable[..., Any]:
        module, name = self.function.split(":")
        function: Callable[..., Any] = getattr(import_module(module), name)
        return function

    def __call__(self, doc: Document) -> Document:
        layers = {layer: doc.layers[layer] for layer in (*self.needs, *self.uses) if layer in doc.layers}
        result = self._loaded()(doc.text, **layers, **self.options)
        return doc.with_layer(self.gives[0], result) if self.gives else doc.rewrite(result)


def _rewriting(name: str, function: str) -> Callable[..., _LibraryStep]:
    return lambda **options: _LibraryStep(name, function, options=options)


def _finding(
    name: str, function: str, layer: str, needs: tuple[str, ...] = (), uses: tuple[str, ...] = ()
) -> Callable[..., _LibraryStep]:
    return lambda **options: _LibraryStep(name, function, needs, (layer,), options, uses)


encoding = _rewriting("encoding", "azproc.clean.mojibake:fix_encoding")
normalize = _rewriting("normalize", "azproc.language.unicode:normalize")
citations = _rewriting("citations", "azproc.clean.citations:strip_citations")
spacing = _rewriting("spacing", "azproc.clean.spacing:fix_spacing")
ocr = _rewriting("ocr", "azproc.clean.ocr:fix_ocr")
diacritics = _rewriting("diacritics", "azproc.clean.diacritics:restore_diacritics")

marks = _finding("marks", "azproc.clean.citations:find_citations", "citations")
sentences = _finding("sentences", "azproc.segment.sentences:split_sentences", "sentences")
tokens = _finding("tokens", "azproc.segment.tokens:tokenize", "tokens")
dates = _finding("dates", "azproc.extract.dates:find_dates", "dates")
numbers = _finding("numbers", "azproc.extract.numbers:find_numbers", "numbers", uses=("dates",))
entities = _finding("entities", "azproc.ner.tagger:find_entities", "entities", needs=("sentences", "tokens"))
stanza_entities = _finding("stanza_entities", "azproc.integrations.stanza:find_entities_stanza", "entities", needs=("sentences", "tokens"))
