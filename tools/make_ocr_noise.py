"""Make real OCR damage: print clean passages, spoil the picture, read it back with Tesseract, write aligned pairs.

    python tools/make_ocr_noise.py OUT.jsonl --pages 200 --part learn --engine aze --seed 1

Each line of OUT has the ``clean`` passage, the ``noisy`` reading, and how it came about (font, size, engine, damage). Needs
Pillow, Tesseract with the language packs that ``--engine`` names, and fonts that have the letter ə. A page that cannot
be read is reported and skipped; a rerun with the same seed makes the same pages and skips those that OUT already has.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import subprocess
import sys
import textwrap
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from corpus import TEXTS, Part, lines
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SOURCES = (
    "books_blurbs_alinino",
    "books_ebooks_az",
    "gov_agro_aqrobiznes",
    "legal_codes_legalrag",
    "lit_pos_shafahat",
    "news_banker_oxu",
    "ted_talks",
    "univ_asoiu",
    "wiki_kamal578",
)
PASSAGES = 10
MOST_OF_A_SOURCE = 400  # codes of law would fill every page otherwise
WIDTH = 70  # characters a printed line, about a book's
GAP = 3  # blank lines between passages: wide enough that no reading mixes two


@dataclass(frozen=True, slots=True)
class Damage:
    """What befalls a page; the amounts are in pixels, grey levels, degrees or shares."""

    size: int
    blur: float
    noise: float
    scale: float
    skew: float
    show_through: float
    stroke: int
    threshold: bool
    quality: int


def draw_damage(rng: random.Random, level: str) -> Damage:
    """Draw a damage: ``light`` is a good scan, ``heavy`` a photocopy of a newspaper, ``small`` print scanned at half the resolution it needs."""
    if level == "small":
        return Damage(
            size=rng.choice((30, 32, 34, 36, 40)),
            blur=rng.uniform(0.6, 2.1),
            noise=rng.uniform(0, 10),
            scale=rng.uniform(0.46, 0.6),
            skew=rng.uniform(-0.2, 0.2),
            show_through=0.0,
            stroke=0,
            threshold=False,
            quality=rng.randint(75, 95),
        )
    heavy = level == "heavy"
    return Damage(
        size=rng.choice((26, 30, 34, 38) if heavy else (30, 34, 38, 42)),
        blur=rng.uniform(0.3, 1.1) if heavy else rng.uniform(0.0, 0.7),
        noise=rng.uniform(2, 24) if heavy else rng.uniform(0, 12),
        scale=rng.uniform(0.55, 0.85) if heavy else rng.uniform(0.75, 1.0),
        skew=rng.uniform(-0.8, 0.8) if heavy else rng.uniform(-0.3, 0.3),
        show_through=rng.uniform(0, 0.25) if heavy else rng.uniform(0, 0.1),
        stroke=rng.choice((-1, 0, 0, 0, 0, 1)),
        threshold=rng.random() < (0.3 if heavy else 0.15),
        quality=rng.randint(25, 60) if heavy else rng.randint(50, 90),
    )


def fonts_with_schwa() -> list[Path]:
    """Return the installed text fonts that can print ə, one upright and one italic or bold cut of each family."""
    listing = subprocess.run(
        ["fc-list", ":charset=259 18f 131 11f 15f", "file", "style", "family"], check=True, capture_output=True, text=True
    ).stdout
    wanted = {"Regular", "Book", "Roman", "Italic", "Bold", "Medium", "Oblique"}
    found = {}
    for row in sorted(listing.splitlines()):
        path, _, rest = row.partition(": ")
        family, _, style = rest.partition(":style=")
        cut = style.split(",")[0].strip()
        if cut in wanted and path.endswith((".ttf", ".otf")) and not family.startswith("Noto Sans ") and "Mono" not in family:
            found[family.split(",")[0], cut] = Path(path)
    if not found:
        raise SystemExit("no installed font has ə: install for example fonts-freefont-ttf and fonts-dejavu")
    return list(found.values())


def passages(directory: Path, part: Part) -> list[tuple[str, str]]:
    """Return (source, passage) pairs of 60 to 400 characters from one part of the texts, as many of each source at most."""
    found = []
    for source in SOURCES:
        texts = {" ".join(line.split()): None for line in lines(directory / f"{source}.txt", part)}
        fitting = [text for text in texts if 60 <= len(text) <= 400 and text.isprintable()]
        random.Random(source).shuffle(fitting)
        found += [(source, text) for text in fitting[:MOST_OF_A_SOURCE]]
    return found


def render(texts: list[str], font_path: Path, damage: Damage, rng: random.Random) -> tuple[Image.Image, list[float]]:
    """Print the passages on one page; return the damaged picture and the height at which each passage begins."""
    font = ImageFont.truetype(str(font_path), damage.size)
    leading = int(damage.size * 1.35)
    width, margin = rng.randint(WIDTH - 18, WIDTH + 12), 60
    rows, tops = [], []
    for text in texts:
        tops.append(margin + len(rows) * leading - GAP * leading / 2)
        rows += textwrap.wrap(text, width, break_long_words=False) + [""] * GAP  # compounds break behind their hyphen
    right = max(int(font.getlength(row)) for row in rows)
    page = Image.new("L", (right + 2 * margin, len(rows) * leading + 2 * margin), 255)
    pen = ImageDraw.Draw(page)
    for place, row in enumerate(rows):
        pen.text((margin, margin + place * leading), row, font=font, fill=rng.randint(0, 40))
    full = page.size
    if damage.stroke:
        page = page.filter(ImageFilter.MinFilter(3) if damage.stroke > 0 else ImageFilter.MaxFilter(3))
    if damage.show_through:
        behind = page.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(2.0))
        page = Image.fromarray(
            np.minimum(np.asarray(page), 255 - ((255 - np.asarray(behind)) * damage.show_through).astype(np.uint8))
        )
    page = page.rotate(damage.skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    page = page.filter(ImageFilter.GaussianBlur(damage.blur))
    page = page.resize((int(full[0] * damage.scale), int(full[1] * damage.scale)), Image.Resampling.BILINEAR)
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, damage.noise, (page.size[1], page.size[0]))
    page = Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8))
    if damage.threshold:
        page = page.point(lambda level: 255 if level > 150 else 0)
    squeezed = io.BytesIO()
    page.save(squeezed, "JPEG", quality=damage.quality)
    return Image.open(squeezed), [top * damage.scale for top in tops]


def read(page: Image.Image, tops: list[float], engine: str, dpi: int) -> list[str]:
    """Read a page with Tesseract and give each word to the passage at whose height it stands."""
    picture = io.BytesIO()
    page.save(picture, "PNG")
    table = subprocess.run(
        ["tesseract", "-", "-", "-l", engine, "--psm", "6", "--dpi", str(dpi), "tsv"],
        input=picture.getvalue(), check=True, capture_output=True, env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    ).stdout.decode("utf-8")
    lines_read: dict[tuple[str, ...], tuple[float, list[str]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            key = (row["block_num"], row["par_num"], row["line_num"])
            middle = int(row["top"]) + int(row["height"]) / 2
            lines_read.setdefault(key, (middle, []))[1].append(row["text"].strip())
    texts: list[list[str]] = [[] for _ in tops]
    for middle, words in lines_read.values():
        texts[max(sum(top <= middle for top in tops) - 1, 0)] += words
    return [" ".join(words) for words in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of the raw texts (%(default)s)")
    parser.add_argument("--part", choices=get_args(Part), default="learn")
    parser.add_argument("--engine", default="aze", help="Tesseract language: aze, tur, eng (%(default)s)")
    parser.add_argument("--level", choices=("light", "heavy", "small"), default="light")
    parser.add_argument("--pages", type=int, default=20, help=f"pages of {PASSAGES} passages (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fonts", type=Path, nargs="*", help="font files; the default is every installed one that has ə")
    options = parser.parse_args()
    pool = passages(options.texts, options.part)
    faces = options.fonts or fonts_with_schwa()
    done = set()
    if options.out.exists():
        done = {json.loads(line)["page"] for line in options.out.open(encoding="utf-8")}
    with options.out.open("a", encoding="utf-8") as out:
        for number in range(options.pages):
            rng = random.Random(f"{options.seed} {options.part} {options.engine} {options.level} {number}")
            chosen, face, damage = rng.sample(pool, PASSAGES), rng.choice(faces), draw_damage(rng, options.level)
            if number in done:
                continue
            try:
                page, tops = render([text for _, text in chosen], face, damage, rng)
                readings = read(page, tops, options.engine, dpi=max(70, int(300 * damage.scale * damage.size / 42)))
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"page {number} ({face.name}) was skipped: {error}", file=sys.stderr)
                continue
            for (source, clean), noisy in zip(chosen, readings, strict=True):
                row = {"page": number, "source": source, "clean": clean, "noisy": noisy, "font": face.stem,
                       "engine": options.engine, "level": options.level, **asdict(damage)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
