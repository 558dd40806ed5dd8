"""The benchmark's results as a page and a chart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_OURS = "#1f5fa8"
_OTHERS = "#9a9a9a"
_NOT_OURS = ("digits", "spaCy", "model alone", "Recognizers", "text2num", "quantulum3")


def write(results: Mapping[str, Any], folder: Path) -> None:
    """Write ``benchmark.md`` and, where matplotlib is installed, ``benchmark.svg`` to a folder."""
    folder.mkdir(exist_ok=True)
    drawn = _chart(results, folder / "benchmark.svg")
    picture = "\n![words a second, logarithmic](benchmark.svg)\n" if drawn else ""
    (folder / "benchmark.md").write_text(table(results) + picture, encoding="utf-8")


def table(results: Mapping[str, Any]) -> str:
    """Return the results as Markdown."""
    machine = results["machine"]
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    lines = [
        "# Speed and memory",
        "",
        f"Made by `make bench` on {machine['date']}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['system']}, Python {machine['python']}; {packages}.",
        f"The contenders ran in turn, {results['rounds']} times; medians. The ratio to the quantity stage is taken "
        "round by round and says more than the figures themselves, which depend on the machine and on what else it "
        "did. One core, except where two processes or commands are named; a command counts from its start, and of two "
        "commands each has half of the text. "
        "What each contender does stands in `benchmarks/contenders.py`.",
    ]
    for name, text in results["texts"].items():
        lines += ["", f"## {name}", ""]
        lines.append(
            f"{text['words']:,} words ({text['bytes'] / 1e6:.1f} MB) in {text['documents']:,} documents, "
            f"{text['quantities_per_1000_words']} quantities in 1,000 words."
        )
        with_peak = any("peak_mb" in row for row in text["contenders"].values())
        lines += ["", "| contender | words/s | least to most | MB/s | ratio |" + (" peak MB |" if with_peak else "")]
        lines.append("| --- | ---: | ---: | ---: | ---: |" + (" ---: |" if with_peak else ""))
        for contender, row in text["contenders"].items():
            rate = row["words_per_s"]
            cells = [
                contender, f"{rate['median']:,.0f}", f"{rate['min']:,.0f} to {rate['max']:,.0f}",
                f"{row['mb_per_s']:g}", f"{row['ratio']['median']:g}",
            ]  # fmt: skip
            if with_peak:
                cells.append(f"{row['peak_mb']:,.0f}" if "peak_mb" in row else "")
            lines.append(f"| {' | '.join(cells)} |")
        lines += ["", "| what is gained | times | least to most |", "| --- | ---: | ---: |"] if text["gains"] else []
        lines += (
            f"| {gain} | {times['median']:g} | {times['min']:g} to {times['max']:g} |"
            for gain, times in text["gains"].items()
        )
    lines += ["", "## What the modes find", "", "F1 in per cent on the dev articles of the project's gold.", ""]
    measures = list(next(iter(results["scores"].values())))
    lines += [f"| contender | {' | '.join(measures)} |", "| --- |" + " ---: |" * len(measures)]
    lines += (
        f"| {name} | {' | '.join(f'{found[measure]:g}' for measure in measures)} |"
        for name, found in results["scores"].items()
    )
    lines += ["", "## One document of growing size, quantity stage", "", "| MB | s | words/s | peak MB |"]
    lines.append("| ---: | ---: | ---: | ---: |")
    lines += (
        f"| {row['megabytes']} | {row['seconds']:g} | {row['words_per_s']:,.0f} | {row['peak_mb']:,.0f} |"
        for row in results["growth"]
    )
    lines += ["", "## Start-up: wall time of the command on one short file", ""]
    lines += (f"- `{name}`: {spent:g} s" for name, spent in results["start_up_s"].items())
    if results["skipped"]:
        lines += ["", "## Not measured", ""]
        lines += (f"- {name}: {reason}" for name, reason in results["skipped"].items())
    return "\n".join(lines) + "\n"


def _chart(results: Mapping[str, Any], path: Path) -> bool:
    try:
        import matplotlib
    except ImportError:
        return False
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "cifre"  # the same results make the same file
    from matplotlib import pyplot

    name, text = next(iter(results["texts"].items()))
    rows = sorted(text["contenders"].items(), key=lambda row: row[1]["words_per_s"]["median"])
    rates = [row["words_per_s"]["median"] for _, row in rows]
    colours = [_OTHERS if contender.startswith(_NOT_OURS) else _OURS for contender, _ in rows]
    figure, axes = pyplot.subplots(figsize=(8, 0.32 * len(rows) + 1))
    bars = axes.barh([contender for contender, _ in rows], rates, color=colours)
    axes.bar_label(bars, [f"{rate:,.0f}" for rate in rates], padding=3, fontsize=8)
    axes.set_xscale("log")
    axes.margins(x=0.25)
    axes.set_xlabel(f"words a second, logarithmic ({name})")
    axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return True
