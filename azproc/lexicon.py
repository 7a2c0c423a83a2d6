"""The word list: how often a form is written, how often with a capital, and whether an unlisted form is well made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntFlag
from functools import lru_cache
from typing import TYPE_CHECKING

from azproc.language.casing import fold
from azproc.language.reading import is_roman, readings
from azproc.language.stems import Root, may_be_changed, stems_behind, unchanged
from azproc.language.suffixes import (
    LONGEST_ENDING,
    ROOTS,
    Analysis,
    Candidate,
    chains,
    ending_initials,
    split_glued,
    split_joined,
)

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["Lexicon", "Role"]

_LONGEST_STEM = 64
_STEPS = 8  # steps of the stored count for each doubling


class Role(IntFlag):
    """What a listed string is: a word as it stands, a stem for noun endings, a stem for verb endings."""

    WORD = 1
    NOUN = 2
    VERB = 4


_WORD = int(Role.WORD)
_ROLE_OF: dict[Root, int] = {"noun": int(Role.NOUN), "verb": int(Role.VERB)}


class Lexicon:
    """Forms with rounded counts, capital shares and roles, read from a trie; safe to share between threads.

    Open it with `azproc.resources.lexicon`. Counts add several sources, so compare them only with each other.
    """

    FORMAT = "<BBB"  # count in steps of a doubling, capital share in 255ths, roles

    def __init__(self, trie: marisa_trie.RecordTrie) -> None:
        self._trie = trie
        self._knows = lru_cache(maxsize=1 << 17)(self._well_formed)

    def __contains__(self, word: str) -> bool:
        return bool(self._record(word)[2] & _WORD)

    def __len__(self) -> int:
        """Number of strings in the list, bare verb stems included."""
        return len(self._trie)

    def count(self, word: str) -> int:
        """Return how often a form was seen, to within a tenth; 0 if it is not listed.

        >>> from azproc.resources import lexicon
        >>> lexicon().count("və") > lexicon().count("kitab") > lexicon().count("kitqb")
        True
        """
        steps, _, roles = self._record(word)
        return count_of(steps) if roles & _WORD else 0

    def count_folded(self, folded: str) -> int:
        """Return `count` of a word that is folded already and has no surrogates, several times faster; -1 if it is not listed.

        >>> from azproc.resources import lexicon
        >>> lexicon().count_folded("kitab") == lexicon().count("kitab"), lexicon().count_folded("kitqb")
        (True, -1)
        """
        records = self._trie.get(folded)
        return _COUNTS[records[0][0]] if records and records[0][2] & _WORD else -1

    def entry(self, folded: str) -> tuple[int, float]:
        """Return `count` and `capital_share` of a word that is folded already and has no surrogates; (-1, 0.0) if it is not listed.

        >>> from azproc.resources import lexicon
        >>> lexicon().entry("kitab") == (lexicon().count("kitab"), lexicon().capital_share("kitab"))
        True
        """
        records = self._trie.get(folded)
        if not records or not records[0][2] & _WORD:
            return -1, 0.0
        return _COUNTS[records[0][0]], records[0][1] / 255

    def has_prefix(self, prefix: str) -> bool:
        """Tell whether some listed string begins with a prefix, folded; a search can then go on along it.

        >>> from azproc.resources import lexicon
        >>> lexicon().has_prefix("kitabl"), lexicon().has_prefix("kitqb")
        (True, False)
        """
        return next(self._trie.iterkeys(prefix), None) is not None

    def beginning(self, prefix: str) -> list[str]:
        """Return all listed strings that begin with a prefix, folded; few of them where it is three letters or longer.

        >>> from azproc.resources import lexicon
        >>> "kitablar" in lexicon().beginning("kitabla")
        True
        """
        return list(self._trie.keys(prefix))

    def letters_between(self, before: str, after: str, letters: Iterable[str]) -> list[str]:
        """Return those of some letters that make a listed string between what comes before and after, both folded.

        >>> from azproc.resources import lexicon
        >>> lexicon().letters_between("kita", "", "abcde")
        ['b']
        """
        trie = self._trie
        return [letter for letter in letters if before + letter + after in trie]

    def capital_share(self, word: str) -> float:
        """Return the share of capitalised occurrences inside sentences, from 0 to 1; 0 if the form is not listed.

        >>> from azproc.resources import lexicon
        >>> lexicon().capital_share("azərbaycan") > 0.9 > 0.1 > lexicon().capital_share("kitab")
        True
        """
        return self._record(word)[1] / 255

    def roles(self, word: str) -> Role:
        """Return what a string is in the list; no role if it is not listed."""
        return Role(self._record(word)[2])

    def knows(self, word: str) -> bool:
        """Tell whether a word is listed, or is a known stem with a well-formed chain of suffixes.

        Compounds with a hyphen are known when each part is, numbers and abbreviations by their suffix, and an apostrophe
        before a suffix changes nothing (``Bakı'dan``).

        >>> from azproc.resources import lexicon
        >>> [lexicon().knows(word) for word in ("mayın", "mayrn", "hissələrinin", "hissələrinın", "9-cu", "9-ci")]
        [True, False, True, False, True, False]
        """
        return self._knows(word)

    def analyses(self, word: str) -> tuple[Analysis, ...]:
        """Return the ways to read a word with the listed stems, the longest stem first.

        >>> from azproc.resources import lexicon
        >>> lexicon().analyses("kitablarımızdan")[0].suffixes
        ('plural', 'possessive.1pl', 'ablative')
        """
        folded = fold(word)
        return split_joined(word) or tuple(split_glued(folded, self.stems(folded)))

    def stems(self, folded: str) -> Iterator[Candidate]:
        """Yield the listed stems that a folded word may begin with, the longest first: where the ending begins, the stem, its shape.

        >>> from azproc.resources import lexicon
        >>> [stem for _, stem, _, _ in lexicon().stems("uşağı")][0]
        'uşaq'
        """
        if not folded.isprintable():
            return
        initials, roles_of = ending_initials(), self._roles_of
        for place in range(len(folded), max(1, len(folded) - LONGEST_ENDING), -1):
            if folded[place : place + 1] not in initials:
                continue
            form = folded[:place]
            roles, changed = roles_of(form), may_be_changed(form)
            if roles or changed:
                for root in ROOTS:
                    role = _ROLE_OF[root]
                    if roles & role or (changed and roles_of(unchanged(form, root)) & role):
                        for stem, shape in stems_behind(form, root):
                            if (roles if stem == form else roles_of(stem)) & role:
                                yield place, stem, root, shape

    def _roles_of(self, folded: str) -> int:
        records = self._trie.get(folded)
        return records[0][2] if records else 0

    def _record(self, word: str) -> tuple[int, int, int]:
        return self._record_of(fold(word))

    def _record_of(self, folded: str) -> tuple[int, int, int]:
        records = self._trie.get(folded) if folded.isprintable() else None  # a lone surrogate cannot be looked up
        return records[0] if records else (0, 0, 0)

    def _well_formed(self, word: str) -> bool:
        folded = fold(word)
        if self._record_of(folded)[2] & _WORD or split_joined(word) or is_roman(word):
            return True
        if any(chains(root, shape, folded[place:]) for place, _, root, shape in self.stems(folded)):
            return True
        if "'" in folded:
            return self.knows(folded.replace("'", ""))
        parts = word.split("-")
        if len(parts) > 1 and parts[-1].islower() and readings(parts[-2]):
            return False  # what stands there is an ending, and a wrong one
        return len(parts) > 1 and all(part and self.knows(part) for part in parts)


def count_of(steps: int) -> int:
    """Return the count that a stored number of steps stands for.

    >>> count_of(steps_of(1)), count_of(steps_of(1000))
    (1, 1024)
    """
    return round(2.0 ** ((steps - 1) / _STEPS)) if steps else 0


def steps_of(count: float) -> int:
    """Return the number of steps under which a count is stored."""
    import math

    return min(255, 1 + round(_STEPS * math.log2(count))) if count >= 1 else 0


_COUNTS = tuple(map(count_of, range(256)))
