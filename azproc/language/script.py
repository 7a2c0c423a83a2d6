"""Which script a text is written in, and Azerbaijani Cyrillic in Latin letters.

Sources: the Cyrillic alphabet of 1958-1991 and its letter-by-letter counterparts in the Latin alphabet of 1991; the
letters й, я, ю, э, ё, ц, щ, ъ, ь, used until 1958 and in Russian loans, as loans are spelt today (конституция,
konstitusiya; объект, obyekt).
"""

from __future__ import annotations

from enum import StrEnum

import regex
import unicodedata2

from azproc.errors import require_text
from azproc.language.casing import is_upper, to_lower, to_upper

__all__ = ["Script", "detect_script", "to_latin"]

_SMALL = dict(
    zip("абвгғдеәжзиыјкҝлмнопрөстуүфхһчҹшйэцщ", "abvqğdeəjziıykglmnopröstuüfxhçcşyesş", strict=True)
) | {"я": "ya", "ю": "yu", "ё": "yo", "ъ": "", "ь": "", "j": "y"}  # a Latin j in a Cyrillic word stands for ј
_LATIN_OF = _SMALL | {to_upper(cyrillic): to_upper(latin) for cyrillic, latin in _SMALL.items()}
_CYRILLIC_WORD = regex.compile(r"(?<![\p{L}\p{M}])[\p{Latin}\p{M}]*+\p{Cyrillic}[\p{L}\p{M}]*+")
_SEPARATED = regex.compile("[ьъ](?=[ео])|[ЬЪ](?=[ЕО])")

_AZERBAIJANI_ONLY = regex.compile("[ғҝәөүһҹјҒҜӘӨҮҺҸЈəƏ]")
_RUSSIAN_ONLY = regex.compile("[щъьэюяцйёЩЪЬЭЮЯЦЙЁ]")
_OTHER_CYRILLIC = regex.compile(r"[\p{Cyrillic}--[а-яА-ЯёЁғҝәөүһҹјҒҜӘӨҮҺҸЈ]]", regex.V1)


class Script(StrEnum):
    """The scripts that Azerbaijani has been written in, and what else is met beside it."""

    LATIN = "latin"
    AZERBAIJANI_CYRILLIC = "azerbaijani-cyrillic"
    RUSSIAN_CYRILLIC = "russian-cyrillic"
    CYRILLIC = "cyrillic"
    PERSO_ARABIC = "perso-arabic"
    OTHER = "other"


_LETTERS_OF = (
    (Script.LATIN, regex.compile(r"\p{Latin}")),
    (Script.CYRILLIC, regex.compile(r"\p{Cyrillic}")),
    (Script.PERSO_ARABIC, regex.compile(r"[\p{Arabic}&&\p{L}]", regex.V1)),
    (Script.OTHER, regex.compile(r"[\p{L}--[\p{Latin}\p{Cyrillic}\p{Arabic}]]", regex.V1)),
)


def detect_script(text: str) -> Script:
    """Return the script of most letters of a word or text; `Script.OTHER` where there are none.

    Cyrillic is called Azerbaijani or Russian by the letters that only one of the two has, and plain Cyrillic where
    there are none of them, or where letters of other alphabets occur.

    >>> [str(detect_script(word)) for word in ("kitabxana", "ҝөзәл", "площадь", "китаб", "کتابخانه", "書")]
    ['latin', 'azerbaijani-cyrillic', 'russian-cyrillic', 'cyrillic', 'perso-arabic', 'other']
    """
    require_text(text)
    counts = {script: sum(1 for _ in letters.finditer(text)) for script, letters in _LETTERS_OF}
    script = max(counts, key=counts.__getitem__)
    if not counts[script]:
        return Script.OTHER
    return _kind_of_cyrillic(text) if script is Script.CYRILLIC else script


def _kind_of_cyrillic(text: str) -> Script:
    if _OTHER_CYRILLIC.search(text):
        return Script.CYRILLIC
    azerbaijani = len(_AZERBAIJANI_ONLY.findall(text))
    russian = len(_RUSSIAN_ONLY.findall(text))
    if azerbaijani == russian:
        return Script.CYRILLIC
    return Script.AZERBAIJANI_CYRILLIC if azerbaijani > russian else Script.RUSSIAN_CYRILLIC


def to_latin(text: str) -> str:
    """Return the text with its Cyrillic words in the Latin letters of Azerbaijani.

    For text in Azerbaijani Cyrillic: a Russian word would be spelt letter by letter too. Words in Latin, Perso-Arabic
    and other scripts are left alone. Cyrillic letters that Azerbaijani never used stay.

    >>> to_latin("КИТАБХАНА"), to_latin("Ҝәнҹә шәһәри, Јазычы"), to_latin("Юлија ЮНЕСКО-да")
    ('KİTABXANA', 'Gəncə şəhəri, Yazıçı', 'Yuliya YUNESKO-da')
    """
    return str(_CYRILLIC_WORD.sub(lambda match: _word_to_latin(match[0]), require_text(text)))


def _word_to_latin(word: str) -> str:
    word = _SEPARATED.sub(lambda sign: "j" if sign[0] in "ьъ" else "J", unicodedata2.normalize("NFC", word))
    capitals = len(word) > 1 and is_upper(word)
    letters = (_LATIN_OF.get(letter, letter) for letter in word)
    return "".join(letter if capitals else letter[:1] + to_lower(letter[1:]) for letter in letters)
