#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --merge: the statements of the result are those of the crates,
moved, and those that hold them together; their files are there, as they were;
crate-validate has nothing against it."""
import glob
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import subset  # noqa: E402
import zip_out  # noqa: E402
from zip_out import EXAMPLES, NAME, suite  # noqa: E402

SITE = "https://example.org/c/"
SCHEMA = "http://schema.org/"
CONFORMS = "<http://purl.org/dc/terms/conformsTo>"
DIGITS = os.path.join(EXAMPLES, "digit-classifier")
SOIL = os.path.join(EXAMPLES, "soil-moisture")


def lines(context, path, base, syntax=()):
    answer = context.convert("--to", "nquads", "--base", base, *syntax, path)
    if answer.status != 0:
        raise RuntimeError(answer.complaint())
    return answer.out.decode("utf-8").splitlines()


def canonical(context, quads):
    text = "".join(line + "\n" for line in sorted(set(quads)))
    answer = context.convert("--to", "canonical", "--from", "nquads", "-",
                             stdin=text.encode("utf-8"))
    if answer.status != 0:
        raise RuntimeError(answer.complaint())
    return answer.out


def names_of(quads):
    return set(re.findall(r"<(" + re.escape(SITE) + r"[^>]*)>",
                          "\n".join(quads)))


def moved(guest, ours, folder):
    """A guest's quads, read below its folder: fragments come up, and get
    another name where theirs is taken; labels are anybody's."""
    inner = SITE + folder + "/" + NAME + "#"

    def rename(match):
        fragment = match.group(1)
        taken = SITE + NAME + "#" + fragment in ours
        return "<%s#%s%s>" % (SITE + NAME, folder + "-" if taken else "",
                              fragment)
    pattern = re.compile("<" + re.escape(inner) + "([^>]*)>")
    for quad in guest:
        yield re.sub(r"_:(\w)", r"_:guest\1", pattern.sub(rename, quad))


def expected(context, host, guest, folder):
    """The statements of two crates as one."""
    ours = lines(context, host, SITE + NAME)
    document = "<%s%s/%s>" % (SITE, folder, NAME)
    root = "<%s%s/>" % (SITE, folder)
    theirs = list(moved(lines(context, guest, SITE + folder + "/" + NAME),
                        names_of(ours), folder))
    theirs = [q for q in theirs if not q.startswith(
        "%s <%sabout>" % (document, SCHEMA)) and not (
            q.startswith("%s %s" % (document, CONFORMS))
            and "/ro/crate/" in q)]
    return ours + theirs + [
        "<%s> <%shasPart> %s ." % (SITE, SCHEMA, root),
        "%s <%ssubjectOf> %s ." % (root, SCHEMA, document),
        "%s %s <https://w3id.org/ro/crate> ." % (root, CONFORMS),
        '%s <%sencodingFormat> "application/ld+json" .' % (document, SCHEMA)]


def statements(context, host, guest, folder):
    def run():
        answer = context.convert("--base", SITE + NAME, "--merge", guest, host)
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            file.write(answer.out)
            file.flush()
            after = lines(context, file.name, SITE + NAME)
        wanted = expected(context, host, guest, folder)
        if canonical(context, after) == canonical(context, wanted):
            return None
        return "missing %s, too much %s" % (
            sorted(set(wanted) - set(after))[:3],
            sorted(set(after) - set(wanted))[:3])
    return run


def stands_alone(context, folder, guest, name):
    """The guest in its folder is the guest, byte by byte; all packages have the
    same files; the result is judged no worse than both were."""
    def run():
        files = dict(zip_out.files_of(SOIL))
        files.update({name + "/" + n: b
                      for n, b in zip_out.files_of(guest).items()})
        output = os.path.join(folder, "alone-" + name)
        words = ("--merge", guest, SOIL)
        metadata = context.convert(*words)
        answer = context.convert("--to", "folder", "-o", output, *words)
        if answer.status != 0 or answer.err:
            return answer.complaint()
        files[NAME] = metadata.out
        if zip_out.files_of(output) != files:
            return "other files"
        packed = context.convert("--to", "zip", *words)
        if zip_out.unpacked(packed.out) != files or \
                packed.out != context.convert("--to", "zip", *words).out:
            return "zip: other files"
        bag = zip_out.unpacked(context.convert("--to", "bag", *words).out)
        if {n[9:]: b for n, b in bag.items()
                if n.startswith("bag/data/")} != files:
            return "bag: other files"
        version = subset.rules(context, SOIL) | subset.rules(context, guest)
        worse = {r for r in subset.rules(context, output) - version
                 if not r.endswith("/term-local-definition")} # of 1.2, not 1.3
        return "worse: %s" % sorted(worse) if worse else None
    return run


