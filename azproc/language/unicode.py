"""Unicode repair: composed letters, look-alikes, invisible characters, odd spaces, ligatures, full-width forms.

Clean text is recognised by one search for a character that is not quiet, and costs nothing more. What is searched that
way is a plain class, which `re` finds ten times faster than `regex` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import regex
import unicodedata2

from azproc.errors import InputError, require_text
from azproc.language.casing import is_lower
from azproc.language.look_alikes import mend_look_alikes
from azproc.rewrite import Edit, Rewrite

__all__ = ["DASH_RULE", "QUOTE_RULE", "RULES", "Rule", "normalize"]

_QUIET = (
    "\t\n\r -~\xa1-\xac\xae-\u018d\u018f-\u01dc\u01de-\u0217\u021a-\u02d7\u02da-\u02ff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2125\u2127-\u2129\u212c-\u2328\u232b-\u2adb\u2add-\u2fff"
    "\u3001-\u3029\u3030-\u3098\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\ufffc\ufffd\U0001f000-\U0001faff"
)
_LOUD = re.compile(f"[^{_QUIET}]")

_ROUNDS = 8  # one mended letter may show the damage of its neighbour; ordinary text needs one round and a look
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
_DASHES = "\u2010-\u2015\u2212"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPACING_MARKS = {"˘": "\N{COMBINING BREVE}", "¸": "\N{COMBINING CEDILLA}", "¨": "\N{COMBINING DIAERESIS}"}
_COMMA_BELOW = {"ș": "ş", "Ș": "Ş", "s\u0326": "ş", "S\u0326": "Ş"}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛‹›", "\"\"\"\"\"\"''''''")

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Hebrew, Arabic and their kin
_ROMANIAN = re.compile("[țȚăĂţŢ]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage: the characters that betray it, the pattern of a damaged run, and what the run should be.

    ``mend`` gives None where the run is sound.
    """

    name: str
    trigger: re.Pattern[str]
    pattern: Any  # compiled by re where it is a plain class, by regex otherwise
    mend: Callable[[Any], str | None]

    def edits(self, text: str) -> Iterator[Edit]:
        """Yield the edits that the text needs, in order, reading only the lines with a trigger."""
        position = 0
        while hit := self.trigger.search(text, position):
            start = max(position, text.rfind("\n", position, hit.start()) + 1)
            position = text.find("\n", hit.end()) + 1 or len(text)
            for match in self.pattern.finditer(text, start, position):
                after = self.mend(match)
                if after is not None and after != match[0]:
                    yield Edit(match.start(), match.end(), match[0], after, self.name)


def _mend_control(match: Any) -> str:
    return "\n" if match[0] in _LINE_ENDS else ""


def _remove(_match: Any) -> str:
    return ""


def _mend_soft_hyphen(match: Any) -> str:
    """Join a word that a soft hyphen broke at the end of a line; elsewhere the line break stays."""
    broken = match[0].endswith("\n") and is_lower(match.string[match.end() : match.end() + 1])
    return "" if broken else str(match[0].replace("\xad", ""))


def _mend_direction(match: Any) -> str | None:
    return None if _RIGHT_TO_LEFT.search(match.string) else ""


def _mend_space(match: Any) -> str:
    return " " * len(match[0])


def _mend_ligature(match: Any) -> str:
    return _LIGATURES[match[0]]


def _mend_full_width(match: Any) -> str:
    return str(match[0].translate(_FULL_WIDTH))


def _mend_spacing_mark(match: Any) -> str:
    letter, mark = sorted(match[0], key=_SPACING_MARKS.__contains__)
    return _compose(letter + _SPACING_MARKS[mark])


def _mend_dotted_i(match: Any) -> str:
    return "İ" if match[0][0] in "Iİ" else "i"


def _mend_comma_below(match: Any) -> str | None:
    """Take ș for ş where the text is Azerbaijani by its ə and shows no Romanian letter."""
    return None if "ə" not in match.string or _ROMANIAN.search(match.string) else _COMMA_BELOW[match[0]]


def _mend_turned_e(match: Any) -> str:
    return str(match[0].replace("ǝ", "ə").replace("Ǝ", "Ə"))


def _mend_look_alikes(match: Any) -> str | None:
    return mend_look_alikes(match.string, match.start(), match.end())


def _mend_composition(match: Any) -> str:
    return _compose(match[0])


def _mend_quote(match: Any) -> str:
    return str(match[0].translate(_STRAIGHT))


def _mend_dash(_match: Any) -> str:
    return "-"


def _compose(text: str) -> str:
    return str(unicodedata2.normalize("NFC", text))


def _rule(name: str, trigger: str, mend: Callable[[Any], str | None], pattern: str = "") -> Rule:
    """Build a rule; without a pattern, each run of trigger characters is a damaged run."""
    characters = re.compile(f"[{trigger}]")
    return Rule(name, characters, regex.compile(pattern) if pattern else re.compile(f"[{trigger}]++"), mend)


