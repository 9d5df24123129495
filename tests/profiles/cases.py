# SPDX-License-Identifier: Apache-2.0
"""The crates that the rules of a profile are tested with.

A folder beside this file is a profile, of the folder's name or of base.json's
"profile". Its base.json is a sound crate, with
the "versions" of the profile that it is for; @VERSION@ stands for the version,
and "variants" holds patches for single versions. Each file of broken/ is named
after a rule and holds one or more cases, each the smallest change that breaks
that rule and no other of its severity or above; the cases of valid/ break
none. A case is an object with

    patch      RFC 6902 operations on the metadata document
    text       [old, new] pairs replaced in the document's text after that
    bytes      the document itself, in Latin-1, where no text would do
    files      path -> contents, a text or {"base64": "..."}, or null to
               leave a file of the base out; a path that ends in / is an
               empty folder
    pack       "folder" (default, or what base.json says), "zip", "crate.zip", "top-folder.zip", "eln",
               "folder.eln", "document", "detached", "bag" or "bag.zip"
    mend       RFC 6902 operations that make the broken document sound again;
               needed where the patch adds an entity, unless "mended" is
               "base": the sound form is the base
    versions   those of the rule that the case is for; default: all
    arguments  more arguments for crate-validate, besides those of base.json;
               @SCRATCH@ is the folder that holds the crate
    beside     path -> contents, as files, of what lies beside the crate
    at         JSON pointer of the finding; null when it has no place
    count      how many findings of the rule there are (default 1)
    least      of a valid case: the least severity that it must be free of
               (default: "least" of base.json, else "info")

Entities of the base's "tail" follow those of the case, so that cases may add
to @graph without knowing of them; "/@tail/0" is the first in a patch. What the
document is called in old versions is said by the base's "metadata".
"""
import base64
import copy
import glob
import hashlib
import json
import os
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
METADATA = "ro-crate-metadata.json"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def locate(document, pointer):
    """The container and the key that a JSON pointer names in it."""
    parts = [p.replace("~1", "/").replace("~0", "~")
             for p in pointer.split("/")[1:]]
    for part in parts[:-1]:
        document = document[int(part) if isinstance(document, list) else part]
    last = parts[-1]
    if isinstance(document, list) and last != "-":
        last = int(last)
    return document, last


def patch(document, operations):
    """RFC 6902, as far as the cases use it."""
    for operation in operations:
        container, key = locate(document, operation["path"])
        if operation["op"] == "remove":
            del container[key]
        elif operation["op"] == "replace":
            assert key in container or isinstance(container, list), key
            container[key] = operation["value"]
        elif isinstance(container, list):
            container.insert(len(container) if key == "-" else key,
                             operation["value"])
        else:
            container[key] = operation["value"]
    return document


def document_of(case, base, version):
    """The bytes of the metadata document."""
    if "bytes" in case:
        return case["bytes"].encode("latin-1")
    document = copy.deepcopy(base["document"])
    document["@tail"] = copy.deepcopy(base.get("tail", []))
    variant = base.get("variants", {}).get(version, [])
    document = patch(document, copy.deepcopy(variant + case.get("patch", [])))
    tail = document.pop("@tail", [])
    if isinstance(document.get("@graph"), list):
        document["@graph"] += tail
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    for old, new in case.get("text", []):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.replace("@VERSION@", version).encode("utf-8")


def files_of(case, base, version):
    """Path -> bytes of everything in the crate."""
    files = {path: text.encode("utf-8")
             for path, text in base["files"].items()}
    files[METADATA] = document_of(case, base, version)
    for path, text in case.get("files", {}).items():
        if text is None:
            del files[path]
        elif isinstance(text, dict):
            files[path] = base64.b64decode(text["base64"])
        else:
            files[path] = text.replace("@DOCUMENT@", files.get(
                METADATA, b"").decode("utf-8", "replace")).encode("utf-8")
    return files


