#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pack.py STYLE HEAD: what every page of a crate begins with.

The page's policy lets it load nothing and run no script, so that not even a
mistake in escaping could make a crate's words run. It is HTML that XML parsers
read, too.
"""
import base64
import hashlib
import sys

HEAD = """<!DOCTYPE html>
<html lang="en" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"/>
<style>%s</style>
"""


def main(style_path, head_path):
    with open(style_path, encoding="utf-8") as file:
        style = "\n" + file.read().split("\n", 1)[1]  # without the licence
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    with open(head_path, "w", encoding="utf-8") as file:
        file.write(HEAD % (base64.b64encode(digest).decode("ascii"), style))


if __name__ == "__main__":
    main(*sys.argv[1:])
