"""What is written is what the description says, byte for byte, and tells nothing too early."""

from __future__ import annotations

import json
from hashlib import sha256

import jsonschema
from hypothesis import given, settings

from luoshi.core.draw.record import announced, head, list_hash, proof
from luoshi.core.draw.steps import commit, draw, prepare
from luoshi.core.draw.values import Cancelled, Candidate, Drawn, Stratum
from tests.core.draw.example import (
    AFTER,
    BEFORE,
    CANDIDATES,
    SECRET,
    SOURCE,
    VALUE,
    answered,
    called_off,
    committed,
    drawn,
    histories,
)
from tools.docs.shape import DRAW

# A draw of one out of two, written out by hand after docs/concepts/draw.md; the hashes are those that
# `sha256sum` gives for the texts, and the seed is that of `openssl dgst -sha256 -mac HMAC`.
LIST = (
    '[{"kept_out":[],"key":"a","name":"甲店","stratum":"s"},'
    '{"kept_out":["停业"],"key":"b","name":"","stratum":"s"}]'
)
RULES = (
    '{"at":"2026-03-02T01:00:00.000000Z","earlier":[],'
    '"public":{"date":"2026-03-05","form":"七个两位数,按开出的顺序,以一个空格分隔",'
    '"source":"某公开开奖第 26060 期"},"purpose":"试抽",'
    '"strata":[{"key":"s","multiple":1,"number":1,"substitutes":0}]}'
)
BOUND = '{{"list":"{list}","rules":{rules},"schema":"luoshi.draw/1","secret":"{secret}"}}'
ENTRY = (
    '{{"before":"{commitment}","entry":{{"at":"2026-03-05T14:00:00.000000Z","kind":"drawn",'
    '"orders":{{"s":["a"]}},"seed":"{seed}","value":"03 08 11 17 22 29 06"}}}}'
)
LIST_HASH = "9df25b3d8ef97c810b8f8fec0b8f39bf347226ba8129402aab7bce7b9a6acf1c"
COMMITMENT = "6645667369e05eef4201d9ca3be4f0468d85adadbdcb20ec8668df6b82e40e79"
SEED = "b340e6bec9f0e5c141c5e5185cc8c84bd0aa47f9a475f5cd694bd235e17d1532"
HEAD = "12388cc985d7fcd4119d68d31e1a4964828c72b8fb0c663935840eaa65cb99a2"


def test_known_hashes() -> None:
    made = prepare(
        purpose="试抽",
        strata=[Stratum("s", 1)],
        source=SOURCE,
        candidates=[Candidate("b", "s", kept_out=("停业",)), Candidate("a", "s", "甲店")],
    )
    before = commit(made, secret=SECRET, at=BEFORE)
    now = draw(before, secret=SECRET, value=VALUE, at=AFTER)
    assert (list_hash(made), before.commitment, now.seed, head(now)) == (LIST_HASH, COMMITMENT, SEED, HEAD)


def test_the_known_hashes_are_those_of_the_written_texts() -> None:
    bound = BOUND.format(list=LIST_HASH, rules=RULES, secret=SECRET.hex())
    entry = ENTRY.format(commitment=COMMITMENT, seed=SEED)
    found = [sha256(text.encode()).hexdigest() for text in (LIST, bound, entry)]
    assert found == [LIST_HASH, COMMITMENT, HEAD]


def test_the_announcement_tells_neither_list_nor_secret() -> None:
    text = json.dumps(announced(committed()), ensure_ascii=False)
    assert committed().commitment in text
    secrets = [SECRET.hex(), list_hash(committed().prepared), *(one.key for one in CANDIDATES)]
    assert not [secret for secret in secrets if secret in text]


def test_a_proof_is_json_and_the_head_moves_with_each_step() -> None:
    for state in (drawn(), answered(), called_off()):
        made = proof(state)
        assert json.loads(json.dumps(made, ensure_ascii=False)) == made
        assert made["head"] == head(state)
        assert made["announced"] == announced(committed())
    heads = [head(state) for state in (committed(), drawn(), answered(), called_off())]
    assert len(set(heads)) == 4
    assert heads[0] == committed().commitment


@settings(deadline=None)
@given(histories())
def test_every_proof_has_the_shape_that_is_documented(state: Drawn | Cancelled) -> None:
    validator = jsonschema.Draft202012Validator(DRAW)
    validator.validate(proof(state))
    for part in proof(state):
        assert not validator.is_valid({key: value for key, value in proof(state).items() if key != part})


def test_a_proof_shows_who_holds_the_places() -> None:
    order = answered().orders["对象"]
    assert proof(answered())["places"]["对象"] == [
        {"key": order[1], "accepted": True},
        {"key": order[3], "accepted": False},
        {"key": order[4], "accepted": False},
    ]
    assert proof(called_off())["places"] == {}
