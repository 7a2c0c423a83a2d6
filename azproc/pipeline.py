"""Steps in a row: what each needs and gives is checked when they are put together, not when they run."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from azproc.document import Document
from azproc.errors import InputError, PipelineError, require_text
from azproc.rewrite import Edit, Rewrite

__all__ = ["Pipeline", "Step", "Veto", "clean", "load", "profile_names", "step"]

Veto = Callable[[Edit], bool]


@runtime_checkable
class Step(Protocol):
    """One thing that is done to a document: it ``needs`` some layers and ``gives`` others."""

    @property
    def name(self) -> str:
        """What the step is called in reports."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Layers that must be there before."""

    @property
    def gives(self) -> tuple[str, ...]:
        """Layers that are there afterwards."""

    def __call__(self, doc: Document) -> Document:
        """Return the document with the step done."""


@dataclass(frozen=True, slots=True)
class _RewriteStep:
    """A ``str -> Rewrite`` function as a step."""

    rewrite: Callable[[str], Rewrite]
    name: str
    needs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()

    def __call__(self, doc: Document) -> Document:
        return doc.rewrite(self.rewrite(doc.text))


def step(rewrite: Callable[[str], Rewrite], *, name: str = "", needs: Iterable[str] = (), gives: Iterable[str] = ()) -> Step:
    """Turn a ``str -> Rewrite`` function into a step; its name is the function's unless another is given.

    >>> def drop_bullets(text: str) -> Rewrite:
    ...     return Rewrite(text, (Edit(0, 2, "• ", "", "bullet"),) if text.startswith("• ") else ())
    >>> Pipeline(step(drop_bullets))("• Bakı").text
    'Bakı'
    """
    if not callable(rewrite):
        raise TypeError(f"a step is made of a function from str to Rewrite, not of {rewrite!r}")
    return _RewriteStep(rewrite, name or getattr(rewrite, "__name__", type(rewrite).__name__), tuple(needs), tuple(gives))


class Pipeline:
    """Steps in a row, each a `Step` or the name of one.

    Names are looked up in the entry-point group ``azproc.steps``, where any package may add its own. Raises
    `PipelineError`, listing what is required, present and missing, where a step needs a layer that nothing before it
    gives; ``present`` names layers that the documents will bring along. ``options`` go to named steps.

    >>> nlp = Pipeline("sentences", "tokens")
    >>> [token.text for token in nlp("Bakı gözəldir.").layers["tokens"]]
    ['Bakı', 'gözəldir', '.']
    """

    def __init__(
        self,
        *steps: str | Step,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        present: Iterable[str] = (),
        profile: str = "",
        version: str = "",
    ) -> None:
        options = options or {}
        self.steps = tuple(_resolved(each, options) for each in steps)
        unused = [name for name in options if name not in steps]
        if unused:
            raise PipelineError(f"options for {unused}, but the steps are {[each.name for each in self.steps]}")
        self.profile = profile
        self.version = version
        _check_needs(self.steps, set(present))

    def __repr__(self) -> str:
        return f"Pipeline({', '.join(repr(each.name) for each in self.steps)})"

    def __call__(self, text: str | Document, *, veto: Veto | None = None) -> Document:
        """Run all steps over a text or document; edits for which ``veto`` is true are never made.

        The offsets that ``veto`` sees are those of the text as the step found it.
        """
        doc = text if isinstance(text, Document) else Document(require_text(text))
        if veto:
            doc = replace(doc, veto=veto)
        for each in self.steps:
            doc = each(doc)
        return replace(doc, veto=None, profile=self.profile, profile_version=self.version)

    def map(
        self, texts: Iterable[str | Document], *, workers: int = 1, veto: Veto | None = None
    ) -> Iterator[Document]:
        """Run over many texts, in this process or in ``workers`` processes; the order is kept.

        Texts are taken as results are asked for, a few batches ahead, so an endless stream is fine. The first error of
        a step ends the iteration.

        >>> [doc.text for doc in Pipeline("tokens").map(["Bakı", "Gəncə"])]
        ['Bakı', 'Gəncə']
        """
        if workers < 1:
            raise InputError(f"workers={workers}: at least one process is needed")
        if workers == 1:
            return (self(text, veto=veto) for text in texts)
        from azproc.workers import mapped

        return mapped(self, texts, workers, veto)


