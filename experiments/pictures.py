"""Pictures of results: bars with Chinese labels, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
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
