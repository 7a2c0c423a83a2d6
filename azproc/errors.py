"""Errors of the library: each message says what is wrong and what to do about it."""

__all__ = ["AzprocError", "DataError", "InputError", "PipelineError"]


class AzprocError(Exception):
    """Anything that the library refuses to do; the children say which kind."""


class InputError(AzprocError, ValueError):
    """The text, file or option that was given cannot be used as it is."""


class DataError(AzprocError):
    """A lexicon, table or model is missing, damaged or of another version."""


class PipelineError(AzprocError, ValueError):
    """Steps were put together in an order that cannot work."""


def require_text(text: object, name: str = "text") -> str:
    """Return ``text`` if it is a ``str``; raise a ``TypeError`` that names the remedy otherwise.

    >>> require_text("Bakı")
    'Bakı'
    >>> require_text(b"Bak")
    Traceback (most recent call last):
        ...
    TypeError: text is bytes, not str: decode it first, for example with data.decode("utf-8")
    """
    if isinstance(text, str):
        return text
    if isinstance(text, (bytes, bytearray, memoryview)):
        raise TypeError(f'{name} is {type(text).__name__}, not str: decode it first, for example with data.decode("utf-8")')
    raise TypeError(f"{name} must be a str, not {type(text).__name__}")
