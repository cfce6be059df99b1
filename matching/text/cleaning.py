"""Clean Chinese text: width, pinyin glosses, traditional characters, blanks; and tell what is no text at all.

The order matters: half width first (glosses stand in either bracket), then glosses (they follow the
traditional character), then OpenCC ``t2s``, then the variants it leaves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HANZI = r"\u3400-\u9fff"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"

_NARROWED = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2f00-\u2fdf\uf900-\ufaff]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]")
_GLOSS = re.compile(rf"(?<=[{HANZI}])[(（]([a-z{TONED}ü]{{1,7}})[)）]")
# One syllable without a tone mark (的(de)); units that happen to spell one are no gloss.
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"(?:[iu]?ang|iong|[eio]ng|ia[no]|ua[in]|[aeiu]n|[aeu]i|[aio]u|[iu]a|[iu]e|ao|uo|[aeiouü])"
)
_UNIT_WORDS = frozenset({"mu", "ha", "pa", "li", "he", "bi"})
# OpenCC reads 乾 as 干 even where it is the name of a county.
_PROTECTED = re.compile(r"(乾县|乾安)")
_VARIANTS = str.maketrans({"堿": "碱"})
_BROKEN_LINE = re.compile(rf"(?<=[{HANZI}])[ \t\u00a0\u3000]*[\r\n]+\s*(?=[{HANZI}])")

_GARBLED = re.compile(
    r"\ufffd|锟斤拷|烫烫烫|屯屯屯|[\x80-\x9f]|[\ue000-\uefff]"
    r"|[\u00c2-\u00f4][\u0080-\u00b6\u00b8-\u00bf]{1,3}"
    rf"|[{HANZI}][\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u04ff]{{1,4}}[{HANZI}]"
    rf"|[{HANZI}]\?{{2,}}[{HANZI}]"
)
_TEMPLATE = re.compile(
    r"[\[【<《{].*(?:请|描述|填写|填报|简述|简要|输入|示例|此处|\.\.\.|…).*[\]】>》}]"
    r"|[(（](?:请|此处|简要|示例|填写).*[)）]"
    r"|请(?:在此|填写|输入|简要|描述).*"
    r"|[Xx×_]{3,}"
)
_PLACEHOLDER = re.compile(
    r"[-/\\—─_.…*?？]+|[无空略]|暂无|[待未暂另]定|不详|不明确?|[面电]议|议价|(?:双方)?协商|n/?a|tbd|none|null|nan"
    r"|另行(?:通知|约定)|视情况|按实际|未知"
    r"|(?:公告|招标公告|文件|招标文件|原文)?(?:均|暂|尚)?未(?:明确|单独|另行|予)?"
    r"(?:列示|列明|公布|公示|提供|明确|填写|填报|公开|说明|确定|注明|知|载明)"
    r"|待(?:确定|确认|核实|补充|商定|通知|批复|议|填|核)"
    r"|(?:详见|参见|见)(?:.{0,12}(?:附件|附表|文件|合同|公告|清单|图纸|备注|说明|要求|正文|规定|协议|约定)).{0,6}"
    r"|(?:按照?|以|依照?|根据).{0,12}(?:合同|约定|为准|执行|规定|要求|通知|实际|文件).{0,8}"
    r"|合同(?:约定|规定)"
)
_OPENING = dict(zip("([{（【《“", ")]}）】》”", strict=True))


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)


def _simplify(text: str, taiwan: bool) -> str:
    convert = _converter("tw2sp" if taiwan else "t2s").convert
    parts = _PROTECTED.split(text)
    return "".join(part if _PROTECTED.fullmatch(part) else convert(part) for part in parts).translate(
        _VARIANTS
    )


def _without_gloss(found: re.Match[str]) -> str:
    inner = found[1]
    is_gloss = any(letter in TONED for letter in inner) or (
        bool(_SYLLABLE.fullmatch(inner)) and inner not in _UNIT_WORDS
    )
    return "" if is_gloss else found[0]


def tidy(text: str, *, taiwan: bool = False) -> str:
    """Clean a text for showing: as ``normalise``, but punctuation and symbols (（）。㎡) stay as written."""
    return _tidied(text, taiwan)


@lru_cache(maxsize=8192)  # the cells of a column repeat, and each is asked several questions
def _tidied(text: str, taiwan: bool) -> str:
    text = unicodedata.normalize("NFC", text)
    text = _NARROWED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _GLOSS.sub(_without_gloss, _INVISIBLE.sub("", text))
    if not text.isascii():
        text = _simplify(text, taiwan)
    return " ".join(_BROKEN_LINE.sub("", text).split())


def normalise(text: str, *, taiwan: bool = False) -> str:
    """Clean a text for comparing: half width, no pinyin glosses, simplified characters, single blanks.

    A line break between two hanzi vanishes, any other run of blanks becomes one. Brackets come out as "()".
    ``taiwan`` also turns Taiwan's words into the mainland's (軟體 → 软件).
    Source: Unicode NFKC; OpenCC t2s, tw2sp.
    """
    return tidy(unicodedata.normalize("NFKC", text), taiwan=taiwan)


def is_garbled(text: str) -> bool:
    """Tell whether a text shows a wrong character encoding: �, 锟斤拷, UTF-8 read as Latin-1, stray letters.

    Plain Latin letters between hanzi (枝江城市APP底座, 10KV配电) are no sign of it.
    """
    return bool(_GARBLED.search(text))


def is_template(text: str) -> bool:
    """Tell whether a text is an instruction of the form left standing ("[简要描述项目需求…]")."""
    return bool(_TEMPLATE.fullmatch(" ".join(text.split())))


def is_placeholder(text: str) -> bool:
    """Tell whether a text only says that there is no value: 待定, /, 公告未明确列示, template text."""
    plain = normalise(text).rstrip("。.;；!").casefold() or text.strip()
    return bool(_PLACEHOLDER.fullmatch(plain)) or is_template(text)


def _closed(text: str) -> bool:
    pending: list[str] = []
    for char in text:
        if char in _OPENING:
            pending.append(_OPENING[char])
        elif char in _OPENING.values() and (not pending or pending.pop() != char):
            return False
    return not pending


def _separates(text: str, at: int) -> bool:
    """Tell whether the mark at ``at`` divides: neither the comma of 1,250 nor the slash of GB/T."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in ",，":
        return not (before.isdigit() and after.isdigit())
    if text[at] == "/":
        return not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())
    return text[at] in "、；;|｜\n／"


def split_list(text: str) -> tuple[str, ...]:
    """Split an enumeration at 、，；;/| and line breaks, never inside brackets; empty parts are dropped."""
    heeds_brackets = _closed(text)
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in _OPENING) - (char in _OPENING.values()) if heeds_brackets else 0
        if depth == 0 and _separates(text, at):
            parts.append(text[start:at])
            start = at + 1
    tidied = (tidy(part) for part in [*parts, text[start:]])
    return tuple(part for part in tidied if part)
