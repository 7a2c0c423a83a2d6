"""Word vectors of Azerbaijani (skip-gram with subwords) and the word clusters that the fast tagger reads.

    python models/vectors/train.py OUT_DIR [--texts ../shared/data/text]

Writes OUT_DIR/vectors.txt (word2vec text format, for Stanza) and OUT_DIR/clusters.tsv (word, cluster), neither of which is
committed. Learns from the part of the texts that is not held out. Needs gensim and scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from pathlib import Path

from gensim.models import FastText
from sklearn.cluster import MiniBatchKMeans
from sklearn.preprocessing import normalize

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "tools")]

from corpus import TEXTS, lines

from azproc.evaluate.text import words
from azproc.language.casing import fold


def sentences(folder: Path, shares: dict[str, float]) -> list[list[str]]:
    """Read the words of each line, folded; of a source only the share that the table gives."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        share, due = shares.get(path.stem, 1.0), 0.0
        for line in lines(path, "learn"):
            due += share
            if due >= 1:
                due -= 1
                found.append([fold(word) for word in words(line)])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    options = parser.parse_args()
    config = tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
    corpus = sentences(options.texts, config["shares"])
    print(f"{len(corpus):,} lines, {sum(map(len, corpus)):,} words")
    model = FastText(corpus, **config["fasttext"])
    options.out.mkdir(parents=True, exist_ok=True)
    model.wv.save_word2vec_format(str(options.out / "vectors.txt"))
    counts = Counter(word for line in corpus for word in line)
    kept = [word for word in model.wv.index_to_key if counts[word] >= config["clusters"]["min_count"]]
    vectors = normalize(model.wv[kept])
    settings = config["clusters"]
    clusters = MiniBatchKMeans(settings["clusters"], random_state=settings["seed"], n_init=3).fit_predict(vectors)
    with (options.out / "clusters.tsv").open("w", encoding="utf-8") as out:
        out.writelines(f"{word}\t{cluster}\n" for word, cluster in zip(kept, clusters, strict=True))
    print(f"{len(model.wv):,} vectors, {len(kept):,} words in {settings['clusters']} clusters -> {options.out}")


if __name__ == "__main__":
    main()
