"""The ``chainmatch`` command: thin, every answer is the library's.

Exit codes: 0 a plan was written, unmet needs or not; 2 the input is bad; 3 mandatory limits conflict.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

import typer

from api.demo import run_demo
from api.exits import BAD_INPUT, exits
from api.inputs import Effort, Files, check_output, read_inputs
from api.options import (
    AcceptValid,
    AsJson,
    Enterprises,
    Gap,
    History,
    Host,
    Kind,
    Lang,
    Least,
    Most,
    Needs,
    Offers,
    Out,
    Pins,
    PolicyFile,
    PolicyFiles,
    Port,
    Seconds,
    Seed,
    Serve,
    Sheet,
    Terms,
    Workers,
    Written,
)
from api.practices import COMMANDS, form_of
from api.printing import (
    print_comparison,
    print_json,
    print_left_out,
    print_listing,
    print_plan,
    print_terms,
    print_unused,
)
from api.progress import progress_bar
from api.serving import described, serve_locally
from api.settings import read_settings
from matching import Practice, Words, read_vocabulary
from matching.sheets import read_listing, write_returned, write_template
from matching.vocabulary import base_vocabulary, unknown_terms

app = typer.Typer(
    name="chainmatch",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="产业链供需对接：从 Excel 清单到最优、有证明、有理由的对接方案。 | "
    "Match supply with demand: from an Excel list to an optimal, proven, explained plan.",
)
DEFAULT = Words("默认", "default")


def names_of(policies: Sequence[Path], default: str) -> list[str]:
    """Name plans by their policy files, the default one first, none twice."""
    names = [default]
    for path in policies:
        name, number = path.stem, 2
        while name in names:
            name, number = f"{path.stem} ({number})", number + 1
        names.append(name)
    return names


@app.callback()
def _prepare() -> None:
    """Let no terminal's encoding turn a sentence into a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def planning(practice: Practice) -> Callable[..., None]:
    """Make the command that plans one practice."""

    def plan(  # noqa: PLR0913 - every option is one thing a user may want to say
        needs: Needs,
        offers: Offers,
        history: History = None,
        enterprises: Enterprises = None,
        policy: PolicyFile = None,
        pins: Pins = None,
        vocabulary: Terms = None,
        out: Out = None,
        as_json: AsJson = False,
        seconds: Seconds = None,
        gap: Gap = 0.0,
        seed: Seed = 0,
        accept_valid: AcceptValid = False,
        lang: Lang = "zh",
    ) -> None:
        """由双方清单得出对接方案 | Plan deals between both lists."""
        policies = (policy,) if policy else ()
        own = tuple(vocabulary or ())
        files = Files(needs, offers, history, enterprises, policies, pins, accept_valid, own)
        with exits(lang):
            check_output(out, needs, offers, history, enterprises, pins)
            effort = Effort(seconds, gap, seed)
            inputs = read_inputs(practice, files)
            print_unused(history, practice, lang)
            print_left_out(inputs.listings, lang)
            with progress_bar(lang) as progress:
                made = inputs.plan(inputs.policies[-1], effort, progress)
            if out:
                made.to_sheet(out)
            if as_json:
                print_json(made.to_dict(lang))
            else:
                print_plan(made, inputs.listings, out, lang)

    return plan


for _name, _practice in COMMANDS.items():
    app.command(_name)(planning(_practice))


@app.command()
def compare(  # noqa: PLR0913 - every option is one thing a user may want to say
    needs: Needs,
    offers: Offers,
    policy: PolicyFiles,
    history: History = None,
    enterprises: Enterprises = None,
    as_json: AsJson = False,
    seconds: Seconds = None,
    gap: Gap = 0.0,
    seed: Seed = 0,
    accept_valid: AcceptValid = False,
    lang: Lang = "zh",
) -> None:
    """并排比较几种权重方案，默认方案在先 | Put plans under several policies side by side."""
    files = Files(needs, offers, history, enterprises, tuple(policy), None, accept_valid)
    with exits(lang):
        effort = Effort(seconds, gap, seed)
        inputs = read_inputs(COMMANDS["plan"], files)
        print_left_out(inputs.listings, lang)
        with progress_bar(lang) as progress:
            names = names_of(files.policies, "default" if as_json else DEFAULT.say(lang))
            compared = inputs.compare(names, effort, progress)
        print_comparison(compared, as_json, lang)


@app.command()
def check(sheet: Sheet, kind: Kind, out: Out = None, as_json: AsJson = False, lang: Lang = "zh") -> None:
    """只读入并检查一份清单 | Read a list and say what is wrong with it."""
    with exits(lang):
        check_output(out, sheet)
        form = form_of(kind)
        listing = read_listing(sheet, form, accept_valid=True)
        if out:
            write_returned(listing, out)
        print_listing(listing, as_json, lang)
    if any(row.action == "reject" for row in listing.rows):
        raise typer.Exit(BAD_INPUT)


@app.command()
def vocabulary(  # noqa: PLR0913 - every option is one thing a user may want to say
    sheet: Sheet,
    kind: Kind,
    own: Terms = None,
    least: Least = 3,
    most: Most = 50,
    as_json: AsJson = False,
    lang: Lang = "zh",
) -> None:
    """列出清单里术语库不认识的高频词和相近概念 | List frequent unknown terms and the nearest concepts."""
    with exits(lang):
        listing = read_listing(sheet, form_of(kind), accept_valid=True)
        known = read_vocabulary(own) if own else base_vocabulary()
        print_terms(unknown_terms(listing.texts(), known, least=least, most=most), as_json, lang)


@app.command()
def template(kind: Kind, out: Written, lang: Lang = "zh") -> None:
    """写出空白表 | Write an empty form with notes and drop-downs."""
    with exits(lang):
        check_output(out)
        write_template(form_of(kind), out)


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1, lang: Lang = "zh") -> None:
    """打开本机的网页服务 | Serve the pages and the HTTP API on this machine."""
    with exits(lang):
        serve_locally(read_settings(), host, port, workers, lang)


@app.command()
def demo(serve: Serve = False, port: Port = 8000, lang: Lang = "zh") -> None:
    """在示例市场上运行 | Plan the demo market, then serve it if asked to."""
    with exits(lang):
        settings = read_settings()
        run_demo(settings, lang)
        if serve:
            # the demo is where people look around, so its API describes itself
            serve_locally(settings.model_copy(update={"docs": True}), "127.0.0.1", port, 1, lang)


@app.command()
def openapi() -> None:
    """输出 HTTP 接口的 OpenAPI 描述 | Print the OpenAPI description of the HTTP API."""
    print_json(described())
