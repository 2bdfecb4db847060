"""All mechanisms, in all their versions, compared with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import yaml

from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.expression.kinds import Scheme
from luoshi.core.mechanism.check import Fault, faults
from luoshi.core.mechanism.check_bringing import bringing_faults
from luoshi.core.mechanism.check_openings import opening_faults
from luoshi.core.mechanism.declaration import InForce, Mechanism
from luoshi.core.mechanism.errors import DeclarationWrong, unknown
from luoshi.core.mechanism.loading.whole import outline, whole
from luoshi.core.mechanism.reader import Reader
from luoshi.core.mechanism.versions import merged
from luoshi.core.mechanism.yaml_text import compose, place_of

_DAY = timedelta(days=1)


class NoSuchMechanism(LuoshiError):
    """A key that no mechanism has, or a day on which none of its versions is in force."""

    code = "mechanism-unknown"
    zh = "没有“{key}”这一机制{when};可用的有:{known}。"
    en = "There is no mechanism “{key}”{when}; there are {known}."


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Mechanisms by key; of each its versions, the first one first."""

    versions: Mapping[str, Sequence[Mechanism]]

    def __iter__(self) -> Iterator[Mechanism]:
        """The latest version of each, by key."""
        return (self.versions[key][-1] for key in sorted(self.versions))

    def latest(self, key: str) -> Mechanism:
        """The latest version of one.

        Raises:
            NoSuchMechanism: there is none.
        """
        return self._of(key)[-1]

    def version(self, key: str, number: int) -> Mechanism:
        """One version.

        Raises:
            NoSuchMechanism: there is none.
        """
        for one in self._of(key):
            if one.version == number:
                return one
        raise self._none(key, Phrase(f"的第{number}版", f" in version {number}"))

    def on(self, key: str, day: date) -> Mechanism:
        """The version that an entry follows which begins on a day.

        Raises:
            NoSuchMechanism: none is in force.
        """
        for one in self._of(key):
            if day in one.in_force:
                return one
        raise self._none(key, Phrase(f"于{day}施行的版本", f" in force on {day}"))

    def current(self, key: str, day: date) -> Mechanism:
        """The version by which people work on a day; the newest where none is in force.

        Raises:
            NoSuchMechanism: there is none.
        """
        versions = self._of(key)
        return next((one for one in versions if day in one.in_force), versions[-1])

    def _of(self, key: str) -> Sequence[Mechanism]:
        if key not in self.versions:
            raise self._none(key, Phrase("", ""))
        return self.versions[key]

    def _none(self, key: str, when: Phrase) -> NoSuchMechanism:
        return NoSuchMechanism(key=key, when=when, known="、".join(sorted(self.versions)))


def load(texts: Mapping[str, str]) -> Catalogue:
    """The catalogue that some files declare.

    Args:
        texts: the text of each file by its name: `legal-aid.yaml`, `legal-aid@2.yaml`.

    Raises:
        DeclarationWrong: the first thing that is wrong.
    """
    nodes = _whole_nodes(texts)
    schemes: dict[str, Scheme] = {}
    drawn = [outline(node, schemes) for node in nodes]
    for one in drawn:
        schemes[one.key] = one.scheme
    found: dict[str, list[Mechanism]] = defaultdict(list)
    nodes_of: list[tuple[Mechanism, yaml.MappingNode]] = []
    for one in drawn:
        mechanism = whole(one)
        for fault in (*faults(mechanism), *_across(mechanism, schemes)):
            raise _located(one.node, fault)
        found[one.key].append(mechanism)
        nodes_of.append((mechanism, one.node))
    latest = {key: versions[-1] for key, versions in found.items()}
    for mechanism, node in nodes_of:
        for fault in (*opening_faults(mechanism, latest), *bringing_faults(mechanism, latest)):
            raise _located(node, fault)
    by_key = {key: [one.node for one in drawn if one.key == key] for key in found}
    return Catalogue({key: _in_turn(versions, by_key[key]) for key, versions in found.items()})


