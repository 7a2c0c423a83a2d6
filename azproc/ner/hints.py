"""What the lists of names say for the tags of a text: a listed name is rather a name than nothing.

The network decides; a listing moves its scores by a little, so that it tips the balance where the network is unsure, as
at the start of a short sentence. Names that are everyday words too (Bahar, spring) say nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from azproc.language.casing import fold
from azproc.ner.chain import Floats
from azproc.ner.gazetteer import NAME_SHARE, Listing, find_listed
from azproc.ner.names import citation_form
from azproc.resources import lexicon
from azproc.spans import Token

__all__ = ["listing_scores"]

NAME, PERSON = 3.0, 2.0
"""What a listing adds to the scores (natural logarithms) of all tags of names, and of those of persons besides."""


def listing_scores(text: str, tokens: Sequence[Token], tags: Sequence[str]) -> Floats:
    """Return what the listings of a text add to the scores of each token's tags.

    A listed name speaks for any name, since persons and places stand in the names of organisations, events and laws; a
    given name or surname also for a person. Villages are left out: half of them are called like persons.

    >>> tokens = (Token(0, 6, "Aytəkin", "word"), Token(8, 13, "gəldi", "word"))
    >>> listing_scores("Aytəkin gəldi", tokens, ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")).tolist()
    [[0.0, 3.0, 3.0, 5.0, 5.0], [0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    scores = np.zeros((len(tokens), len(tags)))
    starts = [token.start for token in tokens]
    person = [tag.endswith("-PER") for tag in tags]
    any_name = [tag != "O" for tag in tags]
    for listing in find_listed(text):
        first, end = bisect_left(starts, listing.start), bisect_left(starts, listing.end)
        if listing.common or first == end or starts[first] != listing.start or not _is_the_name(listing):
            continue
        if listing.kinds != ("village",):
            scores[first:end, any_name] += NAME
        if listing.labels == ("PER",):
            scores[first:end, person] += PERSON
    return scores


def _is_the_name(listing: Listing) -> bool:
    """Whether the form is an inflection of the listed name, not derived from it (suriyalı, a Syrian), nor a common word's."""
    form = fold(listing.text)
    if form in lexicon() and lexicon().capital_share(form) < NAME_SHARE:
        return False
    return fold(citation_form(listing.text, listing.labels[0])) == fold(listing.name)
