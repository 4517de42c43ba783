"""Put a run of the evaluation into docs/method.md: ``python docs/measured.py OUTPUT --date 2026-11-24``.

OUTPUT is what the evaluation printed: ``== set`` lines, and lines of ``name value`` pairs two spaces apart, those of
the tone sets after the set's and the field's name. The version is the installed package's.
"""

from __future__ import annotations

import argparse
import re
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).with_name("method.md")
_BETWEEN = re.compile(r"(?<=<!-- measured: begin -->\n).*?(?=<!-- measured: end -->)", re.DOTALL)
_FIGURE = re.compile(r"(\S.*?) (\d\.\d{3})(?:  |$)")
_TONE = re.compile(r"(\w+_dev)\s+(vader|tone|stance)\s+(.*)")
_SETS = {
    "polnear": "PolNeAR, development part: 84 articles of American political news",
    "world": "World, development part: 19 articles on international events, 210 reactions",
    "tone": "Sentences labelled for tone or for conflict and cooperation, development parts",
}


def tables(output: str) -> str:
    """The evaluation's figures as Markdown, one table a set."""
    lines: list[str] = []
    kind = ""
    for line in output.splitlines():
        if line.startswith("== "):
            kind = line[3:].strip()
            lines += ["", f"### {_SETS[kind]}", ""]
            columns = ("set", "scored by", "figures") if kind == "tone" else ("figure", "value")
            lines += [f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|"]
        elif match := _TONE.match(line):
            figures = "; ".join(f"{name} {value}" for name, value in _FIGURE.findall(match[3]))
            lines.append(f"| {match[1].removesuffix('_dev')} | {match[2]} | {figures} |")
        else:
            lines += [f"| {name} | {value} |" for name, value in _FIGURE.findall(line.strip())]
    return "\n".join(lines).strip()


def main() -> None:
    """Rewrite the measured part of the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--date", required=True)
    options = parser.parse_args()
    heading = f"Version {version('reaction-tracker')}, measured on {options.date}.\n\n"
    measured = heading + tables(options.output.read_text(encoding="utf-8")) + "\n"
    PAGE.write_text(_BETWEEN.sub(lambda _: measured, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
