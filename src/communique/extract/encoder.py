"""A small encoder that says what one side of a sentence does to the other: type, factuality, role order.

MiniLM (22 million parameters, Apache-2.0) trained on the sentences in `training/`, int8, run by
onnxruntime on the CPU. `docs/encoder.md` is its card.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.model import Factuality
from communique.text import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent.parent / "models" / "events"
BATCH = 32
CONTEXT = 400
"""Code points of a long sentence kept on either side of its two sides."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its two sides, as offsets into `text`."""

    text: str
    source: Span
    target: Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the encoder makes of a pair: the probability of each type, and the likeliest of the rest.

    `reversed` is the probability that the target is the one who acts.
    """

    types: dict[str, float]
    factuality: Factuality
    reversed: float

    @property
    def type(self) -> str:
        """The likeliest type, which may be NONE."""
        return max(self.types, key=lambda name: self.types[name])


class Encoder:
    """The trained encoder; loaded when first asked."""

    @cached_property
    def _labels(self) -> dict[str, Any]:
        labels: dict[str, Any] = json.loads((FOLDER / "labels.json").read_text("utf-8"))
        return labels

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(FOLDER / "tokenizer.json"))

    @cached_property
    def _session(self) -> Any:
        from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        return InferenceSession(str(FOLDER / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def judge(self, pairs: Sequence[Pair]) -> list[Verdict]:
        """A verdict on each pair, in order; pairs of like length are run together."""
        import numpy as np

        marks = [self._tokenizer.token_to_id(mark) for mark in self._labels["marks"]]
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch([self._marked(p) for p in pairs])]
        order = sorted(range(len(rows)), key=lambda k: len(rows[k]))
        found: dict[int, Verdict] = {}
        for first in range(0, len(order), BATCH):
            group = order[first : first + BATCH]
            width = max(len(rows[k]) for k in group)
            ids = np.zeros((len(group), width), dtype=np.int64)
            mask = np.zeros((len(group), width), dtype=np.int64)
            for row, k in enumerate(group):
                ids[row, : len(rows[k])] = rows[k]
                mask[row, : len(rows[k])] = 1
            at = [
                [rows[k].index(mark) if mark in rows[k] else 0 for k in group]
                for mark in (marks[0], marks[2])
            ]
            feed = {"ids": ids, "mask": mask, "source": np.array(at[0]), "target": np.array(at[1])}
            types, facts, orders = self._session.run(["type", "factuality", "order"], feed)
            for row, k in enumerate(group):
                found[k] = self._verdict(types[row], facts[row], orders[row])
        return [found[k] for k in range(len(rows))]

    def _verdict(self, types: Any, facts: Any, orders: Any) -> Verdict:
        names = self._labels["types"]
        return Verdict(
            dict(zip(names, _probabilities(types), strict=True)),
            self._labels["factualities"][int(facts.argmax())],
            _probabilities(orders)[1],
        )

    def _marked(self, pair: Pair) -> str:
        """The sentence with its sides between marks, cut to what lies around them."""
        opening, closing, opening_target, closing_target = self._labels["marks"]
        text = pair.text
        cuts = [
            (pair.source.start, 1, opening),
            (pair.source.end, 0, closing),
            (pair.target.start, 1, opening_target),
            (pair.target.end, 0, closing_target),
        ]
        low = max(0, min(cut[0] for cut in cuts) - CONTEXT)
        high = max(cut[0] for cut in cuts) + CONTEXT
        text = text[:high]
        for place, _, mark in sorted(cuts, reverse=True):
            text = f"{text[:place]} {mark} {text[place:]}"
        return text[low:]


def _probabilities(scores: Any) -> list[float]:
    import numpy as np

    powers = np.exp(scores - scores.max())
    return [float(p) for p in powers / powers.sum()]


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder, once per process."""
    return Encoder()