_COMPOSITION = _rule(
    "unicode.nfc",
    "\u0300-\u036f\u0374\u037e\u0387\u0483-\u0487\u0591-\u1fff\u2000\u2001\u20d0-\u20ff\u2126\u212a\u212b\u2329\u232a\u2adc"
    "\u302a-\u302f\u3099\u309a\ua66f-\uabff\uf900-\ufaff\ufb1d-\ufb4e\ufe20-\ufe2f\U00010000-\U0001efff\U0002f800-\U0002fa1f",
    _mend_composition,
    r"[\uac00-\ud7a3]?+[\u1100-\u11ff]++"
    r"|\P{M}?+\p{M}++"
    r"|[\u0374\u037e\u0387\u1f00-\u1fff\u2000\u2001\u2126\u212a\u212b\u2329\u232a\u2adc\uf900-\ufaff\ufb1d-\ufb4e]"
    r"|[\U0001d15e-\U0001d1c0\U0002f800-\U0002fa1f]",
)
RULES: tuple[Rule, ...] = (
    _rule(
        "unicode.control",
        f"\0-\x08\x0e-\x1f\x7f-\x9f{_LINE_ENDS}",
        _mend_control,
        rf"[{_LINE_ENDS}]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]++",
    ),
    _rule("unicode.invisible", "\xad", _mend_soft_hyphen, r"\u00ad++(?:[ \t]*+\r?+\n)?+"),
    _rule("unicode.invisible", _INVISIBLE, _remove),
    _rule(
        "unicode.invisible",
        "\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff",
        _remove,
        # kept: emoji sequences, keycaps, flags of tags, and joiners inside scripts that need them
        r"\U0001f3f4[\U000e0020-\U000e007f]++(*SKIP)(*FAIL)"
        r"|[0-9#*]\ufe0f(?=\u20e3)(*SKIP)(*FAIL)"
        r"|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})(*SKIP)(*FAIL)"
        r"|(?<=[^\p{Latin}\p{Cyrillic}\p{Greek}\p{Common}\p{Inherited}])[\u200c\u200d](*SKIP)(*FAIL)"
        r"|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Han}\p{S}])[\ufe00-\ufe0f\U000e0100-\U000e01ef](*SKIP)(*FAIL)"
        r"|[\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff]",
    ),
    _rule("unicode.direction", _BIDI, _mend_direction),
    _rule("unicode.space", _SPACES, _mend_space),
    _rule("unicode.ligature", "ﬀ-ﬆ", _mend_ligature, "[ﬀ-ﬆ]"),
    _rule(
        "unicode.full-width",
        "\uff01-\uff5e",
        _mend_full_width,
        r"(?<![\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\uff01-\uff5e])[\uff01-\uff5e]++(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}])",
    ),
    _rule("unicode.spacing-mark", "˘¸¨", _mend_spacing_mark, r"˘[gG]|¸[sScC]|¨[oOuU]|[gG]˘|[sScC]¸|[oOuU]¨"),
    _rule("unicode.dotted-i", "\u0307˙", _mend_dotted_i, r"[iıIİ]\u0307++|[Iiı]˙(?=\p{L})"),
    _rule("unicode.look-alike", "ǝƎ", _mend_turned_e),
    _rule(
        "unicode.look-alike",
        "\u0370-\u03ff\u0400-\u052f",
        _mend_look_alikes,
        r"(?<![\p{L}\p{M}])[\p{Latin}\p{M}]*+[\p{Cyrillic}\p{Greek}][\p{L}\p{M}]*+",
    ),
    _rule("unicode.look-alike", "șȘ\u0326", _mend_comma_below, "[șȘ]|[sS]\u0326"),
    _COMPOSITION,
)
QUOTE_RULE = _rule("unicode.quote", "“”„‟«»‘’‚‛‹›", _mend_quote)
DASH_RULE = _rule("unicode.dash", _DASHES, _mend_dash, f"[{_DASHES}]")


def _mend(text: str, skip: Collection[str]) -> Rewrite:
    rewrite = Rewrite(text)
    loud = "".join(_LOUD.findall(text))
    for rule in RULES if loud else ():
        if rule.name not in skip and rule.trigger.search(loud):
            rewrite = rewrite.then(Rewrite(rewrite.text, tuple(rule.edits(rewrite.text))))
    return rewrite


def normalize(
    text: str,
    *,
    quotes: Literal["keep", "straight"] = "keep",
    dashes: Literal["keep", "hyphen"] = "keep",
    skip: Collection[str] = (),
) -> Rewrite:
    r"""Repair the characters of a text: what looks like an Azerbaijani letter becomes one, what cannot be seen goes.

    Letters are composed (NFC). Foreign look-alikes become Latin inside Latin words only: a Russian quotation, Cyrillic
    Azerbaijani and Arabic script stay (see `to_latin`). Odd spaces become plain ones, and stay as many; form feed,
    vertical tab and Unicode's line ends become line feeds. Emoji sequences and lone surrogates stay. Quotes and dashes
    change only if asked; ``skip`` names rules that are not wanted. Bytes read in a wrong encoding are the business of
    `fix_encoding`, which should run first.

    >>> normalize("gǝlәcək e\N{SOFT HYPHEN}vi\N{NO-BREAK SPACE}«Москва»").text
    'gələcək evi «Москва»'
    >>> normalize("«Səs» – 5", quotes="straight", dashes="hyphen").text
    '"Səs" - 5'
    """
    require_text(text)
    if quotes not in ("keep", "straight") or dashes not in ("keep", "hyphen"):
        raise InputError(f"quotes={quotes!r}, dashes={dashes!r}: write 'keep' or 'straight', and 'keep' or 'hyphen'")
    rewrite = Rewrite(text)
    for _ in range(_ROUNDS):
        mended = _mend(rewrite.text, skip)
        if not mended.edits:
            break
        rewrite = rewrite.then(mended)
    for rule, wanted in ((QUOTE_RULE, quotes == "straight"), (DASH_RULE, dashes == "hyphen")):
        if wanted:
            rewrite = rewrite.then(Rewrite(rewrite.text, tuple(rule.edits(rewrite.text))))
    return rewrite
