#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The conformance suite of BagIt: each bag as a folder and in archives."""
import os
import sys
import tarfile
import tempfile
import zipfile

import suite

# What each folder of the suite expects: exit status, and whether it warns.
VERDICTS = {"valid": (0, None), "invalid": (1, None), "warning": (0, True),
            "linux-only": (1, None), "windows-only": (1, None)}


def as_zip(bag, scratch):
    path = os.path.join(scratch, "bag.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, _, names in os.walk(bag):
            for name in names:
                full = os.path.join(folder, name)
                archive.write(full, "bag/" + os.path.relpath(full, bag))
    return path


def as_tar(bag, scratch):
    path = os.path.join(scratch, "bag.tar.gz")
    with tarfile.open(path, "w:gz") as archive:
        archive.add(bag, "bag")
    return path


PACKAGES = {"folder": lambda bag, scratch: bag, "zip": as_zip, "tar": as_tar}


def judge(context, bag, pack, verdict):
    status, warns = verdict
    with tempfile.TemporaryDirectory() as scratch:
        answer = context.call("crate-validate",
                              PACKAGES[pack](bag, scratch))
    if answer.crashed():
        return "crashed: " + answer.complaint()
    said = answer.out.decode("utf-8", "replace")
    if answer.status != status:
        return "exit %d, not %d: %s" % (answer.status, status,
                                        (said + answer.err)[-300:])
    if "bagit-1.0" not in said:
        return "was not judged as a bag: " + said[-300:]
    return "no warning" if warns and ": warning: " not in said else None


def cases(context):
    top = context.folder("bagit")
    if not top:
        yield suite.absent("bagit", "bagit")
    for version in sorted(os.listdir(top)) if top else ():
        for kind, verdict in sorted(VERDICTS.items()):
            folder = os.path.join(top, version, kind)
            bags = os.listdir(folder) if os.path.isdir(folder) else ()
            for bag in sorted(bags):
                path = os.path.join(folder, bag)
                for pack in PACKAGES if os.path.isdir(path) else ():
                    yield suite.Case(
                        "bagit", "%s/%s/%s/%s" % (version, kind, bag, pack),
                        lambda p=path, k=pack, v=verdict: judge(
                            context, p, k, v))


if __name__ == "__main__":
    sys.exit(suite.main("bagit", cases))
