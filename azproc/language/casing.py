"""Upper, lower and title case of Azerbaijani, folding for look-up, and alphabetical order.

The two pairs I/ı and İ/i are why `str.lower` cannot be used: it turns IŞIQ (light) into işiq. No other module of this
library changes case in another way.
"""

from __future__ import annotations

import regex
import unicodedata2

from azproc.errors import require_text
from azproc.language.alphabet import ALPHABET

__all__ = ["collation_key", "fold", "is_capitalised", "is_lower", "is_upper", "match_case", "to_lower", "to_title", "to_upper"]

_DOT_ABOVE = "\N{COMBINING DOT ABOVE}"  # what str.lower leaves behind when it meets İ
_WORD = regex.compile(r"(?<![\p{L}\p{M}])(?<![^\p{L}\p{M}\s\p{Pd}][-\u2010\u2011])(?<![\p{L}\p{M}\p{N}]['’ʼ])[\p{L}\p{M}]++")
_ORDER = {form: place for place, letter in enumerate(ALPHABET) for form in (letter.lower, letter.upper)}
_ORDER |= dict.fromkeys("wW", len(ALPHABET))


def to_lower(text: str) -> str:
    """Return the text in lower case: I becomes ı, İ becomes i, and no combining dot is left over an i.

    >>> to_lower("IŞIQ İSTİ")
    'ışıq isti'
    """
    return _lowered(require_text(text))


def _lowered(text: str) -> str:
    if _DOT_ABOVE in text:
        text = text.replace("I" + _DOT_ABOVE, "i").replace("i" + _DOT_ABOVE, "i")
    return text.replace("I", "ı").replace("İ", "i").lower()


def to_upper(text: str) -> str:
    """Return the text in upper case: i becomes İ, ı becomes I.

    >>> to_upper("ılıq iqlim")
    'ILIQ İQLİM'
    """
    require_text(text)
    if _DOT_ABOVE in text:
        text = text.replace("I" + _DOT_ABOVE, "İ").replace("i" + _DOT_ABOVE, "İ")
    return text.replace("i", "İ").replace("ﬁ", "Fİ").replace("ﬃ", "FFİ").upper()


def to_title(text: str) -> str:
    """Return the text with each word's first letter in upper case and the rest in lower case.

    Suffixes after an apostrophe, or after the hyphen of a number, sign or quotation mark, stay small. Roman numerals are
    not special.

    >>> to_title("ılıq iqlim, türk-islam, BAKI'DAN 1918-ci ildə 20%-ni")
    "Ilıq İqlim, Türk-İslam, Bakı'dan 1918-ci İldə 20%-ni"
    """
    return str(_WORD.sub(lambda match: _title_letter(match[0][0]) + match[0][1:], to_lower(text)))


def _title_letter(letter: str) -> str:
    return "İ" if letter == "i" else letter.title()


def fold(text: str) -> str:
    """Return the form under which a word is looked up: NFC, lower case, one kind of apostrophe.

    >>> fold("BAKI’NIN")
    "bakı'nın"
    """
    return _lowered(unicodedata2.normalize("NFC", text)).replace("’", "'").replace("ʼ", "'")


def is_upper(text: str) -> bool:
    """Tell whether the text has letters and all of them are capitals.

    >>> is_upper("ABŞ"), is_upper("Bakı"), is_upper("1918")
    (True, False, False)
    """
    return text.isupper()


def is_lower(text: str) -> bool:
    """Tell whether the text has letters and all of them are small.

    >>> is_lower("baş"), is_lower("Baş")
    (True, False)
    """
    return text.islower()


def is_capitalised(text: str) -> bool:
    """Tell whether the first character is a capital letter.

    >>> is_capitalised("Bakı"), is_capitalised("bakı"), is_capitalised("")
    (True, False, False)
    """
    return text[:1].isupper()


def match_case(pattern: str, word: str) -> str:
    """Return the word in the case pattern of another: capitals, first capital, or as it is; the parts of a compound each by itself.

    >>> match_case("HAŞ", "baş"), match_case("İlham", "ilham"), match_case("haş", "baş")
    ('BAŞ', 'İlham', 'baş')
    >>> match_case("Ganca-Qazax", "gəncə-qazax"), match_case("NATO-da", "nato-də")
    ('Gəncə-Qazax', 'NATO-də')
    """
    if "-" in pattern and pattern.count("-") == word.count("-"):
        return "-".join(map(match_case, pattern.split("-"), word.split("-")))
    letters = [character for character in pattern if character.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return to_upper(word)
    if is_capitalised(pattern):
        return to_upper(word[:1]) + word[1:]
    return word


def collation_key(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key in the order of the Azerbaijani alphabet: figures and signs first, w after z, other scripts last.

    An accent or capital counts only where nothing else differs. The place of w is that of CLDR's Azerbaijani collation.

    >>> sorted(["çay", "cavab", "əl", "ev", "xan", "halva", "ısıq", "inək", "qaz", "kitab"], key=collation_key)
    ['cavab', 'çay', 'ev', 'əl', 'halva', 'xan', 'ısıq', 'inək', 'kitab', 'qaz']
    >>> sorted(["Windows", "zal", "Émil", "ev", "2 ev"], key=collation_key)
    ['2 ev', 'Émil', 'ev', 'zal', 'Windows']
    """
    composed = unicodedata2.normalize("NFC", text)
    return (*map(_place, composed), (-2, composed))


def _place(character: str) -> tuple[int, str]:
    if character not in _ORDER:
        base = unicodedata2.normalize("NFD", character)[0]
        if base not in _ORDER:
            return (len(ALPHABET) + 1 if character.isalpha() else -1, to_lower(character))
        character = base
    return _ORDER[character], ""