def back_again(context, folder):
    """The part of a merged crate that is the guest, moved up again, is it."""
    def run():
        both = os.path.join(folder, "both.json")
        with open(both, "wb") as file:
            file.write(context.convert("--merge", SOIL, DIGITS).out)
        part = context.convert("--subset", "soil-moisture/", both)
        if part.status != 0 or part.err:
            return part.complaint()
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            file.write(part.out)
            file.flush()
            after = set(lines(context, file.name, SITE + NAME))
        document = "<%ssoil-moisture/%s> " % (SITE, NAME)
        guest = {q for q in lines(context, SOIL, SITE + "soil-moisture/" + NAME)
                 if not q.startswith(document)}
        if guest - after:
            return "lost %s" % sorted(guest - after)
        host = set(lines(context, DIGITS, SITE + NAME))
        odd = [q for q in after - guest - host if "soil-moisture/" not in q]
        return "made up %s" % odd if odd else None
    return run


def several(context, folder):
    """Guests of one name, among them the crate itself, as zip, tar and bag."""
    def run():
        archive = os.path.join(folder, "soil-moisture.zip")
        with open(archive, "wb") as file:
            file.write(zip_out.pack(context, SOIL))
        bag = os.path.join(folder, "Soil-Moisture.bag.zip")
        with open(bag, "wb") as file:
            file.write(context.convert("--to", "bag", SOIL).out)
        other = shutil.copytree(SOIL, os.path.join(folder, "README.md"))
        answer = context.convert("--merge", SOIL, "--merge", archive, "--merge",
                                 bag, "--merge", other, "--merge",
                                 os.path.join(SOIL, NAME), SOIL)
        graph = json.loads(answer.out)["@graph"]
        parts = {p["@id"] for p in graph[1]["hasPart"]}
        wanted = {"measurements/", "README.md", "soil-moisture/",
                  "soil-moisture-2/", "Soil-Moisture.bag/", "README.md-2/",
                  "soil-moisture-3/"}
        if parts != wanted:
            return "parts %s" % sorted(parts ^ wanted)
        people = [e for e in graph if e["@id"].startswith("https://orcid")]
        return None if len(people) == 1 and people[0]["name"] == \
            "Josiah Carberry" else "people %s" % people
    return run


HOST = [
    {"@id": "./", "@type": "Dataset", "name": "host",
     "author": {"@id": "https://orcid.org/0000-0001"},
     "hasPart": {"@id": "a.csv"}, "own": 1,
     "about": [{"@id": "#x"}, {"@id": "_:b0"}]},
    {"@id": "a.csv", "@type": "File", "name": "a"},
    {"@id": "#x", "@type": "Thing", "name": "x of the host"},
    {"@id": "_:b0", "@type": "Thing", "name": "b of the host"},
    {"@id": "https://orcid.org/0000-0001", "@type": "Person",
     "name": "A. Author", "email": "a@example.org", "jobTitle": ["p", "q"]},
]
GUEST = [
    {"@id": "./", "@type": "Dataset", "name": "guest",
     "author": {"@id": "https://orcid.org/0000-0001"},
     "hasPart": {"@id": "a.csv"}, "own": 2, "other": {"@id": "#y"},
     "e:f": "by prefix", "about": [{"@id": "#x"}, {"@id": "_:b0"},
                                   {"@id": "#guest-x"}]},
    {"@id": "a.csv", "@type": "File", "name": "a"},
    {"@id": "#x", "@type": "Thing", "name": "x of the guest"},
    {"@id": "#guest-x", "@type": "Thing", "name": "in the way"},
    {"@id": "#y", "@type": "Thing", "name": "only of the guest"},
    {"@id": "_:b0", "@type": "Thing", "name": "b of the guest"},
    {"@id": "https://orcid.org/0000-0001", "@type": "Person",
     "name": "Author, A.", "email": "a@example.org", "jobTitle": "r",
     "url": "https://example.org/a"},
]


