"""Make the lists an office would have held on an earlier day, to choose weights without later outcomes.

::

    python -m experiments.past_lists FOLDER [YYYY-MM-DD YYYY-MM-DD]

Reads the award and shortlist notices of the real data (CHAINMATCH_REAL_DATA), takes lots awarded between
the two days (default 2025-09-01, 2025-10-01) as needs, and everything before the first day as offers and
history; writes 采购需求清单.csv, 供给能力清单.csv, 历史业绩.csv and outcome.csv into FOLDER for
``experiments.list_ranking``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

WORK = {
    "监理": "监理",
    "全过程|代建|项目管理": "全咨",
    "造价|审计|结算": "造价",
    "勘察|勘测|测绘": "勘察",
    "总承包|EPC|epc": "EPC",
    "设计": "设计",
    "检测|监测|评估": "检测",
    "设备|采购|供货|材料": "采购",
    "维护|养护|物业|服务|运营": "服务",
}
FIELDS = {
    "水利|灌区|水库|河|堤": "水利",
    "公路|道路|路面|桥": "公路市政道路",
    "土地|高标准|农田": "土地整治/高标准农田",
    "电力|配电|充电": "电力",
    "学校|医院|楼|房|居|厂房": "房屋建筑",
    "管网|污水|供水|排水": "供排水管网",
    "园林|绿化|景观": "园林绿化",
    "矿|尾矿|修复|治理": "生态修复治理",
    "装修|装饰|改造": "装修改造",
    "信息|智慧|系统|平台": "信息系统",
}
COUNTIES = {"高新": "宜昌高新区", "五峰": "五峰土家族自治县", "长阳": "长阳土家族自治县"}
COUNTIES |= {name: f"{name}区" for name in ("夷陵", "猇亭", "点军", "西陵", "伍家岗")}
COUNTIES |= {name: f"{name}市" for name in ("当阳", "宜都", "枝江")}
COUNTIES |= {name: f"{name}县" for name in ("远安", "兴山", "秭归")}
CITY = "市本级"


def first(table: dict[str, str], text: str, default: str) -> str:
    """Give the name of the first pattern a text holds."""
    return next((name for pattern, name in table.items() if re.search(pattern, text)), default)


def lot(title: str) -> str:
    """Give a title without the number of the tender and blanks: the same lot in both kinds of notice."""
    return re.sub(r"[（(]第[^）)]*[）)]|\s", "", title)


def common(values: Iterable[str], most: int | None = None) -> list[str]:
    """Give the distinct values, most frequent first."""
    return [str(name) for name in pd.Series(list(values), dtype=object).value_counts().index[:most]]


def notices(folder: Path, before: str, banned: set[str]) -> pd.DataFrame:
    """Give won and shortlisted lots before a day, one row per firm; days out of all reason are unknown."""
    awards = pd.read_csv(folder / "cn_yichang_awards.csv").fillna({"scope": ""})
    days = awards["duration_days"]
    won = awards.assign(
        firm=awards["consortium"].str.split("|"),
        outcome="won",
        days=days.where((days >= 10) & (days < 1900)),
    )
    short = pd.read_csv(folder / "cn_yichang_candidates.csv")
    short = short[(short["rank"] <= 3) & ~short["title"].map(lot).isin(banned)]
    short = short.assign(
        firm=short["bidder"].str.split("[;；、，,]"), outcome="shortlisted", scope="", days=None
    )
    both = pd.concat([won, short]).explode("firm")
    names = (
        both["firm"].str.replace(r"[（(]?(牵头人|成员|联合体|主体)[^）)]*[)）]?", "", regex=True).str.strip()
    )
    both = both.assign(firm=names, place=both["county"].map(COUNTIES).fillna(CITY))
    return both[(both["date"] < before) & (both["firm"].str.len() > 4)]


def scale(rows: pd.DataFrame) -> float | None:
    """Give the most work per quarter (10,000 CNY) a firm had at once, or might have had by its bids."""
    won = rows[(rows["outcome"] == "won") & rows["price_cny"].notna()]
    if won.empty:
        bid = rows["price_num"].max()
        return None if pd.isna(bid) else float(bid) / 105 * 90 / 1e4
    days = won["days"].fillna(105).astype(float).clip(lower=90)
    work, start = won["price_cny"] / won["n_members"] / days * 90, pd.to_datetime(won["date"])
    end = start + pd.to_timedelta(days, unit="D")
    return float(max(work[(start <= day) & (end >= day)].sum() for day in start)) / 1e4


def offer(firm: str, rows: pd.DataFrame, day: str) -> dict[str, object]:
    """Describe a firm by what is known of it before a day."""
    won = rows[rows["outcome"] == "won"]
    titles = list(dict.fromkeys(lot(title) for title in rows.sort_values("outcome")["title"][::-1]))
    kinds = common(first(WORK, title, "施工") for title in titles)
    fields = common((first(FIELDS, title, "其他") for title in titles), 4)
    running = pd.to_datetime(won["date"]) + pd.to_timedelta(won["days"].fillna(105).astype(float), unit="D")
    return {
        "企业名称": firm,
        "能力描述": f"业务类型：{'、'.join(kinds)}。专业方向：{'、'.join(fields)}。"
        f"中标{len(won)}项、入围{len(rows) - len(won)}项。代表项目：{'；'.join(titles[:5])}。",
        "服务区域": "、".join(common(rows["place"])),
        "可承接规模(万元/季)": scale(rows),
        "在手合同数": int((running > pd.Timestamp(day)).sum()),
        "备注": "规模按历史合同推算",
    }


def needs(lots: pd.DataFrame) -> pd.DataFrame:
    """Write awarded lots as needs; the budget is the price."""
    kinds = [first(WORK, title, "施工") for title in lots["title"]]
    fields = [
        first(FIELDS, f"{title}{scope}", "其他")[:2]
        for title, scope in zip(lots["title"], lots["scope"], strict=True)
    ]
    days = lots["duration_days"]
    return pd.DataFrame(
        {
            "需求编号": [f"D-{number:04d}" for number in range(1, len(lots) + 1)],
            "需求单位": lots["buyer"],
            "需求名称": lots["title"],
            "需求内容": lots["scope"],
            "类别": [f"{kind}·{field}" for kind, field in zip(kinds, fields, strict=True)],
            "所在地(县市区)": lots["county"].map(COUNTIES).fillna(CITY),
            "预算(万元)": lots["price_cny"] / 1e4,
            "工期(天)": days.where((days >= 10) & (days < 1900)),
            "发布日期": lots["date"],
        }
    )


def write(folder: Path, data: Path, start: str, end: str) -> None:
    """Write the four files of one window."""
    awards = pd.read_csv(data / "cn_yichang_awards.csv").fillna({"scope": ""})
    lots = awards[(awards["date"] >= start) & (awards["date"] < end)].reset_index(drop=True)
    known = notices(data, start, {lot(title) for title in lots["title"]})
    won = known[known["outcome"] == "won"]
    history = {
        "企业名称": "firm",
        "业主": "buyer",
        "项目名称": "title",
        "内容": "scope",
        "县市区": "place",
        "日期": "date",
    }
    asked = needs(lots)
    tables = {
        "采购需求清单": asked,
        "供给能力清单": pd.DataFrame([offer(str(firm), rows, start) for firm, rows in known.groupby("firm")]),
        "历史业绩": pd.DataFrame({zh: won[column] for zh, column in history.items()}),
        "outcome": pd.DataFrame(
            {"需求编号": asked["需求编号"], "牵头中标人": lots["winner"], "全部中标人": lots["consortium"]}
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.to_csv(folder / f"{name}.csv", index=False)


def main() -> None:
    """Write the lists of one window."""
    start, end = sys.argv[2:4] if len(sys.argv) > 3 else ("2025-09-01", "2025-10-01")
    write(Path(sys.argv[1]), Path(os.environ["CHAINMATCH_REAL_DATA"]) / "awards", start, end)


if __name__ == "__main__":
    main()
