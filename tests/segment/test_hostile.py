"""Bad input has a defined result, and no input takes more than linear time."""

import time

import pytest

from azproc.clean.citations import find_citations, strip_citations
from azproc.segment.sentences import explain_boundaries, split_sentences
from azproc.segment.tokens import split_tokens, tokenize

READERS = [tokenize, split_tokens, split_sentences, explain_boundaries, find_citations, strip_citations]

# Each is repeated until it is long; together they touch every regular expression of the modules.
HOSTILE = {
    "one word": "a",
    "capitals": "A",
    "one mark": ".",
    "spaced marks": ". ",
    "digits": "1",
    "spaced digits": "1 ",
    "groups": "1.",
    "commas": "1,",
    "dashed digits": "12-",
    "telephone-like": "+994 50 123 45 6 ",
    "account-like": "AZ21NABZ0000 ",
    "card-like": "4169 7388 1234 567 ",
    "initials": "A.",
    "spaced initials": "A. ",
    "abbreviations": "və s. ",
    "dotted": "b.e.ə.",
    "hyphens": "a-",
    "line-end hyphens": "a-\n",
    "line-end hyphens after capitals": "A-\n",
    "line-end hyphens after numbers": "1-\na",
    "line-end soft hyphens": "a\u00ad\n",
    "spaced stops": "a . ",
    "spaced numbers": "1 . ",
    "apostrophes": "a'",
    "soft hyphens": "a\u00ad",
    "marks above": "a\u0301",
    "brackets": "[",
    "citations": "[1]",
    "nested": "[[1]",
    "closers": ")",
    "openers": "(a. B",
    "quotes": '"',
    "stop and quote": 'a." ',
    "superscripts": "¹",
    "exponents": "m² ",
    "arrows": "↑",
    "degrees": "40°",
    "seconds": "40°24'",
    "numerals": "XV",
    "numeral ranges": "X-",
    "months": "may-",
    "addresses": "http://",
    "hosts": "a.az/",
    "mail": "a@",
    "dots and letters": "a.a",
    "hash marks": "#a",
    "smileys": ":)",
    "colon words": ":a",
    "joined emoji": "👍\u200d",
    "flags": "🇦",
    "dashes": "— ",
    "speech": "! — Anar ",
    "lines": "a\n",
    "blank lines": "\n",
    "wide lines": "Azərbaycanın dağlıq rayonlarında sürülər yaylaqlara qalxır və orada\nQar ",
    "items": "1. ",
    "articles": "Maddə 5. ",
    "backticks": "`[1]",
    "white space": " ",
    "ellipses": "… ",
    "signs": "-1",
    "zero width": "\u200b",
}
LENGTH = 3_000


def seconds(read, text):
    """The best of three runs, of processor time."""
    times = []
    for _ in range(3):
        started = time.process_time()
        read(text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("scrap", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("read", [tokenize, split_sentences, strip_citations], ids=lambda read: read.__name__)
def test_time_is_linear(read, scrap):
    text = (scrap * LENGTH)[:LENGTH]
    for _ in range(4):  # other work on the machine disturbs; what is quadratic fails every time
        short, long = seconds(read, text), seconds(read, text * 2)
        if long <= 2.6 * short + 0.002:
            return
    pytest.fail(f"{read.__name__}: {short:.4f} s, twice the text {long:.4f} s")


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("data", [b"Bak\xc4\xb1", bytearray(b"a"), None, 7], ids=repr)
def test_only_text_is_read(read, data):
    with pytest.raises(TypeError, match="str"):
        read(data)


def test_bytes_are_told_how_to_be_decoded():
    with pytest.raises(TypeError, match=r'decode it first, for example with data.decode\("utf-8"\)'):
        tokenize(b"Bak")


@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\u00a0"], ids=repr)
def test_nothing_is_in_nothing(text):
    assert tokenize(text) == split_sentences(text) == find_citations(text) == ()
    assert split_tokens(text) == []
    assert strip_citations(text).text == text


@pytest.mark.parametrize("text", ["a \ud800 b.", "\udcff", "a\x00b. C\x00.", "\x00"], ids=ascii)
def test_lone_surrogates_and_nul_are_kept(text):
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert split_sentences(text)[-1].end == len(text)
    assert strip_citations(text).text == text


def test_ten_megabytes_without_a_space():
    text = "Bakı" * 2_500_000
    assert [(token.start, token.end) for token in tokenize(text)] == [(0, len(text))]
    assert [(sentence.start, sentence.end) for sentence in split_sentences(text)] == [(0, len(text))]
    assert find_citations(text) == ()


def test_one_long_line_of_prose():
    text = "Azərbaycan Xəzər dənizi hövzəsində yerləşir.[7] F.Xoyski 1918-ci ildə seçildi. " * 4_000
    assert len(split_sentences(text)) == 8_000
    assert len(find_citations(text)) == 4_000
    assert len(tokenize(text)) == 13 * 4_000
