# SPDX-License-Identifier: Apache-2.0
"""Profiles that mean harm or contradict each other, and crates that are hard on
profiles."""
from hostile_documents import crate

MANY = 10000  # actions; fewer when every step is watched: see hostile.py
DEEP = 1000  # levels of an ISA tree

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
@prefix prof: <http://www.w3.org/ns/dx/prof/> .
@prefix ck: <urn:cratekit:> .
@prefix rule: <urn:cratekit:rule:> .
"""


def profile(name, rules="", parent="https://w3id.org/ro/crate"):
    return HEAD + """<https://lab.example/%s> a prof:Profile ;
  prof:hasToken "%s-1.0" ; prof:isProfileOf <%s> .
""" % (name, name, parent) + rules


def title(count):
    """A rule: the root has this many names."""
    return """rule:title a sh:PropertyShape ; sh:targetClass ck:Root ;
  sh:path schema:name ; sh:%s ; sh:message "a name %s" .
""" % (count, count)


def judged(profiles, status, words, *arguments, document=None):
    """A trap: these profiles (path -> text) and a crate."""
    def trap(trial, check):
        for path, text in profiles.items():
            trial.write("profiles/" + path, text)
        trial.write("crate/ro-crate-metadata.json",
                    document() if document else crate())
        options = ["--profiles-path", "profiles"] if profiles else []
        answer = trial.run("-s", "violation", *options, *arguments, "crate")
        check(trial, answer, status, words)
    return trap


def declares(*profiles):
    """A crate that declares many profiles."""
    root = [{"@id": iri} for iri in profiles]
    entities = [{"@id": iri, "@type": ["CreativeWork", "Profile"],
                 "name": iri, "version": "1"} for iri in profiles]
    return crate(entities, conformsTo=root)


RUN = "https://w3id.org/ro/wfrun/"


def five():
    return declares(RUN + "process/0.1", RUN + "process/0.5",
                    RUN + "workflow/0.5", RUN + "provenance/0.4",
                    "https://w3id.org/workflowhub/workflow-ro-crate/1.0")


def actions():
    """Actions each of which names the next, the first and the tool."""
    entities = [{"@id": "#tool", "@type": "SoftwareApplication",
                 "name": "Tool", "url": "https://example.org/",
                 "softwareVersion": "1"}]
    for i in range(MANY):
        other = "#a%d" % ((i + 1) % MANY)
        entities.append({
            "@id": "#a%d" % i, "@type": "CreateAction", "name": "Run %d" % i,
            "instrument": [{"@id": "#tool"}, {"@id": other}],
            "object": [{"@id": other}, {"@id": "#a0"}],
            "result": {"@id": other}, "agent": {"@id": "#a0"}})
    return crate(entities, mentions=[e for e in (
        {"@id": "#a%d" % i} for i in range(MANY))])


def steps():
    """A workflow whose every step names every tool there is."""
    count = MANY // 100
    entities = [{"@id": "wf.cwl", "@type": [
        "File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
        "name": "W", "programmingLanguage": {"@id": "#l"},
        "hasPart": [{"@id": "#t%d" % i} for i in range(count)],
        "step": [{"@id": "#s%d" % i} for i in range(count)]}]
    for i in range(count):
        entities.append({"@id": "#t%d" % i, "@type": "SoftwareApplication",
                         "name": "T"})
        entities.append({
            "@id": "#s%d" % i, "@type": "HowToStep", "position": str(i),
            "workExample": [{"@id": "#t%d" % j} for j in range(count)]})
        entities.append({
            "@id": "#c%d" % i, "@type": "ControlAction",
            "instrument": {"@id": "#s%d" % i},
            "object": [{"@id": "#c%d" % j} for j in range(count)]})
    return crate(entities, mainEntity={"@id": "wf.cwl"},
                 hasPart={"@id": "wf.cwl"})


def tree():
    """An investigation with a study in a study in a study."""
    entities = []
    for i in range(DEEP):
        entities.append({
            "@id": "s%d/" % i, "@type": "Dataset", "identifier": "s%d" % i,
            "additionalType": "Study" if i % 2 else "Assay", "name": "S",
            "hasPart": {"@id": "s%d/" % (i + 1)}})
    entities.append({"@id": "s%d/" % DEEP, "@type": "Dataset",
                     "additionalType": "Assay", "identifier": "x"})
    return crate(entities, hasPart={"@id": "s0/"}, identifier="i",
                 additionalType="Investigation")


def unknown():
    return declares(*("https://nobody.example/%d" % i for i in range(MANY)))


def traps():
    yield "profile-not-turtle", judged(
        {"lab/1.0/profile.ttl": profile("lab") + "rule:x a"}, 2,
        "profile.ttl:8:", "-p", "lab")
    yield "profile-file-missing", judged(
        {"lab/1.0/profile.ttl": profile("lab") + "<https://lab.example/lab> "
         "prof:hasResource [ prof:hasArtifact <gone.ttl> ] ."}, 2,
        "gone.ttl", "-p", "lab")
    yield "profile-climbs-out", judged(
        {"lab/1.0/profile.ttl": profile("lab") + "<https://lab.example/lab> "
         "prof:hasResource [ prof:hasArtifact <../../../crate/"
         "ro-crate-metadata.json> ] ."}, 2, "crate/ro-crate-metadata.json",
        "-p", "lab")
    yield "profiles-contradict", judged(
        {"a/1.0/profile.ttl": profile("a", title("minCount 1")),
         "b/1.0/profile.ttl": profile("b", title("maxCount 0"))}, 1,
        "a name maxCount 0 [b-1.0/title]", "-p", "a", "-p", "b")
    yield "profile-without-shapes", judged(
        {"lab/1.0/profile.ttl": profile("lab")}, 0, "conforms", "-p", "lab")
    yield "profiles-in-a-ring", judged(
        {"p%d/1.0/profile.ttl" % i: profile(
            "p%d" % i, "", "https://lab.example/p%d" % ((i + 1) % 40))
         for i in range(40)}, 2, "inherits from itself", "-p", "p0")
    yield "profiles-in-a-lattice", judged(
        {"p%d/1.0/profile.ttl" % i: profile(
            "p%d" % i, "<https://lab.example/p%d> prof:isProfileOf "
            "<https://lab.example/p%d>, <https://lab.example/p%d> .\n" % (
                i, i + 1, i + 2)) for i in range(14)}, 0, "conforms",
        "-p", "p0")
    yield "five-profiles-of-two-versions", judged(
        {}, 1, "provenance-run-crate-0.4", document=five)
    yield "actions-that-name-each-other", judged(
        {}, 1, "violation", "-p", "provenance-run-crate-0.5",
        document=actions)
    yield "steps-that-name-each-other", judged(
        {}, 1, "violation", "-p", "provenance-run-crate-0.5", document=steps)
    yield "isa-tree", judged({}, 1, "violation", "-p", "isa-ro-crate",
                             document=tree)
    yield "unknown-profiles", judged({}, 0, "not known here",
                                     document=unknown)
