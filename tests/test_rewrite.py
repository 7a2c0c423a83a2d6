"""The algebra of change keeps its promises on any text and any edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.rewrite import Edit, Rewrite, compose

TEXTS = st.text(alphabet="abİıə [7]\n", max_size=24)


@st.composite
def rewrites(draw, source=None):
    source = draw(TEXTS) if source is None else source
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    edits, inserted_at = [], -1
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text(alphabet="xyə ", max_size=3))
        if source[start:end] == after or start == end == inserted_at:
            continue
        inserted_at = end if start == end else -1
        edits.append(Edit(start, end, source[start:end], after, draw(st.sampled_from(["r.one", "r.two"])), 0.9))
    return Rewrite(source, tuple(edits))


@given(rewrites())
def test_undo_is_exact(rewrite):
    assert rewrite.inverse.text == rewrite.source
    assert rewrite.inverse.inverse.text == rewrite.text


@given(rewrites())
def test_nothing_outside_the_edits_changes(rewrite):
    kept, position, target = [], 0, 0
    for edit in rewrite.edits:
        width = edit.start - position
        kept.append(rewrite.source[position : edit.start] == rewrite.text[target : target + width])
        position, target = edit.end, target + width + len(edit.after)
    assert all(kept)
    assert rewrite.source[position:] == rewrite.text[target:]


@given(rewrites(), st.data())
def test_expanded_spans_cover_their_origin(rewrite, data):
    start = data.draw(st.integers(0, len(rewrite.source)))
    end = data.draw(st.integers(start, len(rewrite.source)))
    forward = rewrite.offsets.forward((start, end))
    back = rewrite.offsets.back(forward)
    assert back[0] <= start <= end <= back[1]
    assert 0 <= forward[0] <= forward[1] <= len(rewrite.text)


@given(rewrites(), st.data(), st.sampled_from(["expand", "contract"]))
def test_maps_are_monotone(rewrite, data, mode):
    points = sorted(data.draw(st.lists(st.integers(0, len(rewrite.source)), min_size=4, max_size=4)))
    first = rewrite.offsets.forward((points[0], points[1]), mode=mode)
    second = rewrite.offsets.forward((points[2], points[3]), mode=mode)
    if first and second:
        assert first[0] <= second[0]
        assert first[1] <= second[1]


@given(rewrites(), st.data())
def test_strict_images_stand_for_the_same_whole_edits(rewrite, data):
    start = data.draw(st.integers(0, len(rewrite.source)))
    end = data.draw(st.integers(start, len(rewrite.source)))
    inside = any(edit.start < border < edit.end for edit in rewrite.edits for border in (start, end))
    image = rewrite.offsets.forward((start, end), mode="strict")
    if inside:
        assert image is None
    elif image and not any(edit.start <= end and edit.end >= start for edit in rewrite.edits):
        assert rewrite.text[slice(*image)] == rewrite.source[start:end]


@given(st.data())
def test_composition_is_exact_and_associative(data):
    first = data.draw(rewrites())
    second = data.draw(rewrites(first.text))
    third = data.draw(rewrites(second.text))
    left = compose(compose(first, second), third)
    right = compose(first, compose(second, third))
    assert left.text == right.text == third.text
    assert left.source == first.source
    assert left.inverse.text == first.source


@given(rewrites())
def test_without_everything_is_the_source(rewrite):
    assert rewrite.without(lambda edit: True).text == rewrite.source
    assert rewrite.without(lambda edit: False) == rewrite


def test_a_list_of_edits_is_as_good_as_a_tuple():
    edits = [Edit(0, 1, "a", "c")]
    rewrite = Rewrite("ab", edits)
    edits.clear()
    assert rewrite == Rewrite("ab", (Edit(0, 1, "a", "c"),))
    assert hash(rewrite) == hash(Rewrite("ab", rewrite.edits))


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ((Edit(0, 1, "x", "y"),), "does not fit"),
        ((Edit(0, 9, "ab", "c"),), "does not fit"),
        ((Edit(0, 1, "a", "a"),), "changes nothing"),
        ((Edit(1, 2, "b", "c"), Edit(0, 1, "a", "c")), "begins before"),
        ((Edit(0, 2, "ab", "c"), Edit(1, 2, "b", "c")), "begins before"),
        ((Edit(1, 1, "", "c"), Edit(1, 1, "", "d")), "second insertion"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(edits, reason):
    with pytest.raises(ValueError, match=reason) as error:
        Rewrite("ab", edits)
    assert str(edits[-1]) in str(error.value)
