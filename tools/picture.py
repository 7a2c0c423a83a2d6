"""Draw what ``azproc explain`` shows for a few damaged sentences, as docs/explain.svg."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from azproc.pipeline import load
from azproc.show import edit_line, reason

DAMAGED = (
    "Müttəfiq vo Osmanlı qoşunları Bakını azad etmək uğrunda mübarizədə iştirak etdilər.[7]\n"
    "Fevralın 18-do Milli Şuranın iclası keçirildi, məsələnin müzakirə olun-masını hamı istəyirdi.\n"
    "Naxçı-\nvanda yеni məktəb açıldı.\n"
)


def main() -> None:
    """Write the picture."""
    changes = load("ocr")(DAMAGED).changes
    console = Console(record=True, width=104, file=io.StringIO(), highlight=False)
    console.print(Text.assemble(("$ ", "dim"), "azproc explain page.txt"))
    for edit in changes.edits:
        line = changes.source.count("\n", 0, edit.start) + 1
        console.print(Text.assemble((f"page.txt:{line}  ", "dim"), edit_line(changes, edit)))
        console.print(f"    {edit.rule}  {edit.confidence:.2f}  {reason(edit.rule)}", style="dim", markup=False)
    path = Path(__file__).parents[1] / "docs" / "explain.svg"
    path.parent.mkdir(exist_ok=True)
    picture = console.export_svg(title="azproc explain")
    path.write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL), encoding="utf-8")  # no fonts from the network
    print(f"{path}: {len(changes.edits)} edits")


if __name__ == "__main__":
    main()
