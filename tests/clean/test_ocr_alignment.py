"""What lies between a word that was read and one that was meant is named change by change, and nothing is made up."""

import pytest

from azproc.clean.ocr.alignment import changes_between, cost_of
from azproc.clean.ocr.channel import channel

ALIGNED = (
    ("aprclin", "aprelin", ["c-e"]),
    ("Azəthaycan", "azərbaycan", ["t-r", "h-b"]),
    ("Rumuniyamn", "rumıniyanın", ["u-ı", "m-nı"]),
    ("ketimai", "ictimai", ["k-i", "e-c"]),
    ("muəlim", "müəllim", ["u-ü", "-l"]),  # one letter instead of two, as a hand leaves it out
    ("kitba", "kitab", ["-a", "a-"]),
    ("kitab", "kitab", []),
    ("qəzzztə", "mənzərə", []),  # more than three changes
    ("xyzab", "kitab", []),  # three slips
)


@pytest.mark.parametrize(("read", "meant", "names"), ALIGNED)
def test_changes_are_named_in_order(read, meant, names):
    assert [change.name for change in changes_between(read, meant, channel("aze"), most=3)] == names


def leads(read, meant, changes):
    """Tell whether the changes, in order and with equal letters between them, make the one of the other."""
    if not changes:
        return read == meant
    first, *rest = changes
    return any(
        read[:place] == meant[:place]
        and read.startswith(first.read.lower(), place)
        and meant.startswith(first.meant, place)
        and leads(read[place + len(first.read) :], meant[place + len(first.meant) :], rest)
        for place in range(min(len(read), len(meant)) + 1)
    )


@pytest.mark.parametrize(("read", "meant"), [row[:2] for row in ALIGNED if row[2]])
def test_changes_lead_from_the_one_to_the_other(read, meant):
    changes = changes_between(read, meant, channel("aze"), most=3)
    assert leads(read.lower(), meant, changes)
    assert cost_of(changes) == sum(change.cost for change in changes) > 0
