#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each public header stands alone: as C11 and as C++, with every warning.

The compilers are those of the environment (CC, CXX), cc and c++ else. Private
headers of the rooms are compiled alone too, as C.
"""
import os
import shlex
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

PUBLIC = os.path.join(suite.ROOT, "lib", "include")
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror",
            "-fsyntax-only"]
LANGUAGES = [
    ("c", ["-x", "c", "-std=c11", "-Wstrict-prototypes"], "CC", "cc"),
    ("c++", ["-x", "c++", "-std=c++17"], "CXX", "c++"),
]


def compile_alone(compiler, flags, include, folders):
    command = shlex.split(compiler) + flags + WARNINGS
    for folder in folders:
        command += ["-I", folder]
    done = subprocess.run(command + ["-"],
                          input="#include %s\ntypedef int Something;\n"
                          % include,
                          capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr[:2000]


def public_headers():
    folder = os.path.join(PUBLIC, "cratekit")
    return sorted(name for name in os.listdir(folder) if name.endswith(".h"))


def private_headers():
    for room in ("lib", "validate", "convert", "fuse"):
        for folder, _, names in os.walk(os.path.join(suite.ROOT, room)):
            if not folder.startswith(PUBLIC):
                for name in sorted(names):
                    if name.endswith(".h"):
                        yield os.path.join(folder, name)


def cases(context):
    for language, flags, variable, usual in LANGUAGES:
        compiler = os.environ.get(variable, usual)
        for name in public_headers():
            def run(compiler=compiler, flags=flags, name=name):
                if not shutil.which(shlex.split(compiler)[0]):
                    raise suite.Skip("there is no " + compiler)
                return compile_alone(compiler, flags,
                                     "<cratekit/%s>" % name, [PUBLIC])
            yield suite.Case("headers", "%s-%s" % (language, name), run)
    compiler = os.environ.get("CC", "cc")
    for path in private_headers():
        def run(path=path):
            return compile_alone(
                compiler, LANGUAGES[0][1] + ["-D_GNU_SOURCE",
                                             "-Wno-strict-prototypes"],
                '"%s"' % path,
                [PUBLIC, os.path.join(suite.ROOT, "lib"), suite.ROOT])
        yield suite.Case("headers", os.path.relpath(path, suite.ROOT), run)


if __name__ == "__main__":
    sys.exit(suite.main("headers", cases))
