"""Quote statements: verbatim words, their speaker, day and relay; and who vouches for what."""

from __future__ import annotations

from datetime import date

import pytest

from communique.extract import quotes, speech
from communique.model import (
    Actor,
    Cast,
    Document,
    Interval,
    Mention,
    Parsed,
    Passage,
    Source,
    Statement,
    TimeExpression,
)
from communique.parse.spacy import load_model

ADMIRAL = Actor("ana-ruiz", "Ana Ruiz", "person", "ESP")
MINISTRY = Actor("spanish-defence-ministry", "Spanish Defence Ministry", "organ", "ESP")
SPAIN = Actor("ESP", "Spain", "state", "ESP")
CREDITS = {"AP": "AP", "Associated Press": "AP", "the Gazette": "The Gazette", "Gazette": "The Gazette"}


def parsed(text: str) -> Parsed:
    passages: list[Passage] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            passages.append(Passage(start, load_model()(line)))
        start += len(line) + 1
    return Parsed(text, tuple(passages))


def document(text: str) -> Document:
    return Document("d", "d.txt", None, "0", None, None, None, "en", None, text, ())


def cast(page: Parsed, *named: tuple[str, Actor]) -> Cast:
    """Every occurrence of the given words as a mention of the actor."""
    mentions = []
    for number, passage in enumerate(page.passages):
        for words, actor in named:
            at = passage.doc.text.find(words)
            while at >= 0:
                span = passage.doc.char_span(at, at + len(words))
                if span is not None:
                    start = passage.start + at
                    head = span.root.i
                    mentions.append(
                        Mention(
                            number, span.start, span.end, head, start, start + len(words), (actor,), "name"
                        )
                    )
                at = passage.doc.text.find(words, at + 1)
    return Cast(tuple(mentions))


def day(page: Parsed, words: str, when: date) -> TimeExpression:
    for number, passage in enumerate(page.passages):
        at = passage.doc.text.find(words)
        if at >= 0:
            span = passage.doc.char_span(at, at + len(words))
            start = passage.start + at
            return TimeExpression(
                number,
                span.start,
                span.end,
                start,
                start + len(words),
                "DATE",
                when.isoformat(),
                Interval(when, when),
            )
    raise AssertionError(words)


def read(text: str, *named: tuple[str, Actor], times: tuple[tuple[str, date], ...] = ()) -> list[Statement]:
    page = parsed(text)
    found = speech.find(page)
    when = [day(page, words, on) for words, on in times]
    result = quotes.statements(document(text), page, cast(page, *named), found, when, CREDITS)
    for statement in result:
        assert text[statement.start : statement.end] == statement.quote
        assert statement.words is not None
        assert statement.words in statement.quote
    return result


def test_a_quotation() -> None:
    text = "The fleet is old. “We need more ships this year,” Ruiz told reporters. Nobody else spoke."
    (quote,) = read(text, ("Ruiz", ADMIRAL))
    assert quote.words == "We need more ships this year"
    assert quote.direct is True
    assert quote.ids("speaker") == {"ana-ruiz"}
    assert quote.attributed_to == Source("ana-ruiz", "Ana Ruiz")
    assert quote.quote == "“We need more ships this year,” Ruiz told reporters."
    assert quote.origin is None


def test_indirect_speech_drops_the_conjunction_not_the_scare_quotes() -> None:
    (quote,) = read("Ruiz said that the strait was a “free and open” sea.", ("Ruiz", ADMIRAL))
    assert (quote.words, quote.direct) == ("the strait was a “free and open” sea", False)


def test_an_interrupted_quotation_gives_each_part() -> None:
    text = "“The fleet is far too old,” Ruiz said. “We need many more ships.”"
    assert [q.words for q in read(text, ("Ruiz", ADMIRAL))] == [
        "The fleet is far too old",
        "We need many more ships.",
    ]


def test_a_quotation_that_goes_on_in_the_next_paragraph() -> None:
    text = "“The fleet is far too old,” Ruiz said.\n“We need many more ships.”"
    first, second = read(text, ("Ruiz", ADMIRAL))
    assert second.words == "We need many more ships."
    assert second.ids("speaker") == {"ana-ruiz"}
    assert second.quote == "“We need many more ships.”"
    assert first.end < second.start


def test_an_answer_is_not_the_words_of_who_asked() -> None:
    text = "“Is the fleet not far too old?” Ruiz asked.\n“It will do for some years yet.”"
    assert [q.words for q in read(text, ("Ruiz", ADMIRAL))] == ["Is the fleet not far too old?"]


