"""Keep a part of a fuzzing corpus as tests/fuzz/corpus.jsonl: some inputs of each function, as they reached the fuzzer.

python tools/keep_fuzz_corpus.py CORPUS_DIR
"""

import base64
import json
import random
import sys
from pathlib import Path

KEPT = 60


def main() -> None:
    rows = []
    for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        inputs = sorted({path.read_bytes() for path in folder.iterdir()})
        for data in sorted(random.Random(1).sample(inputs, min(KEPT, len(inputs)))):
            rows.append(json.dumps({"function": folder.name, "data": base64.b64encode(data).decode()}))
    (Path(__file__).parents[1] / "tests" / "fuzz" / "corpus.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} inputs kept")


if __name__ == "__main__":
    main()