def write(folder, name, graph, terms, files=None):
    path = subset.write_crate(os.path.join(folder, name), graph, files or {})
    document = os.path.join(path, NAME)
    with open(document, encoding="utf-8") as file:
        crate = json.load(file)
    crate["@context"] = [crate["@context"], terms]
    with open(document, "w", encoding="utf-8") as file:
        json.dump(crate, file, indent=1)
    return path


def told_apart(context, folder):
    """Labels and fragments apart, IRIs together; terms of both; what is said
    otherwise is kept, and told with its line."""
    def run():
        host = write(tempfile.mkdtemp(dir=folder), "host", HOST,
                     {"own": "https://e.org/host#own"})
        guest = write(tempfile.mkdtemp(dir=folder), "guest", GUEST,
                      {"own": "https://e.org/guest#own", "e": "https://e.org/",
                       "other": {"@id": "https://e.org/o", "@type": "@id"}})
        answer = context.convert("--merge", guest, host)
        document = json.loads(answer.out)
        found = {e["@id"]: e for e in document["@graph"]}
        if document["@context"][1:] != [
                {"own": "https://e.org/host#own"},
                {"e": "https://e.org/", "other": "https://e.org/o"}]:
            return "context %s" % document["@context"]
        inner = found["guest/"]
        if inner["e:guest#own" if "e:guest#own" in inner else
                 "https://e.org/guest#own"] != 2 or \
                found["./"]["own"] != 1 or inner["e:f"] != "by prefix" or \
                inner["other"] != {"@id": "#y"}:
            return "terms of %s" % inner
        names = [found[i["@id"]]["name"] for i in inner["about"]]
        if names != ["x of the guest", "b of the guest", "in the way"] or \
                found["#x"]["name"] != "x of the host" or \
                found["_:b0"]["name"] != "b of the host":
            return "names %s" % names
        author = found["https://orcid.org/0000-0001"]
        if author["name"] != ["A. Author", "Author, A."] or \
                author["jobTitle"] != ["p", "q", "r"] or \
                author["email"] != "a@example.org" or "url" not in author:
            return "author %s" % author
        said = answer.err.strip().splitlines()
        return None if len(said) == 1 and "another name of https://orcid" in \
            said[0] and "guest/" + NAME in said[0] and \
            re.search(r":\d+:\d+: warning", said[0]) else "words %r" % said
    return run


def climbing(context, folder):
    """What leads out of a guest would be something of the host's."""
    def run():
        for number, name in enumerate(("../a.csv", "/etc/passwd",
                                       "x/../../a.csv", "%2e%2e/a.csv")):
            graph = [dict(GUEST[0], hasPart={"@id": name}),
                     {"@id": name, "@type": "File"}]
            guest = subset.write_crate(os.path.join(
                folder, "climb-%d" % number), graph, {})
            answer = context.convert("--merge", guest, SOIL)
            if name.startswith("%"): # a name like any other
                if answer.status != 0:
                    return answer.complaint()
            elif answer.status != 2 or answer.out or not re.search(
                    NAME + r":\d+:\d+: error: an @id leads out", answer.err):
                return "%s: exit %d: %s" % (name, answer.status, answer.err)
        return None
    return run