@cache
def _factories() -> Mapping[str, Any]:
    return {point.name: point for point in entry_points(group="azproc.steps")}


def _resolved(each: str | Step, options: Mapping[str, Mapping[str, Any]]) -> Step:
    if not isinstance(each, str):
        if isinstance(each, Step):
            return each
        raise PipelineError(f"{each!r} is no step: give the name of one, or wrap a str -> Rewrite function in azproc.step")
    return _made(each, options.get(each, {}))


def _made(name: str, options: Mapping[str, Any]) -> Step:
    factories = _factories()
    if name not in factories:
        raise PipelineError(f"no step is called {name!r}: known are {', '.join(sorted(factories))}")
    factory = factories[name].load()
    try:
        made: Step = factory(**options)
    except TypeError as error:
        raise PipelineError(f"step {name!r} does not take the options {dict(options)}: {error}") from error
    return made


def _check_needs(steps: tuple[Step, ...], present: set[str]) -> None:
    for place, each in enumerate(steps, 1):
        missing = [layer for layer in each.needs if layer not in present]
        if missing:
            raise PipelineError(
                f"step {place}, {each.name!r}, cannot run\n"
                f"  required: {', '.join(each.needs)}\n"
                f"  present:  {', '.join(sorted(present)) or 'nothing'}\n"
                f"  missing:  {', '.join(missing)}\n"
                f"put a step that gives {missing[0]!r} in front of it"
            )
        present |= set(each.gives)


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the library.

    >>> profile_names()
    ('minimal', 'ocr', 'typed', 'web', 'wiki')
    """
    return tuple(sorted(path.name.removesuffix(".toml") for path in (files("azproc") / "data" / "profiles").iterdir()))


def load(profile: str | Path) -> Pipeline:
    """Return the pipeline of a profile: ``web``, ``ocr``, ``wiki``, ``minimal``, ``typed``, or the path of a TOML file.

    >>> load("minimal")
    Pipeline('normalize')
    """
    name = str(profile)
    if name in profile_names():
        return _shipped(name)
    if not name.endswith(".toml"):
        raise InputError(f"no profile is called {name!r}: take one of {', '.join(profile_names())}, or the path of a .toml file")
    try:
        return _from_toml(Path(name).read_text(encoding="utf-8"), name)
    except OSError as error:
        raise InputError(f"cannot read the profile {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"the profile {name} is not UTF-8 ({error.reason}): save it as UTF-8") from error


@cache
def _shipped(name: str) -> Pipeline:
    return _from_toml((files("azproc") / "data" / "profiles" / f"{name}.toml").read_text(encoding="utf-8"), name)


def _from_toml(text: str, source: str) -> Pipeline:
    try:
        table = tomllib.loads(text)
        rows = [dict(row) for row in table["step"]]
        uses = [str(row.pop("use")) for row in rows]
        name, version = str(table["name"]), str(table["version"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"{source} is no profile ({error!r}): it needs a name, a version and [[step]] tables, each with a use = line"
        ) from error
    return Pipeline(*map(_made, uses, rows), profile=name, version=version)


def clean(text: str, *, profile: str | Path = "web", veto: Veto | None = None) -> Rewrite:
    r"""Return the text cleaned by a profile, as one rewrite from the text as given.

    >>> clean("Bakı\N{SOFT HYPHEN}dan", profile="minimal").text
    'Bakıdan'
    """
    return load(profile)(text, veto=veto).changes
