#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every format shows the same findings, as its own schema wants them."""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import samples  # noqa: E402
import suite  # noqa: E402
import views  # noqa: E402

EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
HOUSE = os.path.join(suite.ROOT, "tests", "cases", "validate", "data")
GOLDEN = os.path.join(suite.ROOT, "tests", "reports", "golden")
SHACL = os.path.join(suite.ROOT, "tests", "reports", "report-shapes.ttl")
SH = "http://www.w3.org/ns/shacl#"
EPOCH = "1700000000"


def report(context, folder, name, paths, *options):
    """The bytes of a report; None when the program did not answer."""
    answer = context.call("crate-validate", "-s", "info", "--most", "0", "-f",
                          name, *options, *paths, folder=folder)
    if answer.crashed() or answer.status == 2:
        raise RuntimeError("%s: %s" % (name, answer.complaint()))
    return answer.out


def counts_agree(context, folder, paths):
    def run():
        expected = views.of_json(report(context, folder, "json", paths))
        for name, read in views.READERS.items():
            found = read(report(context, folder, name, paths))
            if found != expected:
                return "%s shows %s, json %s" % (name, found, expected)
        return None
    return run


def sarif_schema(context):
    try:
        import jsonschema
    except ImportError:
        raise suite.Skip("python3-jsonschema is not installed")
    path = os.path.join(context.shared, "schemas", "sarif-2.1.0.json")
    if not os.path.exists(path):
        raise suite.Skip("no sarif-2.1.0.json; set CRATEKIT_SUITES")
    with open(path, encoding="utf-8") as file:
        # The schema's patterns for URIs are checked by is_uri().
        return jsonschema.Draft4Validator(json.load(file))


def is_uri(text):
    """Whether only what RFC 3986 allows is in it."""
    return re.fullmatch(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|"
                        r"%[0-9A-Fa-f]{2})*", text) is not None


