"""What a text is about: its first clause that names anything, bare names behind it, and what it repeats."""

from __future__ import annotations

import pytest

from matching.supply.topics import Topic, topic_of
from matching.vocabulary import Vocabulary, base_vocabulary
from matching.vocabulary.concepts import Concept, Row

VOCABULARY = Vocabulary.of(
    Row(concept, "test", line)
    for line, concept in enumerate(
        (
            Concept("阀门", kind="product"),
            Concept("蝶阀", "阀门", kind="product", terms=("butterfly valve",)),
            Concept("闸阀", "阀门", kind="product"),
            Concept("法兰", kind="part"),
            Concept("离心泵", kind="equipment"),
            Concept("加工中心", kind="equipment"),
            Concept("施工", kind="service"),
        )
    )
)


@pytest.mark.parametrize(
    ("text", "main", "besides"),
    [
        ("", (), ()),
        ("来图加工", (), ()),
        ("专业生产蝶阀、闸阀，拥有加工中心20台。", ("蝶阀", "闸阀"), ("加工中心",)),
        ("主要产品：蝶阀，法兰，闸阀；与离心泵厂家长期合作。", ("蝶阀", "法兰", "闸阀"), ("离心泵",)),
        ("公司位于镇江，主营蝶阀。可配套法兰。", ("蝶阀",), ("法兰",)),
        ("主营蝶阀。曾为离心泵项目配套，其中butterfly valve产能充足。", ("蝶阀",), ("离心泵",)),
        ("主营蝶阀，另供法兰。法兰常年备有现货。", ("蝶阀", "法兰"), ()),
        ("业务类型：施工。代表项目：离心泵基础。", (), ("离心泵",)),
        ("蝶阀施工", ("蝶阀",), ()),
    ],
)
def test_topic(text: str, main: tuple[str, ...], besides: tuple[str, ...]) -> None:
    assert topic_of((text,), VOCABULARY) == Topic(main, besides)


def test_the_next_text_speaks_where_the_first_has_no_topic() -> None:
    assert topic_of(("筏门一批", "采购蝶阀，另配法兰一副。"), VOCABULARY) == Topic(("蝶阀",), ("法兰",))
    assert topic_of(("闸阀采购", "采购蝶阀，配法兰。"), VOCABULARY) == Topic(("闸阀",))


def test_what_a_text_without_topic_mentions_is_mentioned_still() -> None:
    assert topic_of(("施工。离心泵", "蝶阀"), VOCABULARY).main == ("蝶阀",)
    assert topic_of(("施工。离心泵", ""), VOCABULARY) == Topic((), ("离心泵",))


def test_a_builder_of_a_battery_plant_makes_no_batteries() -> None:
    text = "业务类型：工程总承包。代表项目：智能锂电池产业园项目"
    topic = topic_of((text,), base_vocabulary())
    assert topic.main == ()
    assert "锂离子电池" in topic.besides
