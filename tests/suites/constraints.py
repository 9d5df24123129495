#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""PROV-CONSTRAINTS: for each constraint that can be violated a document that
violates it and nothing else, and documents that come near and are valid.

Statements are PROV-N, in the namespace of the document. Constraints that only
say what is before the end of an activity or the invalidation of an entity (30,
35, 36, 38, 40, 44, 46, 47, 49) cannot be violated, as nothing is after those;
33, 37 and 41 say nothing that others do not say as well. They are seen where
times contradict them.
"""
import re
import sys

import suite

AB = "entity(a) entity(b) "
T = ["2011-11-16T16:00:00Z", "2011-11-16T17:00:00+01:00",
     "2011-11-16T16:00:01Z", "2011-11-16T16:00:00"]

# Number, statements, and what else has to be in the words.
INVALID = [
    (22, "activity(a, %s, -) activity(a, %s, -)" % (T[0], T[2]), ""),
    (22, "activity(a, -, %s) activity(a, -, %s)" % (T[0], T[2]), ""),
    (23, "used(u; a, e, -) used(u; a, f, -)", ""),
    (23, "used(u; a, e, -) used(u; b, e, -)", ""),
    (23, "used(u; a, e, %s) used(u; a, e, %s)" % (T[0], T[2]), ""),
    (23, "wasGeneratedBy(g; e, a, -) wasGeneratedBy(g; f, a, -)", ""),
    (23, "wasInformedBy(i; a, b) wasInformedBy(i; a, c)", ""),
    (23, "wasStartedBy(s; a, e, -, -) wasStartedBy(s; a, f, -, -)", ""),
    (23, "wasEndedBy(s; a, -, b, -) wasEndedBy(s; a, -, c, -)", ""),
    (23, "wasInvalidatedBy(s; e, a, -) wasInvalidatedBy(s; e, b, -)", ""),
    (23, "wasDerivedFrom(d; e, f) wasDerivedFrom(d; e, g)", ""),
    (23, "wasDerivedFrom(d; e, f) wasDerivedFrom(d; e, f, a, -, -)", ""),
    (23, "wasAttributedTo(t; e, g) wasAttributedTo(t; e, h)", ""),
    (23, "wasAssociatedWith(t; a, g, -) wasAssociatedWith(t; a, g, p)",
     "plan of <http://e/a> is <http://e/p> here and elsewhere -"),
    (23, "actedOnBehalfOf(t; g, h) actedOnBehalfOf(t; g, i)", ""),
    (23, "wasInfluencedBy(t; g, h) wasInfluencedBy(t; g, i)", ""),
    # By inference 11, a derivation speaks of its usage and its generation.
    (23, "used(u; b, e, -) wasDerivedFrom(f, e, a, g, u)", ""),
    (23, "wasGeneratedBy(g; f, b, -) wasDerivedFrom(f, e, a, g, u)", ""),
    (24, "wasGeneratedBy(g; e, a, -) wasGeneratedBy(h; e, a, -)",
     "the identifier of <http://e/e> is <http://e/h> here"),
    (24, "wasGeneratedBy(e, a, %s) wasGeneratedBy(e, a, %s)" % (T[0], T[2]),
     "time"),
    (24, "wasGeneratedBy(h; e, a, -) wasDerivedFrom(e, f, a, g, u)", ""),
    (25, "wasInvalidatedBy(g; e, a, -) wasInvalidatedBy(h; e, a, -)", ""),
    (26, "wasStartedBy(s; a, -, b, -) wasStartedBy(t; a, -, b, -)", ""),
    (26, "wasStartedBy(a, e, b, -) wasStartedBy(a, f, b, -)", "trigger"),
    (27, "wasEndedBy(s; a, -, b, -) wasEndedBy(t; a, -, b, -)", ""),
    (28, "activity(a, %s, -) wasStartedBy(a, -, -, %s)" % (T[0], T[2]), ""),
    (28, "activity(a) wasStartedBy(a, -, -, %s) wasStartedBy(a, -, -, %s)"
     % (T[0], T[2]), ""),
    (29, "activity(a, -, %s) wasEndedBy(a, -, -, %s)" % (T[0], T[2]), ""),
    (42, AB + "wasDerivedFrom(a, b) wasDerivedFrom(b, a)", "(constraint 42)"),
    (42, "entity(a) wasDerivedFrom(a, a)", "before itself"),
    (42, AB + "entity(c) wasDerivedFrom(a, b) wasDerivedFrom(b, c) "
     "wasDerivedFrom(c, a)", "which is not earlier than the"),
    # 39: two generations of an entity are at once.
    (42, "wasGeneratedBy(a, x, -) wasGeneratedBy(a, y, -) wasGeneratedBy(b, y,"
     " -) wasDerivedFrom(a, b) wasDerivedFrom(b, a)", ""),
    (42, AB + "activity(x) wasDerivedFrom(b, a) wasGeneratedBy(a, x, -) "
     "wasStartedBy(x, b, -, -)",
     "start of <http://e/x> (constraint 34), which is not earlier than the generation of "
     "<http://e/b> (constraint 43)"),
    # 31: a start of one kind is the start of another.
    (42, AB + "wasDerivedFrom(b, a) wasGeneratedBy(a, x, -) "
     "wasStartedBy(x, -, y, -) wasStartedBy(y, b, -, -)", "(constraint 43)"),
    (42, AB + "wasDerivedFrom(b, a) specializationOf(a, b)",
     "(constraint 45)"),
    (42, "entity(b) wasDerivedFrom(b, a) wasAttributedTo(a, b)",
     "(constraint 48)"),
    (42, AB + "activity(x) wasDerivedFrom(b, a) wasAttributedTo(a, x) "
     "wasStartedBy(x, b, -, -)", "start of <http://e/x> (constraint 48)"),
    (51, "wasDerivedFrom(a, b, -, g, -)", ""),
    (51, "wasDerivedFrom(a, b, -, -, u)", ""),
    (51, "wasDerivedFrom(a, b, -, g, u)", ""),
    (52, "specializationOf(a, a)", ""),
    (52, "specializationOf(a, b) specializationOf(b, c) "
     "specializationOf(c, a)", ""),
    (53, "used(i; a, e, -) wasGeneratedBy(i; f, a, -)", ""),
    (53, "wasAttributedTo(i; e, g) wasAssociatedWith(i; a, g, -)", ""),
    (54, "entity(i) used(i; a, e, -)", ""),
    (54, "wasStartedBy(i; a, e, -, -) activity(i)", ""),
    (54, "agent(i) actedOnBehalfOf(i; g, h)", ""),
    # 50: what the ends of relations are.
    (55, "entity(x) activity(x)", ""),
    (55, "used(x, x, -)", ""),
    (55, "wasDerivedFrom(x, y) wasInformedBy(x, z)", ""),
    (55, "hadMember(c, x) wasAssociatedWith(x, g, -)", ""),
    (55, "alternateOf(x, y) wasEndedBy(z, -, y, -)", ""),
    (55, "wasAssociatedWith(a, g, p) activity(p)", ""),
    (56, "entity(c, [prov:type='prov:EmptyCollection']) hadMember(c, e)", ""),
    (56, "entity(c, [prov:type='prov:EmptyCollection']) "
     "specializationOf(d, c) hadMember(d, e)", ""),
]

VALID = [
    "activity(a, %s, -) activity(a, -, %s)" % (T[0], T[2]),
    "activity(a, %s, -) activity(a, %s, -)" % (T[0], T[1]),
    # A time without a zone may be any.
    "activity(a, %s, -) wasStartedBy(a, -, -, %s)" % (T[0], T[3]),
    "used(u; a, e, -) used(u; a, e, %s)" % T[0],
    "used(u; a, -, -) used(u; a, e, -)",
    "used(a, e, %s) used(a, e, %s)" % (T[0], T[2]),
    "wasGeneratedBy(g; e, a, -) wasGeneratedBy(h; e, b, -)",
    "wasGeneratedBy(g; e, -, -) wasGeneratedBy(h; e, -, -)",
    "wasGeneratedBy(g; e, a, -) wasGeneratedBy(e, a, %s)" % T[0],
    "wasGeneratedBy(g; f, a, -) used(u; a, e, -) "
    "wasDerivedFrom(f, e, a, g, u)",
    "wasAssociatedWith(a, g, -) wasAssociatedWith(a, g, p)",
    "wasStartedBy(s; a, -, b, -) wasStartedBy(t; a, -, c, -)",
    "wasStartedBy(s; a, -, -, -) wasStartedBy(t; a, -, -, -)",
    # Nobody says that it is an activity, so that it has no times.
    "wasStartedBy(a, -, -, %s) wasStartedBy(a, -, -, %s)" % (T[0], T[2]),
    # Nobody says that they are generated.
    "wasDerivedFrom(a, b) wasDerivedFrom(b, a)",
    AB + "wasDerivedFrom(a, b) alternateOf(a, b) alternateOf(b, a)",
    AB + "wasDerivedFrom(a, b) specializationOf(a, b)",
    AB + "wasDerivedFrom(a, b) wasAttributedTo(a, b)",
    AB + "activity(x) wasDerivedFrom(b, a) wasGeneratedBy(b, x, -) "
    "wasStartedBy(x, a, -, -) used(x, a, -)",
    AB + "activity(x) wasGeneratedBy(a, x, -) used(x, a, -)",
    AB + "activity(x) wasStartedBy(x, a, x, -)",
    "wasInformedBy(a, b) wasInformedBy(b, a) activity(a) activity(b)",
    "wasDerivedFrom(a, b, x, g, u)",
    "alternateOf(a, a)",
    "specializationOf(a, b) specializationOf(c, b) specializationOf(d, a)",
    "mentionOf(a, a, b)",
    "wasDerivedFrom(i; f, e) used(i; a, e, -) wasInfluencedBy(i; a, e)",
    "entity(i) wasDerivedFrom(i; f, e)",
    "entity(x) agent(x)", "activity(x) agent(x)",
    "wasInfluencedBy(x, y) entity(x) activity(y)",
    "entity(c, [prov:type='prov:EmptyCollection']) "
    "specializationOf(c, d) hadMember(d, e)",
    "entity(c, [prov:type='prov:Collection']) hadMember(c, e)",
    # Each instance by itself.
    "entity(x) bundle b1 activity(x) endBundle bundle b2 "
    "agent(x) endBundle",
    "bundle b1 used(u; a, e, -) endBundle bundle b2 used(u; a, f, -) "
    "endBundle",
    "bundle b1 endBundle",
]

# What contradicts the order of events by its time: a warning, no violation.
TIMES = [
    (30, "activity(a, %s, %s)" % (T[2], T[0])),
    (33, "activity(a, %s, -) used(a, e, %s)" % (T[2], T[0])),
    (33, "activity(a, -, %s) used(a, e, %s)" % (T[0], T[2])),
    (34, "activity(a, %s, -) wasGeneratedBy(e, a, %s)" % (T[2], T[0])),
    (34, "activity(a, -, %s) wasGeneratedBy(e, a, %s)" % (T[0], T[2])),
    (35, "activity(a, -, %s) activity(b, %s, -) wasInformedBy(a, b)" % (
        T[0], T[2])),
    (36, "entity(e) wasGeneratedBy(e, -, %s) wasInvalidatedBy(e, -, %s)" % (
        T[2], T[0])),
    (37, "wasGeneratedBy(e, -, %s) used(a, e, %s)" % (T[2], T[0])),
    (38, "used(a, e, %s) wasInvalidatedBy(e, -, %s)" % (T[2], T[0])),
    (41, "used(u; a, e, %s) wasGeneratedBy(g; f, a, %s) "
     "wasDerivedFrom(f, e, a, g, u)" % (T[2], T[0])),
    (42, "wasGeneratedBy(e, -, %s) wasGeneratedBy(f, -, %s) "
     "wasDerivedFrom(f, e)" % (T[2], T[0])),
    (43, "wasGeneratedBy(e, -, %s) wasStartedBy(a, e, -, %s)" % (T[2], T[0])),
    (43, "wasInvalidatedBy(e, -, %s) wasStartedBy(a, e, -, %s)" % (
        T[0], T[2])),
    (44, "wasGeneratedBy(e, -, %s) wasEndedBy(a, e, -, %s)" % (T[2], T[0])),
    (44, "wasInvalidatedBy(e, -, %s) wasEndedBy(a, e, -, %s)" % (T[0], T[2])),
    (44, "activity(b, %s, -) wasEndedBy(a, -, b, %s)" % (T[2], T[0])),
    (45, "wasGeneratedBy(e, -, %s) wasGeneratedBy(f, -, %s) "
     "specializationOf(f, e)" % (T[2], T[0])),
    (46, "wasInvalidatedBy(e, -, %s) wasInvalidatedBy(f, -, %s) "
     "specializationOf(f, e)" % (T[0], T[2])),
    (47, "activity(a, %s, -) wasAssociatedWith(a, g, -) "
     "wasInvalidatedBy(g, -, %s)" % (T[2], T[0])),
    (47, "activity(a, -, %s) wasAssociatedWith(a, g, -) "
     "wasGeneratedBy(g, -, %s)" % (T[0], T[2])),
    (47, "activity(a, %s, -) wasAssociatedWith(a, g, -) activity(g, -, %s)"
     % (T[2], T[0])),
    (47, "activity(a, -, %s) wasAssociatedWith(a, g, -) activity(g, %s, -)"
     % (T[0], T[2])),
    (48, "wasGeneratedBy(g, -, %s) wasGeneratedBy(e, -, %s) "
     "wasAttributedTo(e, g)" % (T[2], T[0])),
    (48, "activity(g, %s, -) wasGeneratedBy(e, -, %s) wasAttributedTo(e, g)"
     % (T[2], T[0])),
    (49, "wasGeneratedBy(h, -, %s) wasInvalidatedBy(g, -, %s) "
     "actedOnBehalfOf(g, h)" % (T[2], T[0])),
    (49, "activity(h, %s, -) activity(g, -, %s) actedOnBehalfOf(g, h)"
     % (T[2], T[0])),
]

FINDING = re.compile(
    r"^<stdin>:(\d+):(\d+): (error|warning): (.*) \[(.*)\]$")


def judge(context, statements, syntax="provn"):
    """Status, and findings as (line, words, code)."""
    document = "document default <http://e/>\n%s\nendDocument\n" % (
        statements.replace(") ", ")\n"))
    answer = None
    if syntax == "provn":
        data = document.encode()
    else:
        answer = context.convert("--from", "provn", "--to", syntax, "-",
                                 stdin=document.encode())
        data = answer.out
    answer = context.convert("--from", syntax, "--check-constraints", "-",
                             stdin=data)
    lines = answer.out.decode().splitlines()
    found = [FINDING.match(line) for line in lines]
    if not all(found):
        raise RuntimeError(lines)
    return answer.status, [(int(m.group(1)), m.group(4), m.group(5))
                           for m in found]


def violates(context, number, statements, words):
    status, found = judge(context, statements)
    codes = {code for _, _, code in found if code != "prov-times"}
    if status != 1 or codes != {"prov-constraint-%d" % number}:
        return "exit %s, %s" % (status, found)
    if not any(words in text for _, text, _ in found):
        return "no words of %s: %s" % (words, found)
    return None if all(line > 1 for line, _, _ in found) \
        else "at the wrong place: %s" % found


def is_valid(context, statements):
    status, found = judge(context, statements)
    return "exit %s, %s" % (status, found) if status or found else None


def warns(context, number, statements):
    status, found = judge(context, statements)
    if status or [code for _, _, code in found] != ["prov-times"]:
        return "exit %s, %s" % (status, found)
    return None if ("against constraint %d" % number) in found[0][1] \
        else found[0][1]


def agrees(context, number, statements):
    """The other syntaxes of PROV, and PROV-O, find the same."""
    for syntax in ("prov-json", "prov-xml", "prov-jsonld", "trig"):
        status, found = judge(context, statements, syntax)
        if status != 1 or "prov-constraint-%d" % number not in {
                code for _, _, code in found}:
            return "%s: exit %s, %s" % (syntax, status, found)
    return None


# What says the same in the graph of PROV-O: names that name two different
# things of one kind are one node there, and so are equal statements.
IN_GRAPHS = {24, 26, 28, 29, 42, 51, 52, 55, 56}


def cases(context):
    for i, (number, statements, words) in enumerate(INVALID):
        yield suite.Case("constraints", "invalid-%d-%d" % (number, i + 1),
                         lambda a=(number, statements, words):
                             violates(context, *a))
        if number in IN_GRAPHS:
            yield suite.Case("constraints", "syntaxes-%d-%d" % (number, i + 1),
                             lambda a=(number, statements):
                                 agrees(context, *a))
    for i, statements in enumerate(VALID):
        yield suite.Case("constraints", "valid-%d" % (i + 1),
                         lambda a=statements: is_valid(context, a))
    for i, (number, statements) in enumerate(TIMES):
        yield suite.Case("constraints", "times-%d-%d" % (number, i + 1),
                         lambda a=(number, statements): warns(context, *a))


if __name__ == "__main__":
    sys.exit(suite.main("constraints", cases))