def uris_of(value):
    """Every member "uri" or "helpUri" below a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("uri", "helpUri"):
                yield inner
            yield from uris_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from uris_of(inner)


def check_region(folder, place, region):
    """Whether the columns give the snippet, in the file itself."""
    if "endColumn" not in region:
        return None
    uri = urllib.parse.unquote(place["artifactLocation"]["uri"])
    path = os.path.join(folder, uri.replace("file://", ""))
    with open(path, encoding="utf-8", newline="") as file:
        line = file.read().split("\n")[region["startLine"] - 1]
    text = line[region["startColumn"] - 1:region["endColumn"] - 1]
    snippet = region["snippet"]["text"]
    return None if text == snippet and text.strip() else \
        "the columns give %r, the snippet is %r" % (text, snippet)


def check_run(folder, run):
    """What the schema cannot say: indices, and names that are unique."""
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            return "ruleIndex is not that of ruleId"
        place = result["locations"][0]["physicalLocation"]
        for region in (place.get("region", {}), place.get("contextRegion", {})):
            complaint = check_region(folder, place, region)
            if complaint:
                return complaint
    for note in run["invocations"][0]["toolExecutionNotifications"]:
        rule = note["associatedRule"]
        if rules[rule["index"]]["id"] != rule["id"]:
            return "a notification's index is not that of its rule"
    ids = [rule["id"] for rule in rules]
    prints = [json.dumps(r["partialFingerprints"]) for r in run["results"]]
    return "a rule comes twice" if len(set(ids)) != len(ids) else \
        "a fingerprint comes twice" if len(set(prints)) != len(prints) else None


def sarif_is_valid(context, folder, paths):
    def run():
        schema = sarif_schema(context)
        found = json.loads(report(context, folder, "sarif", paths))
        for error in schema.iter_errors(found):
            return "%s: %s" % (list(error.absolute_path), error.message[:200])
        return None
    return run


def sarif_is_sound(context, folder, paths):
    """What the schema cannot say."""
    def run():
        found = json.loads(report(context, folder, "sarif", paths))
        bad = [uri for uri in uris_of(found) if not is_uri(uri)]
        return "not a URI: %r" % bad[0] if bad else check_run(
            folder, found["runs"][0])
    return run


def check_suite(one):
    """Whether a JUnit suite counts as its cases do."""
    cases = one.findall("testcase")
    found = (len(cases), len(one.findall("testcase/failure")),
             len(one.findall("testcase/error")),
             len(one.findall("testcase/skipped")))
    said = tuple(int(one.get(name))
                 for name in ("tests", "failures", "errors", "skipped"))
    return None if said == found else "says %s, has %s" % (said, found)


def junit_is_valid(context, folder, paths, *options):
    def run():
        schema = os.path.join(context.shared, "schemas", "junit.xsd")
        if not shutil.which("xmllint"):
            raise suite.Skip("xmllint is not installed (libxml2-utils)")
        if not os.path.exists(schema):
            raise suite.Skip("no junit.xsd; set CRATEKIT_SUITES")
        found = report(context, folder, "junit", paths, *options)
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema",
                               schema, "-"], input=found, capture_output=True)
        return done.stderr.decode("utf-8", "replace")[:300] \
            if done.returncode else None
    return run


def junit_is_sound(context, folder, paths):
    """Whether the numbers are right."""
    def run():
        found = report(context, folder, "junit", paths)
        complaints = [check_suite(s) for s in ElementTree.fromstring(found)]
        return next((c for c in complaints if c), None)
    return run


def commands_are_ours(context, folder, paths):
    """Every line is an annotation of ours or begins with our name."""
    line = re.compile(r"::(error|warning|notice) file=[^,:]*(,line=\d+,"
                      r"col=\d+)?,title=[^,:]*::[^\r\n]*|crate-validate: .*")

    def run():
        found = report(context, folder, "github", paths).decode("utf-8")
        for text in found.split("\n")[:-1]:
            if not line.fullmatch(text) or re.search("[\x00-\x1f\x7f]", text):
                return "a line that is not ours: %r" % text
            if not text.startswith("::") and "##[" in text:
                return "an older runner would obey: %r" % text
        return None
    return run


def gitlab_is_sound(context, folder, paths):
    def run():
        found = json.loads(report(context, folder, "gitlab", paths))
        for issue in found:
            if set(issue) != {"description", "check_name", "fingerprint",
                              "severity", "location"}:
                return "other members: %s" % sorted(issue)
            if issue["location"]["lines"]["begin"] < 1:
                return "a line before the first"
        prints = {issue["fingerprint"] for issue in found}
        return None if len(prints) == len(found) else "equal fingerprints"
    return run


def page_is_sound(context, folder, paths):
    """Only our own elements, rightly nested, and one script."""
    def run():
        page = views.read_page(report(context, folder, "html", paths))
        return page.flaws[0] if page.flaws else \
            "left open: %s" % page.open if page.open else \
            "%d scripts" % page.scripts if page.scripts != 1 else None
    return run


ESCAPED = re.compile(r"[A-Za-z0-9 ,;'()/=+-]|&(?!#)|[^\x00-\x7f]|&#\d+;")
OURS = re.compile(
    r"^- \*\*\w+\*\* |\*\*|</?code>|:\d+:\d+(?=</code>)|\[specification\]"
    r"\(<https?://[^<> ]*>\)|^What to do: |^- (?=… and )|^\| [✅❌] | \| ?| \|$")
LINES = re.compile(
    r"<!-- crate-validate -->|## [✅❌] [A-Za-z0-9 ]*|</details>|"
    r"<details(?: open)?><summary>Rules broken: \w+</summary>|"
    r"\|[-:|]+\||\| crate \| judged by .*|<sub>crate-validate [0-9.]+</sub>")


def markdown_is_plain(context, folder, paths):
    """Less what we write ourselves, nothing is left that could be markup."""
    def run():
        found = report(context, folder, "markdown", paths).decode("utf-8")
        for line in found.split("\n"):
            if LINES.fullmatch(line):
                continue
            left = ESCAPED.sub("", OURS.sub("", line))
            if left:
                return "%r is left of %r" % (left, line)
            if re.search(r"&#(?:64|35);(?!&#8203;)", line):
                return "somebody or something is mentioned: %r" % line
        return None
    return run


def turtle_is_sound(context, folder, paths):
    """Each result has one focus node, severity, shape and component."""
    def run():
        found = report(context, folder, "turtle", paths)
        path = os.path.join(folder, "report-%d.ttl" % hash(tuple(paths)))
        with open(path, "wb") as file:
            file.write(found)
        answer = context.call("crate-validate", "--shapes", SHACL, path)
        if answer.status:
            return answer.complaint() + answer.out.decode("utf-8")[:300]
        graph = context.manifest(path, "http://example.org/")
        counts = dict.fromkeys(views.SEVERITIES, 0)
        for kind in graph.subjects(SH + "resultSeverity"):
            name = graph.value(kind, SH + "resultSeverity")[len(SH):].lower()
            counts[name] += 1
        expected = views.of_json(report(context, folder, "json", paths))
        return None if counts == expected else "shows %s, json %s" % (
            counts, expected)
    return run


CHECKS = {
    "markdown": markdown_is_plain, "turtle": turtle_is_sound,
    "sarif-sound": sarif_is_sound, "junit-sound": junit_is_sound,
    "counts": counts_agree, "sarif": sarif_is_valid, "junit": junit_is_valid,
    "github": commands_are_ours, "gitlab": gitlab_is_sound,
    "html": page_is_sound,
}


def trouble_is_told(context, folder):
    """A crate that cannot be read does not pass for one that conforms."""
    def run():
        paths = [os.path.join(EXAMPLES, "soil-moisture"), "nowhere"]
        said = {}
        for name in ("badge", "junit", "sarif"):
            answer = context.call("crate-validate", "-f", name, *paths,
                                  folder=folder)
            if answer.status != 2:
                return "%s: exit %d" % (name, answer.status)
            said[name] = answer.out.decode("utf-8")
        return None if '"1 of 2 conform"' in said["badge"] \
            and 'errors="1"' in said["junit"] \
            and '"executionSuccessful": false' in said["sarif"] else str(said)
    return run


def nameless_are_named(context, folder):
    """What has no @id is told by the way to it, in whatever a person reads."""
    path = os.path.join(suite.ROOT, "tests", "cases", "validate", "nameless",
                        "croissant.json")
    words = "field[0].source.extract of plants"

    def run():
        mute = [name for name in ("text", "json", "html", "markdown", "github",
                                  "sarif")
                if words not in html.unescape(report(
                    context, folder, name, [path]).decode("utf-8"))]
        return "%s do not say whom it is about" % mute if mute else None
    return run


STATUSES = ("pass", "partly", "fail", "not checkable")


def cards_agree(context, folder):
    """Text, JSON and the page say the same of each metric, and of crates
    without a model that there is nothing to score."""
    def run():
        paths = [os.path.join(EXAMPLES, "digit-classifier"),
                 os.path.join(EXAMPLES, "soil-moisture")]
        said = {name: report(context, folder, name, paths, "-p", "fair")
                for name in ("text", "json", "html")}
        cards = [crate["card"] for crate in json.loads(said["json"])["crates"]]
        expected = [(s["metric"], s["status"]) for card in cards for s in card]
        found = {
            "text": [(m, s) for s, m in re.findall(
                r"^  (%s) +[^ ].* \[([^]]*)\]$" % "|".join(STATUSES),
                said["text"].decode("utf-8"), re.M)],
            "html": re.findall(
                r"<code>([^<]*)</code></th><td role=\"cell\"><span "
                r"class=\"\w+\">. ([^<]*)</span>",
                said["html"].decode("utf-8"))}
        found["html"] = [f for f in found["html"] if f[1] in STATUSES]
        for name, scores in found.items():
            if scores != expected:
                return "%s shows %s, json %s" % (name, scores, expected)
        page = html.unescape(said["html"].decode("utf-8"))
        for score in [s for card in cards for s in card]:
            if score["evidence"] not in page or score["evidence"] not in \
                    said["text"].decode("utf-8"):
                return "the evidence differs: %s" % score
            if score["status"] == "pass" and not re.search(
                    r'"[^"]+"|\d+ statements', score["evidence"]):
                return "no value was found: %s" % score
        if {s for _, s in expected[:27]} != set(STATUSES):
            return "a status is missing among %s" % expected
        if {s for _, s in expected[27:]} != {"not checkable"}:
            return "nothing is scored: %s" % expected[27:]
        flaws = views.read_page(said["html"]).flaws
        return str(flaws) if flaws else None
    return run


def golden(context, name):
    """As it is kept; written when CRATEKIT_GOLDEN is "write"."""
    def run():
        out = report(context, HOUSE, name, ["bad"], "--profiles-path", "house",
                     "-p", "house-1")
        if name == "html":  # less what is in validate/html
            out = re.sub(b"<meta http-equiv.*?</style>|<script>.*?</script>",
                         b"", out, flags=re.S)
        path = os.path.join(GOLDEN, name)
        if os.environ.get("CRATEKIT_GOLDEN") == "write":
            with open(path, "wb") as file:
                file.write(out)
        with open(path, "rb") as file:
            kept = file.read()
        return None if kept == out else "other bytes than golden/" + name
    return run


FORMATS = ("sarif", "junit", "github", "gitlab", "html", "markdown",
           "turtle", "badge")


def cases(context):
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    folder = tempfile.mkdtemp()
    context.scratch = folder
    for name, paths in samples.all_of(folder, EXAMPLES).items():
        for check, make in CHECKS.items():
            yield suite.Case("reports", check + "-" + name,
                             make(context, folder, paths))
    yield suite.Case("reports", "junit-fail-on-info", junit_is_valid(
        context, folder, ["hostile"], "--fail-on", "info"))
    yield suite.Case("reports", "cards", cards_agree(context, folder))
    yield suite.Case("reports", "nameless",
                     nameless_are_named(context, folder))
    yield suite.Case("reports", "trouble", trouble_is_told(context, folder))
    for name in FORMATS:
        yield suite.Case("reports", "golden-" + name, golden(context, name))


def main():
    folders = []

    def remembered(context):
        found = list(cases(context))
        folders.append(context.scratch)
        return found
    try:
        return suite.main("reports", remembered)
    finally:
        for folder in folders:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
