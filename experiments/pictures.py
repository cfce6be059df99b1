"""Pictures of results: bars with Chinese labels, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

#: what a viewer is asked for, first the one it has
FONT = "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"


def draw_bars(bars: Mapping[str, float], title: str, axis: str, path: Path) -> None:
    """Draw one horizontal bar a name, in the order given, with its value beside it."""
    import altair as alt

    rows = [{"name": name, "value": value, "told": f"{value:.1f}"} for name, value in bars.items()]
    base = alt.Chart(alt.InlineData(rows), title=title, width=520, height=28 * len(rows)).encode(
        x=alt.X("value:Q", title=axis), y=alt.Y("name:N", sort=list(bars), title=None)
    )
    told = base.mark_text(align="left", dx=4).encode(text="told:N")
    chart = (base.mark_bar(color="#2f6f8f") + told).configure(font=FONT).configure_axis(labelLimit=300)
    chart.save(path)


Curves = tuple[Sequence[Mapping[str, object]], str, str, str, str]


def draw_curves(panels: Sequence[Curves], path: Path) -> None:
    """Draw panels side by side: rows with a ``kind``, two values on logarithmic axes, titles of both."""
    import altair as alt

    charts = [
        alt.Chart(alt.InlineData(list(rows)), width=300, height=260)
        .mark_line(point=True)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, scale=alt.Scale(type="log")),
            y=alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(type="log")),
            color=alt.Color("kind:N", title=None),
        )
        for rows, x, y, x_title, y_title in panels
    ]
    chart = alt.hconcat(*charts).resolve_scale(color="independent")
    chart.configure(font=FONT).configure_legend(orient="bottom", columns=1, labelLimit=300).save(path)
