"""Five pages read by hand: how many of the hand-made claims the ledger holds, and how the pages fare."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.prepared import build
from communique.exports.write import export
from communique.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Gold:
    """`scores` in per cent; `wrong` counts what must never be: quotations not verbatim, and residue."""

    scores: dict[str, float]
    wrong: dict[str, int]


def measure(folder: Path) -> Gold:
    """Builds a ledger of `seeds`, exports it, and holds it against `gold`."""
    with tempfile.TemporaryDirectory() as place:
        documents, statements = Path(place, "documents.jsonl"), Path(place, "statements.jsonl")
        with Ledger.open(Path(place, "gold.ledger"), create=True) as ledger:
            build([str(folder / "seeds")], ledger)
            export("documents", ledger, "jsonl", documents)
            export("statements", ledger, "jsonl", statements)
        scorer = folder / "tools" / "score_gold.py"
        done = subprocess.run(
            [sys.executable, scorer, folder / "gold", documents, statements, "--json"],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    told = json.loads(done.stdout)
    scores = {"found": 100 * told["found"], "full": 100 * told["full"]}
    for kind, row in told["kinds"].items():
        scores[f"{kind}: found"] = 100 * row["found"] / row["gold"]
        scores[f"{kind}: full"] = 100 * row["full"] / row["gold"]
    for what, share in told["pages"].items():
        right, among = (int(part) for part in share.split("/"))
        scores[f"page: {what}"] = 100 * right / among
    wrong = {"not verbatim": told["evidence_wrong"], "from residue": told["statements_in_residue"]}
    return Gold({name: round(score, 2) for name, score in scores.items()}, wrong)
