#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a stranger gets: install into a folder, build docs/tour.c against it
with pkg-config, and run it."""
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

PROGRAMS = ["crate-convert", "crate-model-info", "crate-validate"]


def check(*command, **keywords):
    """The output of a command that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, **keywords)
    if done.returncode:
        raise RuntimeError("%s: %s%s" % (" ".join(command), done.stdout,
                                         done.stderr))
    return done.stdout


def find(folder, name):
    for path, _, names in os.walk(folder):
        if name in names:
            return os.path.join(path, name)
    raise RuntimeError("%s is not installed" % name)


def sanitized(build):
    """Whether the library needs a sanitizer's, which a stranger has not."""
    options = json.loads(check("meson", "introspect", "--buildoptions", build))
    return any(option["name"] == "b_sanitize" and option["value"] != "none"
               for option in options)


def build_tour(destination):
    """The tour, built as its first lines say."""
    pc = os.path.dirname(find(destination, "cratekit-0.pc"))
    environment = dict(os.environ, PKG_CONFIG_PATH=pc)
    environment["PKG_CONFIG_SYSROOT_DIR"] = destination
    flags = check("pkg-config", "--cflags", "--libs", "cratekit-0",
                  env=environment)
    program = os.path.join(destination, "tour")
    check(*shlex.split(os.environ.get("CC", "cc")),
          os.path.join(suite.ROOT, "docs", "tour.c"), "-o", program,
          *shlex.split(flags))
    return program


def cases(context):
    destination = tempfile.mkdtemp(prefix="cratekit-installed-")

    def install():
        if sanitized(context.programs):
            raise suite.Skip("a sanitizer has to be linked first")
        check("meson", "install", "-C", context.programs, "--no-rebuild",
              "--quiet", env=dict(os.environ, DESTDIR=destination))
        for name in PROGRAMS + [p + ".1" for p in PROGRAMS]:
            find(destination, name)

    def run_tour():
        if not shutil.which("pkg-config") or sanitized(context.programs):
            raise suite.Skip("there is no pkg-config, or a sanitizer")
        program = build_tour(destination)
        library = os.path.dirname(find(destination, "libcratekit.so.0"))
        done = subprocess.run(
            [program, os.path.join(suite.ROOT, "docs/examples/flawed")],
            env=dict(os.environ, LD_LIBRARY_PATH=library),
            capture_output=True, text=True)
        return None if done.returncode == 1 and "ro-crate" in done.stdout \
            else "exit status %d: %s" % (done.returncode, done.stderr)

    def everything():
        try:
            return install() or run_tour()
        finally:
            shutil.rmtree(destination)

    yield suite.Case("docs", "a-stranger-builds-the-tour", everything)


if __name__ == "__main__":
    sys.exit(suite.main("docs", cases))
