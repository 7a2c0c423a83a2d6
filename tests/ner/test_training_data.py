"""The lines that the tagger learns from: marks, tags, and made-up sentences."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "models/ner"))

import invented
import marked


def test_marks_are_taken_out_and_kept_as_spans() -> None:
    text, spans = marked.unmark("[LOC Bakıdan] çıxan [PER F.Xoyski]")
    assert text == "Bakıdan çıxan F.Xoyski"
    assert [(text[start:end], label) for start, end, label in spans] == [("Bakıdan", "LOC"), ("F.Xoyski", "PER")]


def test_a_mark_that_begins_inside_a_glued_token_takes_the_whole_token() -> None:
    text, spans = marked.unmark("etmiş[PER Feliks Honnikerin]")
    line = marked.line_of("x", text, spans, marked.token_spans(text))
    assert list(zip(line.tokens, line.tags, strict=True)) == [("etmişFeliks", "B-PER"), ("Honnikerin", "I-PER")]


def _text(line: marked.Line) -> str:
    return "".join((" " if spaced and i else "") + token for i, (token, spaced) in enumerate(zip(line.tokens, line.spaced, strict=True)))


def test_made_up_sentences_have_the_tokens_of_the_library_and_well_formed_tags() -> None:
    patterns, chance = invented.Patterns.read(), random.Random(7)
    for _ in range(300):
        line = patterns.sentence(chance)
        text = _text(line)
        assert tuple(text[start:end] for start, end in marked.token_spans(text)) == line.tokens
        for before, tag in zip(("O", *line.tags), line.tags, strict=False):
            assert not tag.startswith("I-") or before[2:] == tag[2:]


def test_a_made_up_name_stands_in_the_case_of_the_name_that_it_replaces() -> None:
    line = marked.line_of("x", "Gəncədən gəldi", [(0, 8, "LOC")], [(0, 8), (9, 14)])
    changed = invented.Patterns.read().renamed(line, 1.0, random.Random(3))
    name = [token for token, tag in zip(changed.tokens, changed.tags, strict=True) if tag != "O"]
    assert name != ["Gəncədən"]
    assert name[-1].endswith(("dan", "dən"))
    assert changed.tokens[-1] == "gəldi"


def test_citations_never_stand_inside_an_entity() -> None:
    line = marked.line_of("x", "Xəzər dənizi dərindir", [(0, 12, "LOC")], [(0, 5), (6, 12), (13, 21)])
    for seed in range(200):
        cited = marked.with_citations(line, random.Random(seed))
        assert [span for span in marked.entity_spans(cited.tags) if cited.tokens[span[0] : span[1]] != ("Xəzər", "dənizi")] == []
