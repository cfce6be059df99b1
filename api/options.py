"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matching.words import Language

Needs = Annotated[
    Path, typer.Argument(metavar="NEEDS", help="需求清单：文件或文件夹 | list of needs: a file or a folder")
]
Offers = Annotated[
    Path, typer.Argument(metavar="OFFERS", help="产能清单：文件或文件夹 | list of offers: a file or a folder")
]
History = Annotated[Path | None, typer.Option(help="历史业绩清单 | list of past contracts")]
Enterprises = Annotated[Path | None, typer.Option(help="企业名录 | directory of enterprises")]
PolicyFile = Annotated[Path | None, typer.Option(help="权重方案（TOML、JSON）| policy (TOML, JSON)")]
PolicyFiles = Annotated[
    list[Path], typer.Option("--policy", help="权重方案，可多次给出 | a policy; may be given several times")
]
Pins = Annotated[
    Path | None,
    typer.Option(help="填好办理意见的方案工作簿 | a plan's workbook with hand decisions filled in"),
]
Out = Annotated[Path | None, typer.Option(help="写出的工作簿（.xlsx）| workbook to write (.xlsx)")]
AsJson = Annotated[bool, typer.Option("--json", help="标准输出只有 JSON | print nothing but JSON on stdout")]
AcceptValid = Annotated[
    bool,
    typer.Option("--accept-valid", help="跳过有错的行，其余继续 | leave out bad rows, go on with the rest"),
]
Seconds = Annotated[
    float | None, typer.Option(help="求解时间上限（秒）| ceiling of the solving time in seconds")
]
Gap = Annotated[
    float, typer.Option(help="差距证明到此即止（0至1）| stop once the proven gap is at most this (0 to 1)")
]
Seed = Annotated[int, typer.Option(help="随机种子 | random seed")]
Lang = Annotated[Language, typer.Option(help="输出语言 | language of what is printed")]
Terms = Annotated[
    list[Path] | None,
    typer.Option("--vocabulary", help="自有术语表（CSV），可多次给出 | own tables of terms (CSV)"),
]
Least = Annotated[int, typer.Option(help="至少出现在几行中 | least number of rows a term stands in")]
Most = Annotated[int, typer.Option(help="最多列出几个 | most terms to list")]
Kind = Annotated[
    str,
    typer.Option(
        help="清单种类：needs、offers、history、problems、experts、results、enterprises | kind of list"
    ),
]
Sheet = Annotated[Path, typer.Argument(metavar="SHEET", help="要检查的清单 | the list to check")]
Written = Annotated[Path, typer.Option("--out", help="写出的文件（.xlsx）| file to write (.xlsx)")]
Host = Annotated[str, typer.Option(help="监听地址，只能是本机 | address to listen at, this machine only")]
Port = Annotated[
    int, typer.Option(min=0, max=65535, help="端口，0 为任意空闲端口 | port; 0 takes a free one")
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="服务进程数 | processes that serve")]
Serve = Annotated[
    bool, typer.Option("--serve/--no-serve", help="求完方案后打开网页服务 | serve the pages after the plan")
]
