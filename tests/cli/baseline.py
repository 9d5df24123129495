#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Known findings: what is written, what is known again, and what reports and
the exit status make of it."""
import json
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "reports"))
import suite  # noqa: E402
import views  # noqa: E402

EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
DOCUMENT = "ro-crate-metadata.json"


class Place:
    """The example crates in a scratch folder, and the flawed one's baseline."""

    def __init__(self, context, scratch):
        self.context, self.root = context, scratch
        for name in ("flawed", "soil-moisture"):
            shutil.copytree(os.path.join(EXAMPLES, name), self.path(name))
        os.mkdir(self.path("ci"))

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def judge(self, *words, folder="", **keywords):
        return self.context.call("crate-validate", *words,
                                 folder=self.path(folder), **keywords)

    def write(self, *words):
        return self.judge("--write-baseline", "known.json", *words, "flawed")

    def known(self, *words, **keywords):
        return self.judge("--baseline", "known.json", *words, "flawed",
                          **keywords)

    def edit(self, old, new):
        path = self.path("flawed", DOCUMENT)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        assert old in text, old
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new, 1))

    def read(self, *parts):
        with open(self.path(*parts), encoding="utf-8") as file:
            return file.read()


def differ(seen, expected):
    return None if seen == expected else "%s, expected %s" % (seen, expected)


def new_of(answer):
    """Rules of the findings in a JSON report that are not known."""
    return sorted(f["rule"].split("/")[1]
                  for crate in json.loads(answer.out)["crates"]
                  for f in crate["findings"] if not f.get("known"))


def known_is_fine(place):
    seen = [place.judge("flawed").status, place.write().status,
            place.known().status, place.known("--fail-on", "info").status]
    return differ(seen, [1, 0, 0, 0])


def new_fails(place):
    place.write()
    place.edit('"name": "Summary"', '"nmae": "Summary"')
    answer = place.known("-f", "json")
    return differ([answer.status, new_of(answer)],
                  [1, ["ctx-extension-terms", "file-name"]])


def place_does_not_matter(place):
    place.write()
    place.edit('"@graph": [', '"@graph": [\n\n\n    {"@id": "#new", "@type": '
               '"Thing", "name": "new", "about": {"@id": "./"}},')
    place.edit('"author":', '\n"author":')
    answer = place.known("-f", "json")
    return differ([answer.status, new_of(answer)], [0, ["ctxent-linked"]])


def as_many_as_there_were(place):
    person = '{"@type": "Person", "name": "Josiah Carberry"}'
    place.edit(person, "[%s, %s]" % (person, person))
    place.write()
    before = place.known("-f", "json")
    place.edit(person, person + ", " + person)
    after = place.known("-f", "json")
    return differ([new_of(before), new_of(after), after.status],
                  [[], ["doc-nested-as-separate"], 1])


def from_anywhere(place):
    place.write()
    shutil.move(place.path("known.json"), place.path("ci", "known.json"))
    text = place.read("ci", "known.json").replace('"flawed"', '"../flawed"')
    with open(place.path("ci", "known.json"), "w", encoding="utf-8") as file:
        file.write(text)
    rows = [("", "ci/known.json", "flawed"), ("", "ci/known.json", "./flawed/"),
            ("ci", "known.json", "../flawed"),
            ("flawed", "../ci/known.json", "."),
            ("ci", place.path("ci", "known.json"), place.path("flawed")),
            ("soil-moisture", "../ci/../ci/known.json",
             "../soil-moisture/../flawed")]
    return differ([place.judge("--baseline", file, crate, folder=folder).status
                   for folder, file, crate in rows], [0] * len(rows))


def written_from_anywhere(place):
    for folder, file, crate in (("ci", "known.json", "../flawed"),
                                ("", "ci/known.json", "flawed/")):
        place.judge("--write-baseline", file, crate, folder=folder)
        names = list(json.loads(place.read("ci", "known.json"))["crates"])
        if names != ["../flawed"]:
            return "crates are %s" % names
    return None


def formats_agree(place):
    """Those for programs list what is known, those for people count it."""
    place.write()
    place.edit('"name": "Summary"', '"nmae": "Summary"')
    known, new = 7, 2
    seen = {}
    for name, reader in views.READERS.items():
        answer = place.known("-f", name, "-s", "info", "--most", "0")
        seen[name] = (answer.status, sum(reader(answer.out).values()))
    expected = {name: (1, known + new) for name in seen}
    for name in ("text", "github", "markdown"):
        expected[name] = (1, new)
    return differ(seen, expected)


def formats_say_it(place):
    place.write()
    place.edit('"name": "Summary"', '"nmae": "Summary"')
    sarif = json.loads(place.known("-f", "sarif").out)["runs"][0]["results"]
    crate = json.loads(place.known("-f", "json").out)["crates"][0]
    junit = place.known("-f", "junit").out.decode("utf-8")
    texts = [place.known("-f", name).out.decode("utf-8")
             for name in ("text", "github", "markdown", "html")]
    words = ["; known: 6 violations, 1 warning", ", known 7)",
             "(and 6 known)", " · known</p>"]
    return differ(
        [sorted(r["baselineState"] for r in sarif), crate["known"],
         crate["counts"], 'failures="1"' in junit,
         [w in t for w, t in zip(words, texts)]],
        [["new"] * 2 + ["unchanged"] * 7,
         {"violation": 6, "warning": 1, "info": 0},
         {"violation": 7, "warning": 2, "info": 0}, True, [True] * 4])


def without_one_nothing_is_said(place):
    answers = [place.judge("-f", name, "flawed").out
               for name in ("sarif", "json", "github", "text")]
    return differ([b"baselineState" in answers[0]] +
                  [b"known" in a.replace(b"unknown", b"")
                   for a in answers[1:]], [False] * 4)


