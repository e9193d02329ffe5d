"""A small encoder that says what one side of a sentence does to the other: type, factuality, role order.

MiniLM (22 million parameters, Apache-2.0) trained on the sentences in `training/`, int8, run by
onnxruntime on the CPU. `docs/encoder.md` is its card.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.model import Factuality
from communique.text import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent.parent / "models" / "events"
CONTEXT = 400
"""Code points of a long sentence kept on either side of its two sides."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its two sides, as offsets into `text`; None for a side that it does not name."""

    text: str
    source: Span | None
    target: Span | None


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

    def judge(self, pairs: Iterable[Pair]) -> list[Verdict]:
        """A verdict on each pair, in order.

        Each is run alone: int8 arithmetic scales with what is run together, and a verdict must not
        depend on its company.
        """
        return [self._judged(self._tokenizer.encode(self._marked(pair)).ids) for pair in pairs]

    def _judged(self, ids: list[int]) -> Verdict:
        import numpy as np

        opening, _, opening_target, _ = (self._tokenizer.token_to_id(mark) for mark in self._labels["marks"])
        feed = {
            "ids": np.array([ids], dtype=np.int64),
            "mask": np.ones((1, len(ids)), dtype=np.int64),
            "source": np.array([ids.index(opening) if opening in ids else 0], dtype=np.int64),
            "target": np.array([ids.index(opening_target) if opening_target in ids else 0], dtype=np.int64),
        }
        types, facts, orders = self._session.run(["type", "factuality", "order"], feed)
        return self._verdict(types[0], facts[0], orders[0])

    def _verdict(self, types: Any, facts: Any, orders: Any) -> Verdict:
        names = self._labels["types"]
        return Verdict(
            dict(zip(names, _probabilities(types), strict=True)),
            self._labels["factualities"][int(facts.argmax())],
            _probabilities(orders)[1],
        )

    def _marked(self, pair: Pair) -> str:
        """The sentence with its sides between marks, cut to what lies around them.

        A side that it does not name is an empty pair of marks: who acts in front, to whom behind.
        """
        text, sides = pair.text, [side for side in (pair.source, pair.target) if side]
        low = max(0, min((side.start for side in sides), default=0) - CONTEXT)
        high = max((side.end for side in sides), default=0) + CONTEXT
        source = pair.source or Span(low, low)
        target = pair.target or Span(len(text[:high]), len(text[:high]))
        opening, closing, opening_target, closing_target = self._labels["marks"]
        cuts = [
            (source.start, 1, opening),
            (source.end, 2 if pair.source is None else 0, closing),
            (target.start, 1, opening_target),
            (target.end, 2 if pair.target is None else 0, closing_target),
        ]
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
