"""Later versions of a mechanism say only what changes; here they become whole."""

from __future__ import annotations

import yaml


def merged(base: yaml.MappingNode, change: yaml.MappingNode) -> yaml.MappingNode:
    """A mapping with the changes of another: keys are added, replaced, changed inside, or removed by null.

    Lists and words are replaced as a whole. Every value keeps the file and the line that it came from.

    Example:
        >>> from luoshi.core.mechanism.yaml_text import compose
        >>> old = compose("limits: {review: {amount: 7, unit: day}}", "a.yaml")
        >>> new = compose("limits: {review: {amount: 5}}", "a@2.yaml")
        >>> [(key.value, value.value) for key, value in merged(old, new).value[0][1].value[0][1].value]
        [('amount', '5'), ('unit', 'day')]
    """
    changes = {key.value: (key, value) for key, value in change.value}
    pairs = []
    for key, value in base.value:
        if key.value not in changes:
            pairs.append((key, value))
            continue
        new_key, new_value = changes.pop(key.value)
        if is_null(new_value):
            continue
        if isinstance(value, yaml.MappingNode) and isinstance(new_value, yaml.MappingNode):
            new_value = merged(value, new_value)
        pairs.append((new_key, new_value))
    pairs.extend(pair for pair in changes.values() if not is_null(pair[1]))
    return yaml.MappingNode(change.tag, pairs, change.start_mark, change.end_mark)


def is_null(node: yaml.Node) -> bool:
    """Whether a value is null, written so or left empty. The two loaders say “no quotes” differently."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")
