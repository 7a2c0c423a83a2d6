"""Write an artefact and its entry in the MANIFEST.json beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def record(artefact: Path, *, version: str, fmt: str, licence: str, sources: list[str], built_by: str, metrics: dict[str, Any]) -> None:
    """Add or renew the entry of an artefact that stands on disk already."""
    manifest = artefact.parent / "MANIFEST.json"
    content = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {"artefacts": {}}
    content["artefacts"][artefact.name] = {
        "name": artefact.name,
        "version": version,
        "format": fmt,
        "sha256": hashlib.sha256(artefact.read_bytes()).hexdigest(),
        "licence": licence,
        "sources": sources,
        "built_by": built_by,
        "metrics": metrics,
    }
    content["artefacts"] = dict(sorted(content["artefacts"].items()))
    part = manifest.with_suffix(".part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(manifest)