def named(context, folder):
    """Folders that guests get by their names."""
    def run():
        rows = {"a b&c": "a-b-c/", "Meß": "Meß/", ".hidden": "hidden/",
                "..x..": "x/", "---": "crate/", "n" * 250: "n" * 100 + "/",
                "x.tar.gz": "x/", "measurements": "measurements-2/",
                "MEASUREMENTS": "MEASUREMENTS-2/", "\x01": "crate/"}
        for name, wanted in rows.items():
            place = os.path.join(tempfile.mkdtemp(dir=folder), name)
            shutil.copytree(SOIL, place)
            answer = context.convert("--merge", place + "/", SOIL)
            if answer.status != 0:
                return "%r: %s" % (name, answer.complaint())
            parts = [p["@id"] for p in
                     json.loads(answer.out)["@graph"][1]["hasPart"]]
            if parts[2:] != [wanted]:
                return "%r: %s" % (name, parts)
        return None
    return run


def links(context, folder):
    """Links of a guest that lead out bring nothing along."""
    def run():
        guest = shutil.copytree(SOIL, os.path.join(folder, "with-links"))
        os.symlink(os.path.join(DIGITS, NAME), os.path.join(guest, "out.json"))
        os.symlink("README.md", os.path.join(guest, "in.md"))
        answer = context.convert("--to", "zip", "--merge", guest, SOIL)
        names = set(zip_out.unpacked(answer.out))
        return None if "with-links/in.md" in names and \
            "with-links/out.json" not in names else sorted(names)
    return run


def refused(context, words, said):
    def run():
        answer = context.convert(*words, SOIL)
        return None if answer.status == 2 and said in answer.err and \
            not answer.out else "exit %d: %s" % (answer.status, answer.err)
    return run


def make_rootless(folder):
    path = os.path.join(folder, "rootless.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"@id": "https://e.org/", SCHEMA + "name": "n"}, file)
    return path


def grows_with_size(context, folder):
    """Eight times as many entities, all of which clash, take by far not 64
    times as long."""
    def run():
        times = []
        for count in (1250, 10000):
            crate = subset.write_crate(os.path.join(folder, "n%d" % count),
                                       subset.many(count), {})
            words = ["--merge", crate, os.path.join(crate, NAME)]
            taken = [subset.seconds(context, *words) for _ in (1, 2)]
            times.append(min(t for t, _ in taken))
            found = len(taken[0][1]["@graph"])
            if found != 2 * (2 * count + 2):
                return "%d entities of %d" % (found, count)
        return None if times[1] < 30 * max(times[0], 0.01) else "%s" % times
    return run


def cases(context, folder):
    pairs = [("digits-into-soil", SOIL, DIGITS, "digit-classifier"),
             ("soil-into-digits", DIGITS, SOIL, "soil-moisture"),
             ("itself", DIGITS, DIGITS, "digit-classifier")]
    samples = os.path.join(context.shared, "samples", "provenance")
    if not os.path.isdir(samples):
        yield suite.absent("merge", "samples")
    for path in sorted(glob.glob(os.path.join(samples, "wrroc-*", "*.json"))):
        name = os.path.basename(path)
        if name.endswith("-" + NAME):
            stem = name[:-len("-" + NAME)]
            pairs.append((name + "-" + path.split(os.sep)[-2], DIGITS, path,
                          stem))
    for name, host, guest, folder_name in pairs:
        yield suite.Case("merge", "statements/" + name,
                         statements(context, host, guest, folder_name))
    runs = {
        "alone/digits": stands_alone(context, folder, DIGITS,
                                     "digit-classifier"),
        "alone/itself": stands_alone(context, folder, SOIL, "soil-moisture"),
        "back": back_again(context, folder),
        "several": several(context, folder),
        "apart": told_apart(context, folder),
        "climbing": climbing(context, folder),
        "named": named(context, folder),
        "links": links(context, folder),
        "size": grows_with_size(context, folder),
        "rootless": refused(context, ["--merge", make_rootless(folder)],
                            "no descriptor says which"),
        "absent": refused(context, ["--merge", os.path.join(folder, "nope")],
                          "cannot read"),
        "document-to-zip": refused(
            context, ["--to", "zip", "--merge", os.path.join(DIGITS, NAME)],
            "only a folder or an archive"),
        "two-things": refused(context, ["--merge", DIGITS, "--subset", "x"],
                              "one at a time"),
    }
    for name, run in runs.items():
        yield suite.Case("merge", name, run)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("merge", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