def _whole_nodes(texts: Mapping[str, str]) -> list[yaml.MappingNode]:
    """Every version whole, by key and version."""
    by_version: dict[tuple[str, int], tuple[yaml.MappingNode, int | None]] = {}
    for name, text in texts.items():
        node = compose(text, name)
        reader = Reader(node)
        key, version = reader.text("key"), reader.whole("version")
        expected = f"{key}.yaml" if version == 1 else f"{key}@{version}.yaml"
        if name != expected:
            reader.fail(Phrase(f"文件名应为{expected}。", f"The file has to be called {expected}."))
        by_version[key, version] = (node, reader.whole("extends", 0) or None)
    done: dict[tuple[str, int], yaml.MappingNode] = {}
    for (key, version), (node, base) in sorted(by_version.items()):
        if base is None:
            done[key, version] = node
            continue
        if (key, base) not in done or base >= version:
            Reader(node).fail(
                Phrase(f"没有第{base}版。", f"There is no version {base} before it."), "extends"
            )
        own = [(k, v) for k, v in node.value if k.value != "extends"]
        change = yaml.MappingNode(node.tag, own, node.start_mark, node.end_mark)
        done[key, version] = merged(done[key, base], change)
    return [done[name] for name in sorted(done)]


def _across(mechanism: Mechanism, schemes: Mapping[str, Scheme]) -> Iterator[Fault]:
    """What a mechanism says about others."""
    for field in mechanism.register.fields:
        if field.to and field.to not in schemes:
            yield Fault(("fields", field.key, "to"), unknown(field.to, schemes))
    for step in mechanism.register.transitions:
        if step.opens is None:
            continue
        path = ("transitions", step.key, "opens")
        if step.opens.mechanism not in schemes:
            yield Fault(path, unknown(step.opens.mechanism, schemes))
            continue
        other = schemes[step.opens.mechanism].fields
        for name in (step.opens.link, *step.opens.copies):
            if name not in other:
                yield Fault(path, unknown(name, other))
    for drawing in mechanism.draws:
        for pool in drawing.pools:
            where = ("draws", drawing.key, "pools", pool.key)
            listed = schemes[pool.roster].fields
            for name in (*pool.columns.values(), pool.code, pool.name, pool.strata):
                if name and name not in listed:
                    yield Fault(where, unknown(name, listed))


def _in_turn(versions: list[Mechanism], nodes: list[yaml.MappingNode]) -> tuple[Mechanism, ...]:
    """The versions one after the other: each ends on the day before the next begins."""
    ended = []
    for number, (one, following) in enumerate(zip(versions, [*versions[1:], None], strict=True)):
        if following is None:
            ended.append(one)
            continue
        if following.in_force.start <= one.in_force.start:
            problem = Phrase(
                "新版本须晚于前一版本施行。", "A later version has to begin after the one before it."
            )
            raise _located(nodes[number + 1], Fault(("in-force",), problem))
        for field in following.register.fields:
            before = one.register.field.get(field.key)
            if before is not None and before.type is not field.type:
                problem = Phrase(
                    "字段类型不能改变，请换一个名称。", "The type of a field cannot change; take a new key."
                )
                raise _located(nodes[number + 1], Fault(("fields", field.key), problem))
        last = following.in_force.start - _DAY
        to = last if one.in_force.to is None else min(one.in_force.to, last)
        ended.append(replace(one, in_force=InForce(one.in_force.start, to)))
    return tuple(ended)


def _located(node: yaml.MappingNode, fault: Fault) -> DeclarationWrong:
    """The fault with the file and the line of the last key on its path that the file has."""
    at: yaml.Node = node
    file, line = place_of(node)
    for part in fault.path:
        pairs = at.value if isinstance(at, yaml.MappingNode) else ()
        for key, value in pairs:
            if key.value == part:
                at, (file, line) = value, place_of(key)
                break
    return DeclarationWrong(file=file, line=line, place=".".join(fault.path), problem=fault.problem)
