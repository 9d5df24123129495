# SPDX-License-Identifier: Apache-2.0
"""What each format says, counted by severity: {"violation": n, ...}.

Every reader takes the bytes of a report of crates judged with
`--severity info --most 0`, and answers how many findings it shows.
"""
import json
import re
import xml.etree.ElementTree as ElementTree

SEVERITIES = ("violation", "warning", "info")


def tally(names, found):
    """Count with a dictionary from a format's words to ours."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for word in found:
        counts[names[word]] += 1
    return counts


def of_json(report):
    return tally({s: s for s in SEVERITIES}, (
        finding["severity"] for crate in json.loads(report)["crates"]
        for finding in crate["findings"]))


def of_text(report):
    return tally({"error": "violation", "warning": "warning", "note": "info"},
                 re.findall(r"^(?! +[=|]).*?: (error|warning|note): ",
                            report.decode("utf-8"), re.M))


def of_sarif(report):
    names = {"error": "violation", "warning": "warning", "note": "info"}
    return tally(names, (result["level"]
                         for run in json.loads(report)["runs"]
                         for result in run["results"]))


def of_junit(report):
    words = []
    for suite in ElementTree.fromstring(report):
        texts = [f.text or "" for f in suite.iter("failure")]
        texts += [o.text or "" for o in suite.iter("system-out")]
        for text in texts:
            words += re.findall(r"^.*?: (violation|warning|info): .*\]$",
                                text, re.M)
    return tally({s: s for s in SEVERITIES}, words)


def of_github(report):
    names = {"error": "violation", "warning": "warning", "notice": "info"}
    return tally(names, re.findall(r"^::(\w+) ", report.decode("utf-8"),
                                   re.M))


def of_gitlab(report):
    names = {"critical": "violation", "minor": "warning", "info": "info"}
    return tally(names, (i["severity"] for i in json.loads(report)))


READERS = {
    "json": of_json, "text": of_text, "sarif": of_sarif, "junit": of_junit,
    "github": of_github, "gitlab": of_gitlab,
}
