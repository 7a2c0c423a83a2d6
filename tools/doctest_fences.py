"""Put the examples of docstrings into fences, since Markdown takes ``>>>`` for a quotation; mkdocs.yml names this file."""

from __future__ import annotations

import re
from typing import Any

import griffe

_EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\n).*)*", re.MULTILINE)
_ROLE_END = re.compile(r"::$", re.MULTILINE)


def fenced(docstring: str) -> str:
    r"""Return a docstring with each doctest, up to the next empty line, in a fence.

    >>> fenced("Adds.\n\n>>> 1 + 1\n2")
    'Adds.\n\n```pycon\n>>> 1 + 1\n2\n```'
    """
    return _ROLE_END.sub(":", _EXAMPLE.sub(lambda example: f"```pycon\n{example[0]}\n```", docstring))


class DoctestFences(griffe.Extension):
    """Rewrites docstrings as they are collected."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Fence the examples of one object."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
