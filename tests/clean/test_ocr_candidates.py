"""The search for readings finds what trying every word of a small lexicon finds, and its costs."""

import random
from itertools import product

import marisa_trie
import pytest

from azproc.clean.ocr.alike import common_words, sorted_by_length
from azproc.clean.ocr.candidates import far_readings, find_readings, near_readings
from azproc.clean.ocr.channel import FREE, channel
from azproc.clean.ocr.formed import harmonised_readings, lacked_readings, well_formed_readings
from azproc.clean.ocr.letter_model import letter_model
from azproc.clean.ocr.letterwise import letterwise_readings
from azproc.clean.ocr.vocabulary import Vocabulary, vocabulary
from azproc.language.casing import fold
from azproc.lexicon import Lexicon, Role

LETTERS = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"
WORDS = """ağ ağac ağacı bağ bağça bal balıq balıqçı baş başa daş dağ dağlar dağlarda dağların gül güllər günlər gün günəş kənd
kəndlər kənddə kəndə qala qalalar qapı qapıda qapılar məktəb məktəbə məktəblər məktəblərin mədəniyyət torpaq torpağa yol yollar
yolda yoldan yoldaş yoldaşlar zaman limanı saray sarayı tarla tarlada təhsil""".split()
LIMIT, WALKED, DEAR = 12.0, 17.0, 25.0
SLIP, TWICE, SPREAD = 10.0, 7.5, 5.0


@pytest.fixture(scope="module")
def small():
    trie = marisa_trie.RecordTrie(Lexicon.FORMAT, [(word, (60, 0, int(Role.WORD))) for word in WORDS])
    return Vocabulary(Lexicon(trie), marisa_trie.Trie(word[::-1] for word in WORDS))


@pytest.fixture(scope="module")
def small_common():
    return sorted_by_length(WORDS)


def damaged(word, times, rng):
    for _ in range(times):
        place = rng.randrange(len(word) + 1)
        word = word[:place] + rng.choice(["", rng.choice(LETTERS), rng.choice(LETTERS) * 2]) + word[place + rng.randint(0, 2) :]
    return word


def misread(word, rng):
    """Return a word with one confusion of letters that it has."""
    one = rng.choice([one for one in channel("aze").confusions if one.meant and one.meant in word])
    return word.replace(one.meant, one.read, 1)


def with_one_confusion(read, first=0):
    """Yield what a word may be read for through one confusion from a place on, with its cost and the place after it."""
    for place in range(first, len(read) + 1):
        for one in channel("aze").confusions:
            if read.startswith(one.read, place) and (one.read or len(one.meant) == 1):
                yield read[:place] + one.meant + read[place + len(one.read) :], one.cost, place + len(one.meant)


def with_one_slip(read, first=0):
    for place in range(first, len(read) + 1):
        before, after = read[:place], read[place:]
        for letter in LETTERS:
            yield before + letter + after, TWICE if before.endswith(letter) or after.startswith(letter) else SLIP
            yield before + letter + after[1:], SLIP
        for width in (1, 2, 3):
            if after[:width] and after.startswith(after[:width], width):
                yield before + after[width:], TWICE
        yield before + after[1:], SLIP
        yield before + after[1:2] + after[:1] + after[2:], SLIP


def cheapest(pairs):
    costs = {}
    for word, cost in pairs:
        if word in WORDS:
            costs[word] = min(cost, costs.get(word, cost))
    return costs


def test_one_change_is_found_wherever_it_stands(small):
    rng = random.Random(5)
    reads = {damaged(rng.choice(WORDS), 1, rng) for _ in range(800)} - set(WORDS)
    found = 0
    for read in reads:
        expected = cheapest((word, cost) for word, cost, _ in with_one_confusion(read) if cost <= LIMIT)
        if len(read) > 3:
            expected = cheapest([*expected.items(), *with_one_slip(read)])
        readings = {one.word: one.cost for one in near_readings(read, channel("aze"), small, limit=LIMIT)}
        assert readings == expected, read
        found += len(readings)
    assert found > 150


def test_the_walk_finds_two_confusions_wherever_they_stand(small):
    rng = random.Random(6)
    reads = {misread(misread(rng.choice(WORDS), rng), rng) for _ in range(60)} - set(WORDS)
    found = 0
    for read in sorted(read for read in reads if 3 < len(read) < 8):
        once = [*with_one_confusion(read)]
        twice = [(word, cost + more) for start, cost, after in once for word, more, _ in with_one_confusion(start, after)]
        expected = cheapest((word, cost) for word, cost in (*((word, cost) for word, cost, _ in once), *twice) if cost <= WALKED)
        readings = {one.word: pytest.approx(one.cost) for one in find_readings(read, channel("aze"), small, limit=WALKED, edits=2, free=0.0)}
        near = {word: cost for word, cost in expected.items() if cost <= min(expected.values()) + SPREAD}
        assert {**readings, **near} == readings, read
        assert readings.keys() <= expected.keys(), read
        found += len(readings)
    assert found > 15