def beside_of(case, base):
    """Path -> bytes of what lies beside the crate."""
    beside = dict(base.get("beside", {}), **case.get("beside", {}))
    return {path: base64.b64decode(content["base64"])
            if isinstance(content, dict) else content.encode("utf-8")
            for path, content in beside.items() if content is not None}


def arguments_of(case, base, scratch):
    """More arguments; and the files they are about, beside the crate."""
    write_folder(scratch, beside_of(case, base))
    return [text.replace("@SCRATCH@", scratch) for text in
            base.get("arguments", []) + case.get("arguments", [])]


def write_folder(folder, files):
    for path, content in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if not path.endswith("/"):
            with open(full, "wb") as file:
                file.write(content)
    return folder


def write_zip(path, files, top=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    return path


def bag_of(files):
    """Path -> bytes of a bag around the crate; paths that start with ^ are the bag's own."""
    own = {p[1:]: c for p, c in files.items() if p.startswith("^")}
    payload = {"data/" + p: c for p, c in files.items()
               if not p.startswith("^")}
    manifest = "".join("%s  %s\n" % (
        hashlib.sha512(payload[p]).hexdigest(), p) for p in sorted(payload))
    bag = {"bagit.txt": b"BagIt-Version: 1.0\n"
                        b"Tag-File-Character-Encoding: UTF-8\n",
           "manifest-sha512.txt": manifest.encode("utf-8")}
    bag.update(payload)
    for path, content in own.items():
        if content == b"-":
            bag.pop(path)
        else:
            bag[path] = content
    return bag


def pack(case, files, scratch, metadata=METADATA, default="folder"):
    """Put a crate somewhere; the path that a person would type."""
    how = case.get("pack", default)
    crate = os.path.join(scratch, "crate")
    if metadata != METADATA and METADATA in files and \
            metadata not in files:
        files = {metadata if path == METADATA else path: content
                 for path, content in files.items()}
    if how == "zip":
        return write_zip(crate + ".zip", files)
    if how == "crate.zip":
        return write_zip(crate + ".crate.zip", files)
    if how == "top-folder.zip":
        return write_zip(crate + ".zip", files, "my-crate/")
    if how == "bag.zip":
        return write_zip(crate + ".zip", bag_of(files))
    if how == "eln":
        return write_zip(crate + ".eln", files)
    if how == "folder.eln":
        return write_zip(crate + ".eln", files, "my-crate/")
    os.makedirs(crate)
    if how == "document":
        write_folder(crate, {metadata: files[metadata]})
        return os.path.join(crate, metadata)
    if how == "detached":
        name = "my-ro-crate-metadata.json"
        write_folder(crate, {name: files[metadata]})
        return os.path.join(crate, name)
    if how == "bag":
        return write_folder(crate, bag_of(files))
    return write_folder(crate, files)


def mended(case):
    """The sound form of a broken case, as a case."""
    if "mend" not in case:
        return {}
    return dict(case, patch=case.get("patch", []) + case["mend"])


class Family:
    """A profile in all its versions: a folder of cases."""

    def __init__(self, folder):
        self.folder = folder
        self.base = load(os.path.join(folder, "base.json"))
        self.name = self.base.get("profile", os.path.basename(folder))
        self.versions = self.base["versions"]

    def profile(self, version):
        """The token of one version."""
        return "%s-%s" % (self.name, version)

    def cases_of(self, kind):
        """(name, number, case) of each case in broken/ or valid/."""
        for path in sorted(glob.glob(
                os.path.join(self.folder, kind, "*.json"))):
            content = load(path)
            name = os.path.splitext(os.path.basename(path))[0]
            listed = content if isinstance(content, list) else [content]
            for number, case in enumerate(listed, 1):
                yield name, number, case


def families():
    for path in sorted(glob.glob(os.path.join(HERE, "*", "base.json"))):
        yield Family(os.path.dirname(path))
