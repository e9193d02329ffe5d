"""Stories: ECB+ topics 1 to 35, undated texts, by B-cubed. Always all of it: a sample is another task."""

from collections.abc import Sequence

from benchmarks.tags import Benchmark, Line
from communique.reconcile.families import families
from communique.reconcile.stories import StoryInput, stories


def _answers(lines: Sequence[Line]) -> dict[str, Line]:
    inputs = [StoryInput(line["id"], None, line["text"]) for line in lines]
    copies = families((line["id"], line["text"]) for line in lines)
    return {
        doc_id: {"id": doc_id, "story": story.story_id}
        for story in stories(inputs, copies)
        for doc_id in story.doc_ids
    }


BENCHMARKS = (
    Benchmark(
        "stories_ecbplus.jsonl", "stories", "ECB+", ("precision", "recall", "b3_f1"),
        "none published for this use", None, _answers,
    ),
)  # fmt: skip
