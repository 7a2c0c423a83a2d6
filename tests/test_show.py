"""What the eye gets: nothing hidden, nothing active, nothing told by colour alone."""

from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.document import Document
from azproc.rewrite import Edit, Rewrite
from azproc.show import COLOURS, document_html, edit_line, edits_html, reason, spans_html, spans_text, visible
from azproc.spans import Date, Entity, Number, Span

HOSTILE = "<&\"'>aə \n\r\t\0\N{SOFT HYPHEN}\u202e"
texts = st.text(HOSTILE, max_size=20)


class Reader(HTMLParser):
    """Collects the text and the tags of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.skip = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.skip += tag in {"style", "table", "small", "ins", "del"}

    def handle_endtag(self, tag):
        self.skip -= tag in {"style", "table", "small", "ins", "del"}

    def handle_data(self, data):
        if not self.skip:
            self.text.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


@given(texts, texts, texts)
def test_edits_show_all_text_outside_them_and_no_other_tag(before, after, rule):
    if before == after:
        return
    reader = read(edits_html(Rewrite(f"x{before}y", (Edit(1, 1 + len(before), before, after, rule),))))
    assert {tag for tag, _ in reader.tags} <= {"style", "div", "del", "ins", "table", "tr", "th", "td"}
    assert "".join(reader.text).replace("\n", "").strip() == "xy"


@given(texts, texts)
def test_spans_show_all_text_and_no_other_tag(text, label):
    html = spans_html(text, [Entity(0, len(text), text, label, label)] if text else [])
    reader = read(html)
    assert {tag for tag, _ in reader.tags} <= {"style", "div", "mark", "small"}
    assert "".join(reader.text).replace("\n", "").replace("\r", "") == text.replace("\n", "").replace("\r", "")


def test_pages_are_self_contained():
    doc = Document("haş Bakı").rewrite(Rewrite("haş Bakı", (Edit(0, 3, "haş", "baş", "ocr.b-h", 0.98),)))
    html = document_html(doc.with_layer("entities", [Entity(4, 8, "Bakı", "LOC", "Bakı")]))
    assert not any(word in html for word in ("http", "src=", "url(", "<script", "@import"))
    assert "<del>haş</del>" in html
    assert "LOC</small>" in html


def test_every_kind_of_span_says_what_is_known():
    spans = [
        Date(0, 4, "1918", "1918", "date"),
        Number(5, 6, "5", Decimal(5), "quantity", "km", "approx"),
        Entity(7, 11, "Bakı", "LOC", "Bakı", 0.5),
        Span(12, 14, "il"),
    ]
    html = spans_html("1918 5 Bakı il", spans)
    for part in ('title="1918"', 'title="5 approx km"', 'title="Bakı (0.50)"', ">Span</small>"):
        assert part in html
    assert spans_text("1918 5 Bakı il", spans).plain == "1918[date] 5[quantity] Bakı[LOC] il[Span]"


def test_of_overlapping_spans_the_first_and_longest_is_shown():
    assert spans_text("abcd", [Span(1, 2, "b"), Span(0, 3, "abc"), Span(2, 4, "cd")]).plain == "abc[Span]d"


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_main_labels_differ_in_brightness_too():
    """Whoever sees no hue at all still tells PER from LOC and ORG."""
    levels = sorted(luminance(COLOURS[label]) for label in ("PER", "LOC", "ORG"))
    assert min(later - earlier for earlier, later in pairwise(levels)) > 0.02
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_an_edit_is_shown_in_its_own_line():
    source = "birinci sətir\nikinci haş sətir\r\nüçüncü"
    edit = Edit(21, 24, "haş", "baş", "ocr.b-h")
    assert edit_line(Rewrite(source, (edit,)), edit).plain == "ikinci haşbaş sətir"


@pytest.mark.parametrize(
    ("text", "shown"), [("", "∅"), (" ", "␣"), ("a\nb", "a⏎b"), ("\N{NO-BREAK SPACE}", "U+00A0"), ("\ud800", "U+D800"), ("ə", "ə")]
)
def test_what_cannot_be_seen_is_named(text, shown):
    assert visible(text) == shown


def test_the_longest_head_of_a_rule_gives_the_reason():
    assert reason("ocr.number-suffix") != reason("ocr.o-ə") == reason("ocr") != ""
    assert reason("unicode.nfc+ocr.o-ə") == f"{reason('unicode.nfc')}; {reason('ocr')}"
    assert reason("no.such.rule") == ""


DAMAGED = (
    "gÉ™lÉ™cÉ™k",
    "gǝlәcək e\N{SOFT HYPHEN}vi\N{NO-BREAK SPACE}ﬁl Ａz\x07 u\N{COMBINING DIAERESIS}",
    "Bakı[7] gözəldir[a], amma[mənbə göstərin].",
    "Naxçı-\nvanda q ə bul edil ə n qərarın müzakirə olun-masını  istədi.",
)


@pytest.mark.parametrize("text", DAMAGED)
def test_every_rule_that_changes_a_text_has_a_reason(text):
    from azproc.pipeline import clean

    edits = clean(text, profile="wiki").edits
    assert edits
    assert [edit.rule for edit in edits if not reason(edit.rule)] == []
