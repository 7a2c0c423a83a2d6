"""One step for engines that drive: an Arrow record batch in, the same rows with text, edits and layers out.

Ray Data calls it through ``ds.map_batches(ArrowStep, ...)``, Spark through ``df.mapInArrow``. Needs pyarrow:
``pip install 'azproc[batch]'``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from azproc.document import Document
from azproc.errors import AzprocError, DataError, InputError
from azproc.pipeline import Pipeline, load
from azproc.records import span_record

if TYPE_CHECKING:
    import pyarrow

__all__ = ["ArrowStep"]


class ArrowStep:
    """Run a profile over the text column of record batches or tables.

    Every other column passes through. ``text`` becomes the cleaned text; ``edits`` is a JSON list of
    ``[start, end, before, after, rule, confidence]``; each layer that the profile gives becomes a JSON column of its own;
    ``failure`` says what went wrong with a row, null where nothing did: such a row keeps its text. The profile is loaded
    with the first batch, once for each worker, so the step itself is small to send.

    >>> import pyarrow
    >>> batch = pyarrow.record_batch({"text": ["Bakı\N{SOFT HYPHEN}dan"], "year": [1918]})
    >>> ArrowStep("minimal")(batch).to_pylist()[0]["text"]
    'Bakıdan'
    """

    def __init__(self, profile: str = "web", *, text_key: str = "text") -> None:
        self.profile, self.text_key = profile, text_key
        self._pipeline: Pipeline | None = None

    def __getstate__(self) -> dict[str, object]:
        return {"profile": self.profile, "text_key": self.text_key, "_pipeline": None}

    def __call__(self, batch: pyarrow.RecordBatch | pyarrow.Table) -> pyarrow.RecordBatch | pyarrow.Table:
        """Return the batch with its columns; its type, record batch or table, is that of the input."""
        import pyarrow

        if self.text_key not in batch.schema.names:
            raise InputError(f"no column {self.text_key!r} among {batch.schema.names}: name it with text_key=")
        self._pipeline = self._pipeline or load(self.profile)
        texts = batch.column(self.text_key).to_pylist()
        rows = [self._row(text) for text in texts]
        layers = [layer for each in self._pipeline.steps for layer in each.gives]
        if taken := sorted({"edits", *layers, "failure"} & set(batch.schema.names)):
            raise InputError(f"the batch has columns {taken} already, where ours would go: rename or drop them")
        added = {
            self.text_key: [row.text if row else None for row, _ in rows],
            "edits": [_edits(row) for row, _ in rows],
            **{layer: [_layer(row, layer) for row, _ in rows] for layer in layers},
            "failure": [reason for _, reason in rows],
        }
        columns = {name: batch.column(name) for name in batch.schema.names}
        columns |= {name: pyarrow.array(values, pyarrow.string()) for name, values in added.items()}
        made: pyarrow.RecordBatch | pyarrow.Table = type(batch).from_pydict(columns)
        return made

    def map_in_arrow(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        """Run over an iterator of batches, as Spark's ``mapInArrow`` wants it."""
        return map(self, batches)

    def _row(self, text: str | None) -> tuple[Document | None, str | None]:
        if text is None:
            return None, None
        assert self._pipeline is not None
        try:
            return self._pipeline(text), None
        except DataError:
            raise
        except AzprocError as error:
            return Document(text), str(error)
        except Exception as error:  # noqa: BLE001  (one row must not take the others down)
            return Document(text), f"{type(error).__name__}: {error}"


def _edits(doc: Document | None) -> str | None:
    if doc is None:
        return None
    edits = [(edit.start, edit.end, edit.before, edit.after, edit.rule, edit.confidence) for edit in doc.changes.edits]
    return msgspec.json.encode(edits).decode()


def _layer(doc: Document | None, name: str) -> str | None:
    return None if doc is None else msgspec.json.encode([span_record(span) for span in doc.layers.get(name, ())]).decode()
