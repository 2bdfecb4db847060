"""Check a random draw by its proof, with Python alone. / 核验随机抽取的证明,只需 Python(3.9 或更新)。

PROOF is the file published with the result, COMMITMENT what was published before the draw, as you noted it,
VALUE the public value as its source gives it: without these two a proof is held only against itself.
Ends with 0: the draw was as it says; 1: it was not; 2: this cannot be read.
"""

import argparse
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HOLDS = "asked", "accepted"


def need(holds: bool, words: str) -> None:
    if not holds:
        raise SystemExit(f"不成立 / it does not hold: {words}")


def sha(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def once(pairs: Any) -> Any:
    need(len(dict(pairs)) == len(pairs), "同一个键出现两次 / a key twice")
    return dict(pairs)


def day(moment: str) -> str:
    at = datetime.fromisoformat(moment[:-1])
    need(f"{at.isoformat(timespec='microseconds')}Z" == moment, f"时间写法不符 / not a moment: {moment}")
    return (at + timedelta(hours=8)).date().isoformat()


def select(pool: Any, count: int, seed: bytes, stratum: str) -> Any:
    left, drawn, counter = sorted(pool), list[str](), 0
    while len(drawn) < count:
        block = hmac.new(seed, f"luoshi.draw/1 select\n{stratum}\n{counter}".encode(), "sha256").digest()
        number, counter = int.from_bytes(block, "big") >> (256 - (len(left) - 1).bit_length()), counter + 1
        drawn += [left.pop(number)] if number < len(left) else []
    return drawn


def draw(told: Any, listed: Any, seed: bytes) -> Any:
    for keys in ([one["key"] for one in listed], [one["key"] for one in told["strata"]]):
        need(keys == sorted(set(keys)), "名单、分层有重复或未按序 / listed twice, or not in order")
    lots: Any = {one["key"]: [] for one in told["strata"]}
    for one in listed:
        lots[one["stratum"]] += [] if one["kept_out"] else [one["key"]]
    for one in told["strata"]:
        lot, number, count = lots[one["key"]], one["number"], one["number"] + one["substitutes"]
        need(len(lot) >= max(number * one["multiple"], count) and count >= number > 0, f"人数 / pool: {one}")
        lots[one["key"]] = select(lot, count, seed, one["key"])
    return lots


def follow(told: Any, log: Any, seed: bytes, orders: Any) -> Any:
    due, head, last = told["public"]["date"], told["commitment"], told["at"]
    need(due == day(f"{due}T00:00:00.000000Z") > day(last), "承诺晚于公开值 / committed too late")
    need(all(one["at"] <= last for one in told["earlier"]), "撤销晚于承诺 / committed before cancelling")
    home = {key: order for order in orders.values() for key in order}
    state = dict.fromkeys(home, "waits")
    for one in told["strata"] if orders else []:
        state.update(dict.fromkeys(orders[one["key"]][: one["number"]], "asked"))
    for entry in log:
        kind, key, head = entry["kind"], entry.get("key"), sha({"before": head, "entry": entry})
        last, before = entry["at"], last
        need(bool(day(last)) and last >= before, f"时间倒退 / out of order: {entry}")
        need(kind in ("drawn", "accepted") or entry["reason"] != "", f"没有理由 / no reason: {entry}")
        if kind == "drawn":
            need(entry is log[0] and day(last) >= due, "早于公开值 / drawn before the public value")
            need(entry["seed"] == seed.hex() and entry["orders"] == orders, "抽取结果不符 / another result")
        elif kind in ("accepted", "refused", "recused"):
            need(state.get(key) in HOLDS and state[key] != kind, f"不在位 / holds no place: {entry}")
            state[key] = kind
            up = [k for k in home[key] if state[k] == "waits"] if kind != "accepted" else []
            state.update(dict.fromkeys(up[:1], "asked"))
        else:
            need(kind == "cancelled" and entry is log[-1], f"步骤不对 / no such step: {entry}")
    seats = {key: {"key": key, "accepted": state[key] == "accepted"} for key in state if state[key] in HOLDS}
    return {name: [seats[key] for key in orders[name] if key in seats] for name in orders}, head


def check(proof: Any, commitment: str, value: str) -> None:
    told, listed, secret, log = (proof[part] for part in ("announced", "candidates", "secret", "log"))
    rules, used = {key: told[key] for key in told if key != "commitment"}, log[0].get("value", "")
    bound = sha({"schema": "luoshi.draw/1", "rules": rules, "list": sha(listed), "secret": secret})
    need(told["commitment"] == bound, "承诺与名单、规则、密值不符 / the commitment binds something else")
    need(commitment in ("", bound), f"不是事先公布的承诺 / not the published commitment: {bound}")
    need(value in ("", used), f"公开值不符 / not the public value: {used}")
    seed = hmac.new(bytes.fromhex(secret), f"luoshi.draw/1 seed\n{bound}\n{used}".encode(), "sha256").digest()
    places, head = follow(told, log, seed, draw(told, listed, seed) if used else {})
    made = {"schema": "luoshi.draw/1", "announced": told, "secret": secret, "candidates": listed}
    made |= {"list": sha(listed), "log": log, "places": places, "head": head}
    need(sha(made) == sha(proof), "名单散列、现任名单或过程散列不符 / list, places or head differ")
    print(f"成立 / it holds: {told['purpose']}\n承诺 / commitment: {bound}\n过程 / head: {head}")
    print(f"请核对公开值 / compare the public value: {used} ({told['public']})")


def main(*arguments: str) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("PROOF", "--commitment", "--value"):
        parser.add_argument(name, default="")
    given = parser.parse_args(arguments or None)
    try:
        proof = json.loads(Path(given.PROOF).read_text(encoding="utf-8"), object_pairs_hook=once)
        check(proof, given.commitment, given.value)
    except Exception as error:
        print(f"无法读取,文件不完整或已损坏 / cannot be read, incomplete or damaged: {error!r}")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
