#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""RO-Crate to PROV-O and back, by profiles/mappings: what is made, what is never
made up, and that a crate comes back from PROV-O as it was."""
import glob
import json
import os
import sys
import tempfile

import suite

RDF_NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PROV = "http://www.w3.org/ns/prov#"
BACK = os.path.join(suite.ROOT, "profiles", "mappings", "prov-to-ro-crate.ru")
EXAMPLES = ("digit-classifier", "soil-moisture", "flawed")
SAMPLES = ("wrroc-0.5", "wrroc-0.6-draft", "fl-crate",
           os.path.join("five-safes", "0.4"))
RUN = ("samples", "provenance", "prov", "cwlprov-ml-predict",
       "primary.cwlprov.provn")

CRATE = """{"@context": ["https://w3id.org/ro/crate/1.2/context",
  "https://w3id.org/ro/terms/workflow-run/context"], "@graph": [
  {"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
   "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
   "about": {"@id": "./"}}, {"@id": "./", "@type": "Dataset"}%s]}"""
BASE = "http://e/"

# What a crate says of its entities, what PROV-O then says (subject, predicate,
# object; None: a node without a name), and what it must not say.
ROWS = [
    ("an-action",
     {"@id": "#a", "@type": "CreateAction", "object": {"@id": "in"},
      "result": {"@id": "out"}},
     [("#a", "type", "prov:Activity"), ("#a", "type", "schema:CreateAction"),
      ("#a", "prov:used", "in"), ("out", "prov:wasGeneratedBy", "#a"),
      ("in", "type", "prov:Entity"), ("out", "type", "prov:Entity")],
     ["prov:wasDerivedFrom", "prov:wasAssociatedWith", "prov:Agent",
      "prov:agent", "prov:startedAtTime"]),
    ("a-plan-without-agent",
     {"@id": "#a", "@type": "CreateAction", "instrument": {"@id": "tool"}},
     [("#a", "prov:qualifiedAssociation", None),
      (None, "prov:hadPlan", "tool"), ("tool", "type", "prov:Plan")],
     ["prov:agent", "prov:Agent", "prov:used"]),
    ("a-plan-with-its-agent",
     [{"@id": "#a", "@type": "CreateAction", "instrument": {"@id": "tool"},
       "agent": {"@id": "#g"}}, {"@id": "#g", "@type": "Person"}],
     [(None, "prov:hadPlan", "tool"), (None, "prov:agent", "#g"),
      ("#a", "prov:wasAssociatedWith", "#g"), ("#g", "type", "prov:Person"),
      ("#g", "type", "prov:Agent")], ["prov:wasStartedBy"]),
    ("nobody-knows-whose-plan",
     {"@id": "#a", "@type": "CreateAction", "instrument": {"@id": "tool"},
      "agent": [{"@id": "#g"}, {"@id": "#h"}]},
     [(None, "prov:hadPlan", "tool"), ("#a", "prov:wasAssociatedWith", "#g"),
      ("#a", "prov:wasAssociatedWith", "#h")], ["prov:agent"]),
    ("a-time",
     {"@id": "#a", "@type": "CreateAction",
      "startTime": "2024-09-12T10:00:00Z", "endTime": "2024-09-12"},
     [("#a", "prov:startedAtTime", "2024-09-12T10:00:00Z"),
      ("#a", "schema:endTime", "2024-09-12")], ["prov:endedAtTime"]),
    ("no-time-on-that-day",
     {"@id": "#a", "@type": "CreateAction", "startTime": "2024-09-12T10"},
     [("#a", "schema:startTime", "2024-09-12T10")], ["prov:startedAtTime"]),
    ("only-planned",
     {"@id": "#a", "@type": "CreateAction", "object": {"@id": "in"},
      "actionStatus": {"@id": "http://schema.org/PotentialActionStatus"}},
     [("#a", "type", "prov:Plan")], ["prov:Activity", "prov:used"]),
    ("failed",
     {"@id": "#a", "@type": "CreateAction", "error": "out of memory",
      "actionStatus": {"@id": "http://schema.org/FailedActionStatus"}},
     [("#a", "type", "prov:Activity"), ("#a", "schema:error", "out of memory"),
      ("#a", "schema:actionStatus",
       "http://schema.org/FailedActionStatus")], []),
    ("an-engine",
     [{"@id": "#o", "@type": "OrganizeAction", "instrument": {"@id": "#e"},
       "object": {"@id": "#c"}, "result": {"@id": "#a"}},
      {"@id": "#c", "@type": "ControlAction", "object": {"@id": "#s"}},
      {"@id": "#a", "@type": "CreateAction"},
      {"@id": "#s", "@type": "CreateAction"},
      {"@id": "#e", "@type": "SoftwareApplication"}],
     [("#o", "prov:wasAssociatedWith", "#e"),
      ("#e", "type", "prov:SoftwareAgent"),
      ("#a", "prov:wasInformedBy", "#o"), ("#c", "prov:wasInformedBy", "#o"),
      ("#s", "prov:wasInformedBy", "#c")],
     ["prov:wasGeneratedBy", "prov:used", "prov:hadPlan"]),
    ("an-update",
     {"@id": "#a", "@type": "UpdateAction", "object": {"@id": "v1"},
      "result": {"@id": "v2"}},
     [("v2", "prov:wasRevisionOf", "v1")], ["prov:wasDerivedFrom"]),
    ("an-update-of-which",
     {"@id": "#a", "@type": "UpdateAction",
      "object": [{"@id": "v1"}, {"@id": "v0"}], "result": {"@id": "v2"}},
     [("v2", "prov:wasGeneratedBy", "#a")], ["prov:wasRevisionOf"]),
    ("an-update-in-place",
     {"@id": "#a", "@type": "UpdateAction", "object": {"@id": "v1"},
      "result": {"@id": "v1"}},
     [("v1", "prov:wasGeneratedBy", "#a")], ["prov:wasRevisionOf"]),
    ("equipment",
     [{"@id": "#a", "@type": "CreateAction", "instrument": {"@id": "#i"}},
      {"@id": "#i", "@type": "IndividualProduct"}],
     [("#a", "prov:used", "#i")], ["prov:hadPlan"]),
    ("an-environment",
     [{"@id": "#a", "@type": "CreateAction", "environment": {"@id": "#v"}},
      {"@id": "#v", "@type": "PropertyValue", "name": "LANG", "value": "C"}],
     [("#a", "prov:used", "#v"),
      (None, "prov:hadRole", "https://w3id.org/ro/terms/workflow-run#"
       "environment"), ("#v", "prov:value", "C")], []),
    ("parameters",
     [{"@id": "#a", "@type": "CreateAction", "object": {"@id": "in"},
       "result": {"@id": "out"}, "instrument": {"@id": "w"}},
      {"@id": "w", "@type": "ComputationalWorkflow", "input": {"@id": "#p"},
       "output": {"@id": "#q"}},
      {"@id": "in", "@type": "File", "exampleOfWork": {"@id": "#p"}},
      {"@id": "out", "@type": "File", "exampleOfWork": {"@id": "#q"}}],
     [(None, "prov:hadRole", "#p"), (None, "prov:hadRole", "#q"),
      (None, "prov:entity", "in"), (None, "prov:activity", "#a")], []),
    ("authors",
     [{"@id": "out", "@type": "File", "author": {"@id": "#g"},
       "publisher": {"@id": "#h"}}, {"@id": "#h", "@type": "Organization"}],
     [("out", "prov:wasAttributedTo", "#g"),
      ("out", "prov:qualifiedAttribution", None),
      (None, "prov:hadRole", "schema:publisher"),
      ("#h", "type", "prov:Organization")], []),
    ("a-derivation-that-is-said",
     {"@id": "out", "@type": "File", "isBasedOn": {"@id": "in"}},
     [("out", "prov:wasDerivedFrom", "in")], ["prov:Activity"]),
    ("a-collection",
     {"@id": "d/", "@type": "Dataset", "hasPart": {"@id": "d/f"}},
     [("d/", "prov:hadMember", "d/f"), ("d/", "type", "prov:Collection")], []),
    ("a-provider",
     {"@id": "#a", "@type": "CreateAction", "provider": {"@id": "#tre"}},
     [("#a", "prov:wasAssociatedWith", "#tre"), (None, "prov:agent", "#tre"),
      (None, "prov:hadRole", "schema:provider"),
      ("#tre", "type", "prov:Agent")], ["prov:hadPlan"]),
    ("a-download",
     [{"@id": "#a", "@type": "DownloadAction", "object": {"@id": "http://w/"},
       "result": {"@id": "w/"}},
      {"@id": "w/", "@type": "Dataset", "sameAs": {"@id": "http://w/"}}],
     [("w/", "prov:alternateOf", "http://w/"),
      ("#a", "prov:used", "http://w/"), ("w/", "prov:wasGeneratedBy", "#a")],
     ["prov:wasDerivedFrom"]),
    ("the-same-as-another",
     {"@id": "out", "@type": "File", "sameAs": {"@id": "in"}},
     [("out", "type", "prov:Entity")], ["prov:alternateOf"]),
    ("a-packaged-copy",
     [{"@id": "out", "@type": "File", "exampleOfWork": {"@id": "work"}},
      {"@id": "work", "@type": "CreativeWork"}],
     [("out", "prov:specializationOf", "work")], ["prov:wasDerivedFrom"]),
    ("a-passed-parameter-is-no-copy",
     [{"@id": "out", "@type": "File", "exampleOfWork": {"@id": "#p"}},
      {"@id": "#p", "@type": "FormalParameter"}],
     [("out", "type", "prov:Entity")], ["prov:specializationOf"]),
    ("a-model",
     [{"@id": "#a", "@type": "CreateAction", "object": {"@id": "data"},
       "result": {"@id": "model"}},
      {"@id": "model", "@type": ["File", "https://w3id.org/fair4ml#MLModel"],
       "https://w3id.org/fair4ml#trainedOn": {"@id": "data"}}],
     [("model", "prov:wasGeneratedBy", "#a"),
      (None, "prov:hadRole", "https://w3id.org/fair4ml#trainedOn")],
     ["prov:wasDerivedFrom"]),
    ("prov-of-its-own",
     {"@id": "out", "@type": "File", "prov:wasQuotedFrom": {"@id": "in"}},
     [("out", "prov:wasQuotedFrom", "in")], []),
]

ENGINE = next(row for row in ROWS if row[0] == "an-engine")[1]

# The same of parts that are asked for.
PARTS = [
    ("derivation", ROWS[0][1], [("out", "prov:wasDerivedFrom", "in")], []),
    ("alternates",
     {"@id": "out", "@type": "File", "sameAs": {"@id": "in"}},
     [("out", "prov:alternateOf", "in"), ("in", "type", "prov:Entity")], []),
    ("control-folded", ENGINE,
     [("#a", "prov:wasInformedBy", "#o"), ("#s", "prov:wasInformedBy", "#o"),
      ("#o", "prov:wasAssociatedWith", "#e")],
     ["schema:ControlAction", BASE + "#c"]),
    ("bundle",
     [{"@id": "#a", "@type": "CreateAction", "result": {"@id": "out"}},
      {"@id": "ro-crate-metadata.json", "sdPublisher": {"@id": "#p"},
       "sdDatePublished": "2024-09-12T10:00:00Z"}],
     [("ro-crate-metadata.json", "type", "prov:Bundle"),
      ("ro-crate-metadata.json", "prov:wasAttributedTo", "#p"),
      ("ro-crate-metadata.json", "prov:generatedAtTime",
       "2024-09-12T10:00:00Z"),
      ("out", "prov:wasGeneratedBy", "#a", "ro-crate-metadata.json")],
     [BASE + "ro-crate-metadata.json> <%stype>" % RDF_NAMESPACE +
      " <%sBundle> <" % PROV]),
]

# What PROV says, and what a crate then says of it.
BACK_ROWS = [
    ("what-has-ended",
     "<#a> a prov:Activity . <x> a prov:Entity ; prov:wasInvalidatedBy <#a> .",
     [("#a", "type", "schema:DeleteAction"), ("#a", "schema:object", "x"),
      ("", "schema:mentions", "#a")], ["schema:ActivateAction"]),
    ("what-was-replaced",
     "<#a> a prov:Activity . <x> a prov:Entity ; prov:wasInvalidatedBy <#a> ."
     "<y> a prov:Entity ; prov:wasGeneratedBy <#a> .",
     [("#a", "type", "schema:CreateAction"), ("#a", "schema:result", "y"),
      ("x", "prov:wasInvalidatedBy", "#a")], ["schema:DeleteAction"]),
    ("who-provided",
     "<#a> a prov:Activity ; prov:qualifiedAssociation ["
     " prov:agent <#t> ; prov:hadRole <http://schema.org/provider> ] .",
     [("#a", "schema:provider", "#t")], ["schema:agent"]),
    ("where-it-is",
     "<x> a prov:Entity ; prov:atLocation <#l> . <#l> a prov:Location . <#a> a prov:Activity .",
     [("x", "schema:location", "#l"), ("#l", "type", "schema:Place")], []),
    ("where-no-place-is",
     "<x> a prov:Entity ; prov:atLocation <http://e/d/x> ."
     "<#a> a prov:Activity .",
     [("x", "prov:atLocation", "d/x")], ["schema:location"]),
]


def full(term):
    for prefix, iri in (("prov:", PROV), ("schema:", "http://schema.org/")):
        if term.startswith(prefix):
            return iri + term[len(prefix):]
    if term == "type":
        return RDF_NAMESPACE + "type"
    return term


def matches(term, wanted):
    if wanted is None:
        return term[0] == "blank"
    return term[1] in (full(wanted), BASE + wanted)


def is_made(context, about, wanted, unwanted, *options):
    about = about if isinstance(about, list) else [about]
    data = CRATE % "".join(", " + json.dumps(entity) for entity in about)
    return says(context, "prov", "jsonld", data, wanted, unwanted, *options)


def says(context, vocabulary, syntax, data, wanted, unwanted, *options):
    answer = context.convert("--from", syntax, "--base", BASE, "--as",
                             vocabulary, "--to", "nquads", *options, "-",
                             stdin=data.encode())
    if answer.status or answer.err:
        return answer.complaint()
    text = answer.out.decode()
    quads = suite.parse_nquads(text)
    for row in wanted:
        if not any(all(matches(term, part) for term, part in zip(quad, row))
                   for quad in quads):
            return "%s is not said: %s" % (row, text)
    for term in unwanted:
        if "<%s>" % full(term) in text:
            return "%s is said: %s" % (term, text)
    return None


def is_refused(context, part):
    """A part of a mapping that is not gone through."""
    answer = context.convert("--from", "jsonld", "--base", BASE, "--as",
                             "dcat", "--to", "nquads", "--with", part, "-",
                             stdin=(CRATE % "").encode())
    refused = answer.status == 2 and not answer.out
    return None if refused and "not gone through" in answer.err \
        else answer.complaint()


def crates(context):
    """Documents of crates with a run in them."""
    for name in EXAMPLES:
        yield os.path.join(suite.ROOT, "docs", "examples", name,
                           "ro-crate-metadata.json")
    for name in SAMPLES:
        folder = os.path.join(context.shared or "", "samples", "provenance",
                              name)
        yield from sorted(glob.glob(os.path.join(folder, "*.json")))


def comes_back(context, path):
    """RO-Crate, PROV-O beside it, RO-Crate: the same graph."""
    made = context.convert("--as", "prov", "--lossless", "--to", "nquads",
                           path)
    if made.status:
        return made.complaint()
    if PROV.encode() not in made.out:
        return "no provenance was made"
    back = context.convert("--from", "nquads", "--base", BASE, "--mapping",
                           BACK, "--to", "canonical", "-", stdin=made.out)
    return None if back.out == context.canonical(path) \
        else "another graph comes back " + back.complaint()


def is_valid(context, path):
    """What is made violates no constraint of PROV."""
    answer = context.convert("--check-constraints", path)
    errors = [line for line in answer.out.decode().splitlines()
              if ": error: " in line]
    return errors[0] if errors or answer.status else None


# What a crate wants and PROV-O does not know.
UNKNOWN = {"root-license", "root-datepublished", "prog-entity"}


def becomes_a_crate(context):
    """The published run of CWLProv as a Process Run Crate."""
    path = os.path.join(context.shared or "", *RUN)
    if not os.path.exists(path):
        raise suite.Skip("no ../shared/" + "/".join(RUN))
    with tempfile.TemporaryDirectory() as folder:
        made = context.convert("--as", "ro-crate", "--to", "ro-crate-json",
                               "-o", os.path.join(
                                   folder, "ro-crate-metadata.json"), path)
        if made.status or made.err:
            return made.complaint()
        judged = context.call("crate-validate", "--format", "json", folder)
    findings = json.loads(judged.out)["crates"][0]["findings"]
    found = {finding["rule"].split("/")[-1] for finding in findings
             if finding["severity"] == "violation"}
    return None if found == UNKNOWN else "violates %s" % found


def cases(context):
    for name, about, wanted, unwanted in ROWS:
        yield suite.Case("run-crates", name,
                         lambda a=(about, wanted, unwanted):
                             is_made(context, *a))
    yield suite.Case("run-crates", "a-derivation-that-is-assumed", lambda: (
        is_made(context, *PARTS[0][1:], "--assume-derivation")))
    for part, about, wanted, unwanted in PARTS:
        yield suite.Case("run-crates", "with-" + part,
                         lambda a=(about, wanted, unwanted), part=part:
                             is_made(context, *a, "--with", part))
        yield suite.Case("run-crates", "not-to-dcat-with-" + part,
                         lambda part=part: is_refused(context, part))
    for name, data, wanted, unwanted in BACK_ROWS:
        yield suite.Case(
            "run-crates", "back-" + name,
            lambda a=("@prefix prov: <%s> . %s" % (PROV, data), wanted,
                      unwanted): says(context, "ro-crate", "turtle", *a))
    for path in crates(context):
        name = "-".join(path.split(os.sep)[-2:])
        yield suite.Case("run-crates", name + "-comes-back",
                         lambda path=path: comes_back(context, path))
        yield suite.Case("run-crates", name + "-is-valid",
                         lambda path=path: is_valid(context, path))
    yield suite.Case("run-crates", "cwlprov-run",
                     lambda: becomes_a_crate(context))


if __name__ == "__main__":
    sys.exit(suite.main("run-crates", cases))
