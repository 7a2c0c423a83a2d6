"""Build azproc/data/gazetteer from its sources: places, given names and surnames, one small table each.

    python tools/build_gazetteer.py --sources ../shared/data/gazetteer

The sources are the tables of the PyPI package az-data-generator (Apache-2.0) and the Azerbaijani territory and time zone
names of CLDR (Unicode-3.0). ``known.tsv`` beside the built tables is kept by hand and never written here.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from azproc.language.alphabet import LETTERS
from azproc.language.casing import collation_key

OUT = Path(__file__).parents[1] / "azproc" / "data" / "gazetteer"
PLACES = (("city", "cities.txt"), ("district", "districts.txt"), ("town", "towns.txt"), ("village", "villages.txt"))
NO_PLACE = ("Psevdo", "Naməlum", "Dünya", "Birləşmiş Millətlər Təşkilatı", "Avrozona", "Avropa Birliyi", "Saharadan", "ABŞ-a")


def rows(path: Path, column: int = 0) -> list[str]:
    return [line.split("\t")[column].strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def spelt_in_azerbaijani(name: str) -> bool:
    return all(character in LETTERS or character in " -’'." for character in name)


def territories(path: Path) -> list[tuple[str, str]]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name = line.split("\t")[:2]
        if not name.startswith(NO_PLACE) and spelt_in_azerbaijani(name):
            found.append((name, "region" if code.isdigit() else "country"))
    return found


def write(name: str, heading: str, table: list[tuple[str, ...]]) -> None:
    unique = sorted(dict.fromkeys(table), key=lambda row: (collation_key(row[0]), row))
    text = f"# {heading}; built by tools/build_gazetteer.py\n" + "".join("\t".join(row) + "\n" for row in unique)
    (OUT / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(unique):,} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=Path("../shared/data/gazetteer"))
    sources = parser.parse_args().sources
    places = [(name, kind) for kind, file in PLACES for name in rows(sources / file)]
    places += territories(sources / "cldr" / "territories.tsv")
    places += [(name, "city") for name in rows(sources / "cldr" / "timezone_cities.tsv", 1) if spelt_in_azerbaijani(name)]
    write("places.tsv", "Places: name, kind", [row for row in places if not row[0].startswith(NO_PLACE)])
    given = [(name, sex) for sex in ("female", "male") for name in rows(sources / f"{sex}_names.txt")]
    write("given_names.tsv", "Given names: name, sex", given)
    surnames = [(name,) for sex in ("female", "male") for name in rows(sources / f"{sex}_surnames.txt")]
    write("surnames.tsv", "Surnames", surnames)


if __name__ == "__main__":
    main()