def test_several_changes_are_found_and_never_at_a_lower_price(small_common):
    rng = random.Random(6)
    meant_by_read = {misread(misread(word, rng), rng): word for word in rng.choices([word for word in WORDS if len(word) > 5], k=120)}
    found = 0
    for read, meant in ((read, meant) for read, meant in meant_by_read.items() if read == fold(read)):
        once = [*with_one_confusion(read)]
        twice = [(word, cost + more) for start, cost, after in once for word, more, _ in with_one_confusion(start, after)]
        expected = cheapest([*((word, cost) for word, cost, _ in once), *twice])
        readings = {one.word: one for one in far_readings(read, channel("aze"), small_common, limit=DEAR, steps=4, changes=3)}
        for word, reading in readings.items():
            changes = reading.confusions
            if len(changes) < 3 and all((one.read, one.meant) in channel("aze").sides and (one.read or len(one.meant) == 1) for one in changes):
                assert reading.cost >= expected[word] - 1e-9, (read, reading)
        found += meant in readings
    assert found > 80


def test_far_readings_are_no_dearer_than_the_limit(small_common):
    costs = [one.cost for limit in (8.0, 14.0, 20.0) for one in far_readings("güııəz", channel("aze"), small_common, limit=limit, steps=3, changes=3) if one.cost > limit]
    assert costs == []
    assert [one.word for one in far_readings("güııəz", channel("aze"), small_common, limit=30.0, steps=3, changes=3)] == ["günəş"]


@pytest.mark.parametrize("read", ["q" * 200, "ə" * 200, "qwrtpsdfg", "İ̇stanbul"])
def test_garbage_has_no_readings(read, small):
    assert near_readings(read, channel("aze"), small, limit=LIMIT) == []
    assert find_readings(read, channel("tur"), small, limit=DEAR, edits=1, free=FREE["tur"]) == []


@pytest.mark.parametrize("read", ["q" * 200, "ə" * 200, "qwrtpsdfg", "ы" * 5])
def test_garbage_is_like_no_common_word(read):
    assert far_readings(read, channel("aze"), common_words(), limit=DEAR, steps=4, changes=3) == []


def test_well_formed_readings_are_known():
    readings = well_formed_readings("kitbçalarımızdandır", channel("aze"), vocabulary())
    assert "kitabçalarımızdandır" in {one.word for one in readings}
    assert all(vocabulary().words.knows(one.word) for one in readings)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("boşgabına", "boşqabına"),
        ("meşalikden", "meşəlikdən"),
        ("işıglılığının", "işıqlılığının"),
        ("istekliler", "istəklilər"),
        ("soriliblor", "səriliblər"),
        ("megsadlerinize", "məqsədlərinizə"),
        ("itirdiyimizden", "itirdiyimizdən"),
        ("dostlugdan", "dostluqdan"),
    ],
)
def test_endings_are_restored_by_vowel_harmony(read, meant):
    readings = harmonised_readings(read, channel("tur"), vocabulary(), free=FREE["tur"])
    assert meant in {one.word for one in readings}
    assert all(vocabulary().words.knows(one.word) and one.cost == pytest.approx(sum(change.cost for change in one.confusions)) for one in readings)


@pytest.mark.parametrize("read", ["qwrtpsdfg", "ooooooooooooooooooooo", "İ̇stanbul", "x"])
def test_no_ending_is_restored_where_no_stem_is_known(read):
    assert harmonised_readings(read, channel("tur"), vocabulary(), free=FREE["tur"]) == []


@pytest.mark.parametrize(
    ("read", "meant"), [("gısaldacag", "qısaldacaq"), ("iyranmaya", "iyrənməyə"), ("mehribanmüellim", "mehribanmüəllim"), ("dağlıgyerde", "dağlıqyerdə")]
)
def test_rare_words_are_read_letter_by_letter(read, meant):
    (reading,) = letterwise_readings(read, channel("tur"), letter_model(), free=FREE["tur"])
    assert reading.word == meant
    assert reading.cost == pytest.approx(sum(change.cost for change in reading.confusions))


@pytest.mark.parametrize("read", ["yoldaşıdır", "merigold", "İ̇stanbul"])
def test_letters_alone_say_nothing_where_another_way_is_as_likely_or_what_was_read(read):
    assert letterwise_readings(read, channel("tur"), letter_model(), free=FREE["tur"]) == []


def likelihood(word):
    text = f" {word} "
    return sum(letter_model().next_letter(text[: place + 1]) for place in range(1, len(text)))


def test_the_way_that_letters_take_is_the_likeliest_of_all():
    meant = channel("tur").letters_meant("kondde", limit=FREE["tur"])
    ways = [("".join(letter for letter, _ in way), sum(change.cost for _, change in way if change)) for way in product(*(one.items() for one in meant))]
    best = max(ways, key=lambda way: likelihood(way[0]) - way[1])
    assert [(one.word, one.cost) for one in letterwise_readings("kondde", channel("tur"), letter_model(), free=FREE["tur"])] == [("kənddə", pytest.approx(best[1]))]
    assert best[0] == "kənddə"


@pytest.mark.parametrize(("read", "meant"), [("arbitraiları", ["arbitrajları"]), ("palinolofi", ["palinoloji"]), ("Əidahalar", ["əjdahalar"]), ("kitabları", []), ("xqi", [])])
def test_a_letter_that_the_engine_lacks_is_put_back(read, meant):
    assert [one.word for one in lacked_readings(read, channel("aze"), vocabulary())] == meant