def test_fewer_than_four_words_are_no_quotation() -> None:
    assert read("“Not at all,” Ruiz said.", ("Ruiz", ADMIRAL)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ruiz wants to buy ten more ships for the fleet.",
        "Ruiz condemned the launch of the two long rockets.",
        "Ruiz believes the fleet will be far too old.",
        "Ruiz left the harbour with ten of her ships.",
    ],
)
def test_wants_and_beliefs_are_no_quotations(text: str) -> None:
    assert read(text, ("Ruiz", ADMIRAL)) == []


def test_an_unknown_speaker_with_a_full_name_becomes_a_person() -> None:
    (quote,) = read("“The yard will close in the spring,” said Peter Hansen, a welder.")
    (speaker,) = quote.actors
    assert (speaker.id, speaker.name, speaker.kind, speaker.role) == (
        "peter-hansen",
        "Peter Hansen",
        "person",
        "speaker",
    )


def test_nobody_known_is_no_statement() -> None:
    assert read("“The yard will close in the spring,” a welder said.") == []


def test_an_apposition_names_the_speaker() -> None:
    text = "The chief of the navy, Ana Ruiz, said the fleet was far too old."
    (quote,) = read(text, ("Ana Ruiz", ADMIRAL))
    assert quote.ids("speaker") == {"ana-ruiz"}


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    text = "Ruiz, who said the fleet was far too old, left at noon."
    assert [q.ids("speaker") for q in read(text, ("Ruiz", ADMIRAL))] == [{"ana-ruiz"}]


def test_supporters_of_a_person_are_not_the_person() -> None:
    assert read("Supporters of Ruiz said the fleet was far too old.", ("Ruiz", ADMIRAL)) == []


def test_officials_of_a_ministry_speak_for_it() -> None:
    text = "Officials from the Defence Ministry said the fleet was far too old."
    (quote,) = read(text, ("Defence Ministry", MINISTRY))
    assert quote.ids("speaker") == {"spanish-defence-ministry"}


def test_the_day_beside_the_cue_not_the_day_in_the_words() -> None:
    text = "Ruiz said on Monday that the fleet would leave on Friday."
    days = (("Monday", date(2024, 4, 1)), ("Friday", date(2024, 4, 5)))
    (quote,) = read(text, ("Ruiz", ADMIRAL), times=days)
    assert quote.when is not None
    assert quote.when.earliest == date(2024, 4, 1)


def test_no_day_beside_the_cue_is_none() -> None:
    text = "Ruiz said that the fleet would leave on Friday."
    (quote,) = read(text, ("Ruiz", ADMIRAL), times=(("Friday", date(2024, 4, 5)),))
    assert quote.when is None


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("“The fleet is far too old,” Ruiz told the Gazette.", "The Gazette"),
        ("“The fleet is far too old,” Ruiz said, as quoted by the Associated Press.", "AP"),
        ("“The fleet is far too old,” Ruiz said in an interview with the Gazette.", "The Gazette"),
        ("“The fleet is far too old,” Ruiz told reporters.", None),
        ("Ruiz said the Gazette was a poor newspaper.", None),
        ("Ruiz said the fleet was far too old, the Gazette reported.", "The Gazette"),
    ],
)
def test_who_relays(text: str, origin: str | None) -> None:
    assert {q.origin for q in read(text, ("Ruiz", ADMIRAL)) if "ana-ruiz" in q.ids()} == {origin}


def event(text: str, words: str, *actors: str) -> Statement:
    start = text.index(words)
    return Statement("d", "event", start, start + len(words), words, type="DEPLOY")


def test_what_a_speaker_says_is_attributed_to_the_speaker() -> None:
    text = "Spain sent two ships. Ruiz told the Gazette that Spain will send ten more."
    page = parsed(text)
    people = cast(page, ("Ruiz", ADMIRAL), ("Spain", SPAIN))
    voices = quotes.voices(document(text), page, people, speech.find(page), CREDITS)
    sent, will = quotes.attribute([event(text, "sent two ships"), event(text, "will send ten more")], voices)
    assert (sent.attributed_to, sent.origin) == (None, None)
    assert (will.attributed_to, will.origin) == (Source("ana-ruiz", "Ana Ruiz"), "The Gazette")


def test_the_innermost_speaker_vouches() -> None:
    text = "Ruiz said that Spain announced that ten ships would sail."
    page = parsed(text)
    people = cast(page, ("Ruiz", ADMIRAL), ("Spain", SPAIN))
    voices = quotes.voices(document(text), page, people, speech.find(page))
    (sail,) = quotes.attribute([event(text, "ten ships would sail")], voices)
    assert sail.attributed_to == Source("ESP", "Spain")


def test_no_voices_change_nothing() -> None:
    statement = event("Spain sent two ships.", "sent two ships")
    assert quotes.attribute([statement], []) == [statement]