def gone_is_said(place):
    place.write()
    place.edit('"licence"', '"license"')
    answer = place.known()
    again = [place.write().err, place.known().err]
    return differ([answer.status, answer.err.splitlines(), again], [0, [
        "known.json: note: 3 findings no longer occur; --write-baseline "
        "forgets them [baseline]"], ["", ""]])


def of_other_crates_nothing_is_said(place):
    place.write()
    answer = place.judge("--baseline", "known.json", "soil-moisture")
    return differ([answer.status, answer.err], [0, ""])


def a_document_is_part_of_its_crate(place):
    """As a hook judges it: of the payload nothing is known to be gone."""
    place.write()
    rows = [["flawed/" + DOCUMENT], ["-m", "flawed"],
            ["--skip", "root-license", "flawed"]]
    answers = [place.judge("--baseline", "known.json", *words)
               for words in rows]
    inside = place.judge("--baseline", "../known.json", DOCUMENT,
                         folder="flawed")
    return differ([(a.status, a.err) for a in answers + [inside]],
                  [(0, "")] * 4)


def settings_name_one(place):
    place.write()
    with open(place.path("crate-validate.json"), "w", encoding="utf-8") as file:
        file.write('{"baseline": "known.json"}')
    os.mkdir(place.path(".git"))
    return differ([place.judge("flawed").status,
                   place.judge("../flawed", folder="ci").status,
                   place.judge("--no-settings", "flawed").status], [0, 0, 1])


def many_crates(place):
    answer = place.judge("--write-baseline", "known.json", "-r", "-j", "2", ".")
    seen = [answer.status,
            list(json.loads(place.read("known.json"))["crates"])]
    place.edit('"name": "Summary"', '"nmae": "Summary"')
    answer = place.judge("--baseline", "known.json", "-r", ".")
    seen += [answer.status, "2 crates: 1 conforms, 1 does not" in
             answer.out.decode("utf-8")]
    return differ(seen, [0, ["flawed"], 1, True])


def in_a_batch(place):
    place.write()
    answer = place.judge("--baseline", "known.json", "--batch",
                         stdin=b"flawed\n{}\nsoil-moisture\n")
    lines = [json.loads(line) for line in answer.out.splitlines()]
    refused = place.judge("--write-baseline", "x.json", "--batch")
    return differ([[line["conforms"] for line in lines], refused.status],
                  [[True, False, True], 2])


def trouble_keeps_the_old(place):
    place.write()
    before = place.read("known.json")
    answer = place.judge("--write-baseline", "known.json", "flawed", "nowhere")
    refused = place.judge("--write-baseline", "no/where.json", "flawed")
    return differ([answer.status, place.read("known.json") == before,
                   refused.status, sorted(os.listdir(place.root))],
                  [2, True, 2, ["ci", "flawed", "known.json",
                                "soil-moisture"]])


def through_a_link(place):
    os.symlink("ci/known.json", place.path("known.json"))
    open(place.path("ci", "known.json"), "w", encoding="utf-8").close()
    place.write()
    return differ([os.path.islink(place.path("known.json")),
                   b"baseline" in open(place.path("ci", "known.json"),
                                       "rb").read(),
                   os.listdir(place.path("ci"))], [True, True, ["known.json"]])


def mistakes_are_located(place):
    with open(place.path("known.json"), "w", encoding="utf-8") as file:
        file.write('{\n "baseline": 1, "crates": {\n  "x": [7]}}')
    answer = place.known()
    missing = place.judge("--baseline", "nowhere.json", "flawed")
    return differ([answer.status, answer.err.splitlines()[0], missing.status], [
        2, "known.json:3:9: error: expected an object; --write-baseline makes "
        "such a file [invalid-baseline]", 2])


def a_card_says_what_is_known(place):
    """A baseline makes no score better, and no outcome."""
    shutil.copytree(os.path.join(EXAMPLES, "digit-classifier"),
                    place.path("model"))
    words = ("-p", "fair", "-f", "json", "model")
    before = json.loads(place.judge(*words).out)["crates"][0]["card"]
    place.judge("-p", "fair", "--write-baseline", "known.json", "model")
    after = json.loads(place.judge("--baseline", "known.json", *words).out)
    card = after["crates"][0]["card"]
    text = place.judge("--baseline", "known.json", "-p", "fair", "model")
    page = place.judge("--baseline", "known.json", "-p", "fair", "-f", "html",
                       "model")
    known = [s["metric"] for s in card if s.pop("known", False)]
    found = {f["rule"].split("/")[1].replace("-fully", "")
             for f in after["crates"][0]["findings"]}
    return differ([card == before, sorted(known), text.status,
                   text.out.count(b"] (known)\n"),
                   page.out.count(b"</span> (known)")],
                  [True, sorted(found), 0, len(known), len(known)])


CASES = [known_is_fine, new_fails, place_does_not_matter, as_many_as_there_were,
         from_anywhere, written_from_anywhere, formats_agree, formats_say_it,
         without_one_nothing_is_said, gone_is_said,
         of_other_crates_nothing_is_said, a_document_is_part_of_its_crate,
         settings_name_one, many_crates,
         in_a_batch, trouble_keeps_the_old, through_a_link,
         mistakes_are_located, a_card_says_what_is_known]


def make_case(context, test):
    def run():
        with tempfile.TemporaryDirectory() as scratch:
            return test(Place(context, scratch))
    return suite.Case("baseline", test.__name__.replace("_", "-"), run)


def cases(context):
    for test in CASES:
        yield make_case(context, test)


if __name__ == "__main__":
    sys.exit(suite.main("baseline", cases))
