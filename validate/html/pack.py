#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pack.py STYLE SCRIPT HEAD TAIL: what stands before and behind a report.

The page's policy lets it load nothing and run only this script, so that not
even a mistake in escaping could make a crate's words run.
"""
import base64
import hashlib
import sys

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'">
<style>%s</style>
"""
TAIL = "<script>%s</script>\n</body>\n</html>\n"


def body(path):
    """A source without its first line, the licence."""
    with open(path, encoding="utf-8") as file:
        return "\n" + file.read().split("\n", 1)[1]


def digest(text):
    return "sha256-" + base64.b64encode(
        hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def main(style_path, script_path, head_path, tail_path):
    style, script = body(style_path), body(script_path)
    with open(head_path, "w", encoding="utf-8") as file:
        file.write(HEAD % (digest(style), digest(script), style))
    with open(tail_path, "w", encoding="utf-8") as file:
        file.write(TAIL % script)


if __name__ == "__main__":
    main(*sys.argv[1:])
