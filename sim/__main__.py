"""The entry point of `nansha` and of `python -m sim`."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from typing import Any

INTERNAL_FAULT = 1
INTERRUPTED = 130


def main() -> int:
    """Run the command line and return its exit code; nobody sees a traceback."""
    _speak_utf8()
    try:
        return _run()
    except KeyboardInterrupt:
        print("nansha: interrupted 已中断", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; Python would complain once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERNAL_FAULT
    except Exception as error:
        if os.environ.get("NANSHA_TRACEBACK"):
            raise
        return _report(f"internal fault 程序内部故障: {type(error).__name__}: {error}", _FAULT_REMEDY, INTERNAL_FAULT)


_FAULT_REMEDY = "please report it with the scenario file; NANSHA_TRACEBACK=1 shows where it happened"


def _run() -> int:
    from typer.exceptions import TyperException

    from sim.cli.app import app

    try:
        code = app(standalone_mode=False, prog_name="nansha")
    except TyperException as error:
        return _usage(error)
    return code if isinstance(code, int) else 0


def _usage(error: Any) -> int:
    """Report a command line that cannot be read; a command line without anything gets the help."""
    message = error.format_message() if hasattr(error, "format_message") else "aborted"
    if message.startswith("Usage:"):
        print(message)
        return int(error.exit_code)
    command = error.ctx.command_path if getattr(error, "ctx", None) else "nansha"
    return _report(message, f"{command} --help", int(getattr(error, "exit_code", 2)))


def _report(what: str, remedy: str, code: int) -> int:
    from sim.cli.screen import Screen
    from sim.errors import Problem

    arguments = sys.argv[1:]
    chinese = "--lang=zh" in arguments or ("--lang", "zh") in pairwise(arguments)
    screen = Screen("zh" if chinese else "en", as_json="--json" in arguments)
    screen.problems([Problem(what, remedy=remedy)])
    return code


def _speak_utf8() -> None:
    """Write UTF-8 wherever the output goes: a Windows console's own code page has no room for both languages."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
