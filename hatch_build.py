"""Compiles the inner loops, which are written in Cython, and for wheels the rules beside them, which are
plain Python with types, by mypyc; an install that can be edited runs those as they stand.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from Cython.Build import cythonize
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from mypyc.build import mypycify
from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext

LOOPS = ("tracker.quotations.cutting", "tracker.quotations.labelling")
RULES = (
    "tracker/resolution/[!_]*.py",
    "tracker/quotations/carried.py",
    "tracker/quotations/chains.py",
    "tracker/quotations/extents.py",
    "tracker/quotations/finding.py",
    "tracker/quotations/judging.py",
    "tracker/quotations/marks.py",
    "tracker/quotations/plain.py",
    "tracker/quotations/subjects.py",
    "tracker/tone/calibrated.py",
    "tracker/tone/ladder.py",
    "tracker/tone/names.py",
    "tracker/tone/patterns.py",
    "tracker/tone/plain.py",
    "tracker/tone/stance.py",
    "tracker/attribution.py",
)


class Compile(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook: it is called before files are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; the wheel is tagged for this machine and Python."""
        root = Path(self.root)
        build = root / "build"
        editable = version == "editable"
        slim = ["-g0"] if os.name == "posix" else []
        loops = [
            Extension(name, [f"{name.replace('.', '/')}.pyx"], extra_compile_args=slim) for name in LOOPS
        ]
        extensions = cythonize(loops, build_dir="build/cython", language_level=3)
        if not editable:
            rules = [str(path.relative_to(root)) for rule in RULES for path in sorted(root.glob(rule))]
            extensions += mypycify(
                ["--config-file=", "--cache-dir=build/mypy", "--ignore-missing-imports", *rules],
                opt_level="1",  # no slower, in half the time
                debug_level="0",
                multi_file=True,
                target_dir=str(build / "mypyc"),
                group_name="reaction_tracker",
            )
        command = build_ext(Distribution({"name": self.metadata.name, "ext_modules": extensions}))
        command.build_temp = str(build / "objects")
        # An install that can be edited finds what is compiled beside its source.
        command.build_lib = str(root if editable else build / "compiled")
        command.parallel = True
        command.ensure_finalized()
        command.run()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if not editable:
            for path in command.get_outputs():
                build_data["force_include"][path] = str(Path(path).relative_to(command.build_lib))
