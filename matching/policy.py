"""A policy tunes a practice: weights, limits, rules switched off — frozen data, in and out of TOML."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, reduce
from pathlib import Path
from typing import Any, Literal, get_args

from matching.errors import ChainMatchError, FileError, PolicyError, UnknownNameError
from matching.limits import MOST, Change, Limits, check_whole, is_number
from matching.practice import Criterion, Practice, Rule
from matching.words import Words

#: the points a perfect pair scores
FULL_SCORE = 10_000

Worth = Literal["equal", "budget"]
#: the parts of a policy that hold names with values
_TABLES = ("weights", "limits", "retrieval")


@dataclass(frozen=True)
class Retrieval:
    """How candidates are found: ``top`` per need and per offer; ``block`` names a column both sides share."""

    top: int = 100
    block: str = ""

    def __post_init__(self) -> None:
        check_whole("top", self.top)
        _expect(Words("block 应为一个列名", "block must be the name of a column"), self.block, str)


@dataclass(frozen=True)
class Policy:
    """Weights, limits and switches on the rules and criteria that a practice declares.

    ``worth`` says what a need counts for: ``equal`` or its ``budget``, times its priorities. Unknown names
    raise UnknownNameError naming the known ones; weights below zero or all zero raise PolicyError.
    """

    practice: Practice
    weights: Mapping[str, float]
    limits: Limits
    off: tuple[str, ...] = ()
    worth: Worth = "equal"
    retrieval: Retrieval = field(default_factory=Retrieval)

    def __post_init__(self) -> None:
        _known(Words("评分项", "criterion"), self.weights, [item.name for item in self.practice.criteria])
        _known(Words("规则", "rule"), self.off, [item.name for item in self.practice.rules])
        _known(Words("价值口径", "worth"), [self.worth], get_args(Worth))
        for name, weight in self.weights.items():
            if not (is_number(weight) and 0 <= weight <= MOST):
                raise PolicyError(
                    Words(
                        f"权重 {name} 应为0到{MOST}的数，得到 {weight!r}",
                        f"weight {name} must be a number from 0 to {MOST}, got {weight!r}",
                    )
                )
        if not any(self.weights.values()):
            raise PolicyError(Words("至少一项权重应大于0", "at least one weight must be above 0"))

    @classmethod
    def of(cls, practice: Practice) -> Policy:
        """Give the practice's default policy."""
        return cls(practice, dict(practice.weights), practice.limits)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are on, in the practice's order."""
        return tuple(rule for rule in self.practice.rules if rule.name not in self.off)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that weigh anything, in the practice's order."""
        return tuple(item for item in self.practice.criteria if self.points[item.name])

    @cached_property
    def points(self) -> dict[str, int]:
        """Most points of each criterion; they sum to FULL_SCORE (largest remainders get the odd points)."""
        names = [item.name for item in self.practice.criteria]
        total = math.fsum(self.weights.values())
        exact = [FULL_SCORE * self.weights.get(name, 0) / total for name in names]
        floors = [math.floor(value) for value in exact]
        order = sorted(range(len(names)), key=lambda i: (floors[i] - exact[i], i))
        for i in order[: FULL_SCORE - sum(floors)]:
            floors[i] += 1
        return dict(zip(names, floors, strict=True))

    def weigh(self, **weights: float) -> Policy:
        """Give the same policy with some weights changed."""
        return replace(self, weights={**self.weights, **weights})

    def limit(self, **limits: Any) -> Policy:
        """Give the same policy with some limits changed."""
        return replace(self, limits=self.limits.replace(**limits))

    def relaxed(self, changes: Iterable[Change]) -> Policy:
        """Give the same policy with the changes of a ConflictError made."""
        return replace(self, limits=reduce(lambda limits, change: change.apply(limits), changes, self.limits))

    def without_limit(self, *limits: str) -> Policy:
        """Give the same policy with some limits taken away; UnknownNameError where one is not set."""
        return replace(self, limits=self.limits.without(*limits))

    def without(self, *rules: str) -> Policy:
        """Give the same policy with some rules switched off."""
        return replace(self, off=tuple(sorted({*self.off, *rules})))

    def replace(self, **changes: Any) -> Policy:
        """Give the same policy with some parts exchanged."""
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Give the policy as plain data, every name spelt out."""
        return {
            "practice": self.practice.name,
            "worth": self.worth,
            "off": sorted(self.off),
            "weights": {item.name: self.weights.get(item.name, 0) for item in self.practice.criteria},
            "limits": self.limits.to_dict(),
            "retrieval": asdict(self.retrieval),
        }

    @property
    def fingerprint(self) -> str:
        """Hash of the policy: equal policies have equal fingerprints."""
        plain = self.to_dict()
        missing = {item.name: item.missing for item in self.practice.criteria}
        # 3 and 3.0 weigh the same and must not look like two policies
        numbers = {part: _as_floats(plain[part]) for part in ("weights", "limits")}
        text = json.dumps({**plain, **numbers, "missing": missing}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def to_toml(self) -> str:
        """Write the policy as TOML."""
        plain, lines = self.to_dict(), []
        for name in ("practice", "worth", "off"):
            lines.append(f"{name} = {_toml(plain[name])}")
        for table in _TABLES:
            several = {key: rows for key, rows in plain[table].items() if _is_tables(rows)}
            lines += _entries(f"[{table}]", {k: v for k, v in plain[table].items() if k not in several})
            for key, rows in several.items():
                lines += [line for row in rows for line in _entries(f"[[{table}.{key}]]", row)]
        return "\n".join(lines) + "\n"


def read_policy(path: str | Path, practice: Practice) -> Policy:
    """Read a policy file (TOML, or JSON by its ending); what it does not name keeps the default."""
    path = Path(path)
    try:
        # an editor of Windows puts a mark before the text
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        reason = Words(
            "权重方案应为UTF-8编码的文本文件（TOML、JSON）", "a policy is a text file in UTF-8 (TOML, JSON)"
        )
        raise FileError(reason, str(path)) from error
    except OSError as error:
        raise FileError(
            Words("读不了权重方案文件", f"cannot read the policy file: {error}"), str(path)
        ) from error
    try:
        plain = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PolicyError(
            Words(f"不是有效的权重方案文件：{error}", f"not a policy file: {error}"), str(path)
        ) from error
    return policy_from(plain, practice, where=str(path))


def policy_from(plain: Mapping[str, Any], practice: Practice, where: str = "") -> Policy:
    """Make a policy of plain data as ``Policy.to_dict`` gives it; missing parts keep the default.

    Raises UnknownNameError for a name and PolicyError for a type or value that does not fit.
    """
    try:
        return _policy(plain, practice)
    except ChainMatchError as error:
        error.where = error.where or where
        raise


def _policy(plain: Mapping[str, Any], practice: Practice) -> Policy:
    _check_shape(plain)
    _known(Words("业务", "practice"), [plain.get("practice", practice.name)], [practice.name])
    default = Policy.of(practice)
    _known(Words("检索设置", "retrieval setting"), plain.get("retrieval", {}), asdict(default.retrieval))
    return replace(
        default,
        weights={**default.weights, **plain.get("weights", {})},
        limits=default.limits.replace(**plain.get("limits", {})),
        off=tuple(plain.get("off", ())),
        worth=plain.get("worth", default.worth),
        retrieval=replace(default.retrieval, **plain.get("retrieval", {})),
    )


def _check_shape(plain: Any) -> None:
    """Raise where the parts of a policy are not of the types that ``Policy.to_dict`` gives."""
    _expect(Words("权重方案应由各个条目组成", "a policy must be a table of entries"), plain, Mapping)
    _known(Words("权重方案条目", "policy entry"), plain, ("practice", "worth", "off", *_TABLES))
    for name in _TABLES:
        words = Words(f"{name} 应为一组“名称 = 值”，写在 [{name}] 之下", f"{name} must be a table, [{name}]")
        _expect(words, plain.get(name, {}), Mapping)
    words = Words('off 应为规则名的列表，如 ["price"]', 'off must be a list of rules, such as ["price"]')
    _expect(words, plain.get("off", []), list | tuple)


def _as_floats(value: Any) -> Any:
    """Write every number as a float, however deep."""
    if isinstance(value, Mapping):
        return {name: _as_floats(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_floats(item) for item in value]
    return float(value) if is_number(value) else value


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _entries(heading: str, table: Mapping[str, Any]) -> list[str]:
    return ["", heading, *(f"{key} = {_toml(value)}" for key, value in table.items())]


def _toml(value: Any) -> str:
    """Write one value; texts, numbers, truth values and lists are written as in JSON."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_toml(str(key))} = {_toml(item)}" for key, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return json.dumps(value, ensure_ascii=False)


def _expect(words: Words, value: object, kind: Any) -> None:
    if not isinstance(value, kind):
        raise PolicyError(Words(f"{words.zh}，得到 {value!r}", f"{words.en}, got {value!r}"))


def _known(kind: Words, names: Iterable[Any], known: Iterable[str]) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            raise UnknownNameError(kind, name, known)
