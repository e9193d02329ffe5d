"""Which language a text is written in."""

from __future__ import annotations

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from communique.domain.lexicon.layout import Layout
from communique.read.lines import Line, function_words, words

_SAMPLE = 1500  # characters
_SURE = 0.3  # share of English function words that no other language reaches
_FEW = 12  # words: fewer say little


def language(text: str, layout: Layout) -> str | None:
    """The language of a text as an ISO 639-1 code, or None where there are too few words to tell.

    English is told by its function words; what is left by py3langid among the layout's languages.
    """
    sample = _sample(text)
    found = words(sample)
    known = function_words()
    share = sum(word.lower() in known for word in found) / len(found) if found else 0.0
    if len(found) >= 4 and share >= _SURE:
        return "en"
    if Line(0, len(sample), sample).length < _FEW:
        return "en" if share >= 0.2 else None
    code, confidence = _identifier(layout.languages).classify(sample)
    return code if confidence >= 0.5 else None


def _sample(text: str) -> str:
    """The longest lines in reading order: menus are short and often in another language."""
    lines = [line.strip() for line in text.splitlines()]
    long = [line for line in lines if len(line) >= 60] or [line for line in lines if line]
    return "\n".join(long)[:_SAMPLE]


@lru_cache(maxsize=2)
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return identifier
