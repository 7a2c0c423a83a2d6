"""Edits and spans for the eye: as HTML that needs nothing else, and as terminal colours.

No meaning rests on colour alone: what goes is struck out and what comes is underlined, and every span carries its label.
The colours are those of Okabe and Ito (2008), which colour-blind readers tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import TYPE_CHECKING

import unicodedata2

from azproc.records import value_text
from azproc.resources import read_table
from azproc.rewrite import Edit, Rewrite
from azproc.spans import Date, Entity, Number, Span

if TYPE_CHECKING:
    from rich.text import Text

    from azproc.document import Document

__all__ = ["document_html", "edit_line", "edits_html", "reason", "spans_html", "spans_text", "visible"]

COLOURS = {
    "PER": "#0072b2",
    "LOC": "#009e73",
    "ORG": "#d55e00",
    "EVENT": "#cc79a7",
    "LAW": "#56b4e9",
    "WORK": "#f0e442",
    "NORP": "#e69f00",
}
OTHER = "#999999"
GONE, COME = "#d55e00", "#0072b2"
COME_ON_DARK = "#2a8fd6"  # legible on a terminal of either shade

_STYLE = f"""<style>
.azproc {{ font: 1rem/1.7 system-ui, sans-serif; white-space: pre-wrap; overflow-wrap: anywhere; color-scheme: light dark }}
.azproc del {{ text-decoration: line-through; text-decoration-color: {GONE}; background: {GONE}30 }}
.azproc ins {{ text-decoration: underline 2px {COME}; background: {COME}30 }}
.azproc mark {{ color: inherit; background: color-mix(in srgb, var(--c) 22%, transparent); border-bottom: 2px solid var(--c); padding: 0 .15em }}
.azproc mark small {{ font-size: .65em; font-weight: 700; margin-left: .35em; letter-spacing: .04em }}
.azproc table {{ display: block; overflow-x: auto; overflow-wrap: normal; white-space: normal; border-collapse: collapse; margin-top: 1em; font-size: .85em }}
.azproc th, .azproc td {{ text-align: left; padding: .15em .8em .15em 0; border-bottom: 1px solid #8884; vertical-align: top }}
</style>"""

_SIGNS = {" ": "␣", "\n": "⏎", "\r": "␍", "\t": "⇥"}


@cache
def reason(rule: str) -> str:
    """Return why a rule changes a text, in one line; '' for a rule that is not in ``data/reasons.tsv``.

    >>> reason("unicode.nfc")
    'a letter and its mark are one character'
    """
    reasons = {head: why for head, why in read_table("reasons.tsv")}  # noqa: C416  (rows are tuples of any length)
    found = []
    for name in rule.split("+"):
        parts = name.split(".")
        heads = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        found.append(next((reasons[head] for head in heads if head in reasons), ""))
    return "; ".join(filter(None, dict.fromkeys(found)))


def visible(text: str) -> str:
    r"""Return the text with signs or code points for what cannot be seen.

    >>> visible("a\N{SOFT HYPHEN} \n"), visible("")
    ('aU+00AD␣⏎', '∅')
    """
    return "".join(_SIGNS.get(letter) or _seen(letter) for letter in text) or "∅"


def _seen(letter: str) -> str:
    hidden = unicodedata2.category(letter) in {"Cc", "Cf", "Co", "Cs", "Zs", "Zl", "Zp"}
    return f"U+{ord(letter):04X}" if hidden else letter


def edits_html(rewrite: Rewrite) -> str:
    """Return the source with its edits marked, and a table of them, as a fragment of HTML.

    >>> "<del>haş</del><ins" in edits_html(Rewrite("haş verdi", (Edit(0, 3, "haş", "baş", "ocr.b-h", 0.98),)))
    True
    """
    parts, position = [], 0
    for edit in rewrite.edits:
        about = escape(f"{edit.rule} {edit.confidence:.2f}: {reason(edit.rule)}")
        parts.append(escape(rewrite.source[position : edit.start]))
        parts.append(f"<del>{escape(_shown(edit.before))}</del>" if edit.before else "")
        parts.append(f'<ins title="{about}">{escape(_shown(edit.after))}</ins>' if edit.after else "")
        position = edit.end
    parts.append(escape(rewrite.source[position:]))
    rows = "".join(
        f"<tr><td>{edit.start}–{edit.end}<td>{escape(visible(edit.before))}<td>{escape(visible(edit.after))}"
        f"<td>{escape(edit.rule)}<td>{edit.confidence:.2f}<td>{escape(reason(edit.rule))}"
        for edit in rewrite.edits
    )
    table = f"<table><tr><th>place<th>before<th>after<th>rule<th>confidence<th>reason{rows}</table>" if rows else ""
    return _boxed("".join(parts) + table)


def spans_html(text: str, spans: Iterable[Span]) -> str:
    """Return the text with spans marked and labelled, as a fragment of HTML; of overlapping spans the first is shown.

    >>> "<mark" in spans_html("Bakıdan", [Entity(0, 7, "Bakıdan", "LOC", "Bakı")])
    True
    """
    parts, position = [], 0
    for span in _apart(spans):
        label, about = _label(span)
        parts.append(escape(text[position : span.start]))
        parts.append(
            f'<mark style="--c:{COLOURS.get(label, OTHER)}" title="{escape(about)}">'
            f"{escape(text[span.start : span.end])}<small>{escape(label)}</small></mark>"
        )
        position = span.end
    return _boxed("".join(parts) + escape(text[position:]))


def document_html(doc: Document) -> str:
    """Return a document as HTML: its edits, if any, then its text with entities, dates and numbers marked."""
    spans = [span for name in ("entities", "dates", "numbers") for span in doc.layers.get(name, ())]
    parts = [edits_html(doc.changes)] if doc.changes.edits else []
    if spans or not parts:
        parts.append(spans_html(doc.text, spans))
    return "<hr>".join(parts)


def edit_line(rewrite: Rewrite, edit: Edit, *, width: int = 36) -> Text:
    """Return an edit in its line, with ``width`` characters of context on both sides, in terminal colours.

    >>> edit = Edit(0, 3, "haş", "baş", "ocr.b-h", 0.98)
    >>> edit_line(Rewrite("haş verdi", (edit,)), edit).plain
    'haşbaş verdi'
    """
    from rich.text import Text

    left, right = rewrite.source[max(0, edit.start - width) : edit.start], rewrite.source[edit.end : edit.end + width]
    line = Text(left[left.rfind("\n") + 1 :])
    if edit.before:
        line.append(_shown(edit.before), f"strike {GONE}")
    if edit.after:
        line.append(_shown(edit.after), f"bold underline {COME_ON_DARK}")
    return line.append(right.split("\n", 1)[0].rstrip("\r"))


def spans_text(text: str, spans: Iterable[Span]) -> Text:
    """Return the text with spans in terminal colours, each followed by its label.

    >>> spans_text("Bakıdan köçdü", [Entity(0, 7, "Bakıdan", "LOC", "Bakı")]).plain
    'Bakıdan[LOC] köçdü'
    """
    from rich.text import Text

    line, position = Text(), 0
    for span in _apart(spans):
        label, _ = _label(span)
        line.append(text[position : span.start]).append(text[span.start : span.end], f"underline {COLOURS.get(label, OTHER)}")
        line.append(f"[{label}]", "dim")
        position = span.end
    return line.append(text[position:])


def _boxed(html: str) -> str:
    return f'{_STYLE}<div class="azproc" lang="az-Latn">{html}</div>'


def _shown(text: str) -> str:
    """Return an edit's text as it is where it can be seen, by signs where it cannot."""
    return text if text.isprintable() and not text.isspace() else visible(text)


def _apart(spans: Iterable[Span]) -> Iterable[Span]:
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def _label(span: Span) -> tuple[str, str]:
    """Return the label under a span and what is known about it."""
    if isinstance(span, Entity):
        return span.label, f"{span.name} ({span.score:.2f})"
    if isinstance(span, Date | Number):
        known = (value_text(span.value), span.mod, span.unit if isinstance(span, Number) else span.resolved)
        return span.type, " ".join(filter(None, known))
    return type(span).__name__, ""
