"""The parts of the tagger that need no model: pieces, windows and the chain."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc import resources
from azproc.ner.borders import balanced, without_posts
from azproc.ner.chain import Chain
from azproc.ner.encoder import OVERLAP, WINDOW, windows
from azproc.ner.gazetteer import is_listed
from azproc.ner.hints import listing_scores
from azproc.ner.sentence_case import in_sentence_case
from azproc.ner.subwords import Pieces
from azproc.ner.tagger import _consistent, _token_ranges
from azproc.segment.tokens import tokenize
from azproc.spans import Entity, Span, Token

WORDS = (
    "Azərbaycan", "Xalq", "Cümhuriyyətinin", "F.Xoyskinin", "gözəlləşdirdiklərimizdən", "“Kapital", "Bank”ın",
    "1918-ci", "NATO-nun", "Bakı'dan", "https://az.wikipedia.org/wiki/Bakı", "[12]", "20%-ni", "Müəllimlərimizlə",
    "çay-çörək", "Ağdərəyə", "IŞIQ", "İSTİ", "ğ", "Бакы", "北京",
    "😀", "½", "ﬁ", "№",
)


def test_pieces_are_those_of_the_tokenizers_package() -> None:
    tokenizers = pytest.importorskip("tokenizers")
    path = resources.model_file("ner/pieces.tsv")
    ours = Pieces.read(path)
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    model = tokenizers.models.Unigram([(piece, float(score)) for piece, score in rows], unk_id=ours.number("<unk>"))
    theirs = tokenizers.Tokenizer(model)
    for word in WORDS:
        plain = word.replace("½", "1⁄2").replace("ﬁ", "fi").replace("№", "No")
        for after_space in (True, False):
            expected = theirs.encode(("▁" if after_space else "") + plain).ids
            assert list(ours.encode(word, after_space=after_space)) == expected, word


def test_a_token_always_has_a_piece() -> None:
    table = Pieces([("<unk>", 0.0), ("a", -1.0)])
    assert [table.encode(text, after_space=False) for text in ("", "a", "bb", "\ud800")] == [(0,), (1,), (0,), (0,)]


sizes_and_borders = st.lists(st.lists(st.integers(1, 130), max_size=80), max_size=12)


@given(sizes_and_borders)
def test_windows_keep_every_token_once_and_stay_short(sentences: list[list[int]]) -> None:
    sizes = [size for sentence in sentences for size in sentence]
    ends = list(itertools.accumulate(map(len, sentences)))
    ranges = list(zip([0, *ends], ends, strict=False))
    plan = list(windows(sizes, ranges))
    kept = [token for window in plan for token in range(window.keep_first, window.keep_end)]
    assert kept == list(range(len(sizes)))
    for window in plan:
        assert window.first <= window.keep_first <= window.keep_end <= window.end
        assert sum(sizes[window.first : window.end]) <= WINDOW or window.end - window.first == 1


@given(st.integers(200, 3000))
def test_windows_of_one_long_sentence_read_each_token_at_most_twice(length: int) -> None:
    plan = list(windows([1] * length, [(0, length)]))
    read = sum(window.end - window.first for window in plan)
    assert read <= length * WINDOW / (WINDOW - OVERLAP) + WINDOW
    assert all(b.first > a.first for a, b in itertools.pairwise(plan))


TAGS = ("O", "B-LOC", "I-LOC", "B-PER", "I-PER")
NEVER = -1e4


def _chain(generator: np.random.Generator) -> Chain:
    allowed = np.array([[not b.startswith("I-") or a[2:] == b[2:] for b in TAGS] for a in TAGS])
    start = np.array([NEVER if tag.startswith("I-") else 0.0 for tag in TAGS])
    return Chain(TAGS, start + generator.normal(size=5), np.where(allowed, generator.normal(size=(5, 5)), NEVER))


def _score(chain: Chain, scores: np.ndarray, path: tuple[int, ...]) -> float:
    steps = sum(chain.moves[a, b] for a, b in itertools.pairwise(path))
    return float(chain.start[path[0]] + steps + sum(scores[i, tag] for i, tag in enumerate(path)))


def _spans(path: tuple[int, ...]) -> set[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(TAGS[number] for number in path):
        if tag.startswith("B-"):
            found.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-"):
            found[-1] = (found[-1][0], i + 1, found[-1][2])
    return set(found)


@pytest.mark.parametrize("seed", range(8))
def test_chain_agrees_with_the_sum_over_all_paths(seed: int) -> None:
    generator = np.random.default_rng(seed)
    chain = _chain(generator)
    sentences = [generator.normal(scale=2, size=(length, 5)) for length in (4, 1, 5, 3)]
    for scores, spans in zip(sentences, chain.spans(sentences), strict=True):
        paths = [p for p in itertools.product(range(5), repeat=len(scores)) if _score(chain, scores, p) > NEVER / 2]
        weights = {path: math.exp(_score(chain, scores, path)) for path in paths}
        best = max(paths, key=weights.__getitem__)
        assert {(span.first, span.end, span.label) for span in spans} == _spans(best)
        total = sum(weights.values())
        for span in spans:
            due = sum(w for path, w in weights.items() if (span.first, span.end, span.label) in _spans(path)) / total
            assert span.score == pytest.approx(due, abs=1e-6)


def test_an_empty_sentence_has_no_spans() -> None:
    assert _chain(np.random.default_rng(0)).spans([np.zeros((0, 5))]) == [()]


def test_tokens_outside_of_all_sentences_belong_to_a_range() -> None:
    tokens = [Token(i, i + 1, "a", "word") for i in (0, 2, 4, 6)]
    assert _token_ranges(tokens, [Span(2, 3, "a"), Span(4, 5, "a")]) == [(0, 2), (2, 4)]
    assert _token_ranges(tokens, []) == [(0, 4)]


def _entity(place: int, name: str, label: str, score: float) -> Entity:
    return Entity(place, place + len(name), name, label, name, score)


def test_a_doubtful_mention_takes_the_label_of_the_sure_ones() -> None:
    entities = [_entity(0, "Şuşa", "LOC", 0.98), _entity(5, "ŞUŞA", "LOC", 0.95), _entity(10, "Şuşa", "PER", 0.4), _entity(15, "Qala", "PER", 0.4)]
    assert [entity.label for entity in _consistent(entities)] == ["LOC", "LOC", "LOC", "PER"]


def test_a_sure_mention_keeps_its_own_label() -> None:
    entities = [_entity(0, "Kreml", "LOC", 0.98), _entity(6, "Kreml", "ORG", 0.9)]
    assert [entity.label for entity in _consistent(entities)] == ["LOC", "ORG"]


@pytest.mark.parametrize(
    ("marked", "due"),
    [
        ("“[Müsavat” partiyası]", "“Müsavat” partiyası"),
        ("[“Müsavat”] partiyası", "Müsavat"),
        ("[“Müsavat]” partiyası", "Müsavat"),
        ("[Müsavat”] partiyası", "Müsavat"),
        ('"[Əkinçi" qəzetinin]', '"Əkinçi" qəzetinin'),
        ('["Əkinçi"] qəzetinin', "Əkinçi"),
        ("«[Azərsun» holdinqi]", "«Azərsun» holdinqi"),
        ("[“Kapital Bank”ın] rəhbəri", "“Kapital Bank”ın"),
        ("[“Kapital Bank”]ın rəhbəri", "“Kapital Bank”ın"),
        ("[Mərkəzi Bank] dedi: “gözləyin”", "Mərkəzi Bank"),
        ("[D'Artanyan] gəldi", "D'Artanyan"),
    ],
)
def test_quotes_stand_inside_only_in_pairs_and_not_around_everything(marked: str, due: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    tokens = tokenize(text)
    words = [(token.text, i == 0 or tokens[i - 1].end < token.start) for i, token in enumerate(tokens)]
    inside = [i for i, token in enumerate(tokens) if token.start >= start and token.start < end]
    first, behind = balanced(words, inside[0], inside[-1] + 1)
    assert text[tokens[first].start : tokens[behind - 1].end] == due


quote_words = st.lists(st.tuples(st.sampled_from(["a", "“", "”", '"', "«", "»", "'", "ın"]), st.booleans()), min_size=1, max_size=9)


@given(quote_words, st.data())
def test_balanced_borders_stay_in_the_text_and_around_something(words: list[tuple[str, bool]], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(first + 1, len(words)))
    new_first, new_end = balanced(words, first, end)
    assert 0 <= new_first < new_end <= len(words)
    assert abs(new_first - first) <= 2
    assert abs(new_end - end) <= 2


@pytest.mark.parametrize(
    ("span", "name"),
    [
        ("Aşpaz Elçin", "Elçin"),
        ("MÜDİR KAMRAN VƏLİXANLI", "KAMRAN VƏLİXANLI"),
        ("Tarixçi professor Həsən Əliyarlı", "Həsən Əliyarlı"),
        ("Şah Abbas", "Şah Abbas"),
        ("Aşıq Pəri", "Aşıq Pəri"),
        ("Mirzə Cəlil", "Mirzə Cəlil"),
        ("Qara Qarayev", "Qara Qarayev"),
        ("Prezident", "Prezident"),
    ],
)
def test_posts_before_a_person_are_outside(span: str, name: str) -> None:
    words = [(word, True) for word in span.split()]
    first, end = without_posts(words, 0, len(words))
    assert " ".join(word for word, _ in words[first:end]) == name


def test_no_post_is_a_given_name() -> None:
    assert not [post for post in resources.read_lines("posts.txt") if is_listed(post, "PER")]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("GƏNCƏDƏ YENİ MƏKTƏB TİKİLDİ", "Gəncədə yeni məktəb tikildi"),
        ("NİZAMİ GƏNCƏVİ VƏ DÖVRÜ", "Nizami Gəncəvi və dövrü"),
        ("MMC VƏ BMT HAQQINDA", "MMC və BMT haqqında"),
        ("XANKƏNDİNDƏN QAYIDANLAR", "Xankəndindən qayıdanlar"),
        ("mən rusiyada yaşayıram, adım əlibaladır", "mən Rusiyada yaşayıram, adım Əlibaladır"),
        ("hersey cox yaxsi isleyir", "hersey cox yaxsi isleyir"),
    ],
)
def test_lines_in_one_case_are_read_as_sentences(line: str, sentence: str) -> None:
    assert " ".join(map(in_sentence_case, line.split())) == sentence


@pytest.mark.parametrize(
    ("text", "spoken_for"),
    [
        ("Elnur gəldi", {"PER"}),
        ("Bahar gəldi", set()),
        ("Gədəbəyin kartofu", {"LOC", "PER"}),
        ("Suriyalı qonaq", set()),
        ("Allahın rəsulu", set()),
    ],
)
def test_listings_speak_for_names_that_are_nothing_else(text: str, spoken_for: set[str]) -> None:
    scores = listing_scores(text, tokenize(text), TAGS)
    assert {tag[2:] for tag, column in zip(TAGS, scores.T, strict=True) if 0 < column.max() == scores.max()} == spoken_for
