#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --to dot and --to svg: the same graph, no two nodes in one
place, edges that lead from node to node; Graphviz reads the one, XML parsers
the other."""
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile

import crates
from crates import suite

NODE = re.compile(r'^  n(\d+) \[shape=(\w+) .*? label="((?:[^"\\]|\\.)*)"', re.M)
EDGE = re.compile(r'^  n(\d+) -> n(\d+) \[label="(\w+)"\];$', re.M)
SHAPES = {"ellipse": "entity", "box": "activity", "house": "agent"}


def read_dot(text):
    """Nodes as (shape, label) and edges as (label, from, to)."""
    nodes = {n: (shape, label.replace("\\n", ""))
             for n, shape, label in NODE.findall(text)}
    edges = [(label, nodes[a], nodes[b]) for a, b, label in EDGE.findall(text)]
    return nodes, edges


def boxes(tree):
    """Left, top, right and bottom of each node of a drawing."""
    for shape in tree.iter():
        if not (shape.get("class") or "").startswith("p-shape"):
            continue
        if crates.tag(shape) == "rect":
            x, y, w, h = (int(shape.get(k))
                          for k in ("x", "y", "width", "height"))
            yield x, y, x + w, y + h
        else:
            x, bottom, height = (int(n) for n in re.match(
                r"M(\d+) (\d+) v-(\d+)", shape.get("d")).groups())
            yield x, bottom - height - 8, x + 176, bottom


def overlapping(tree):
    for a, b in itertools.combinations(list(boxes(tree)), 2):
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            return "%s lies on %s" % (a, b)
    return None


def ends(path):
    """The first and the last point of an edge."""
    numbers = [int(n) for n in re.findall(r"-?\d+", path)]
    return tuple(numbers[:2]), tuple(numbers[-2:])


def astray(tree):
    """An edge that does not begin and end at the side of some node."""
    sides = {(x, (top + bottom) // 2 + d) for left, top, right, bottom
             in boxes(tree) for x in (left, right) for d in (-4, 0)}
    for path in tree.iter(crates.SVG + "path"):
        if path.get("class") == "p-edge" and \
                not set(ends(path.get("d"))) <= sides:
            return "an edge leads to nowhere: %s" % path.get("d")
    return None


def one_graph(context, path):
    """DOT and SVG draw the same, and nothing lies on anything."""
    def run():
        nodes, edges = read_dot(crates.convert(context, "dot", path))
        tree = crates.parse(crates.convert(context, "svg", path))
        drawn = list(boxes(tree))
        lines = [p for p in tree.iter(crates.SVG + "path")
                 if p.get("class") == "p-edge"]
        loops = sum(a == b for _, a, b in edges)
        if len(drawn) != min(400, len(nodes)):
            return "%d nodes in DOT, %d in SVG" % (len(nodes), len(drawn))
        if len(nodes) <= 400 and len(lines) < len(edges) - loops:
            return "%d edges in DOT, %d in SVG" % (len(edges), len(lines))
        return overlapping(tree) or astray(tree)
    return run


def graphviz_reads(context, path):
    def run():
        if not shutil.which("dot"):
            raise suite.Skip("Graphviz is not installed")
        text = crates.convert(context, "dot", path)
        done = subprocess.run(["dot", "-Tplain"], input=text.encode("utf-8"),
                              capture_output=True, timeout=60)
        if done.returncode or done.stderr:
            return done.stderr.decode("utf-8", "replace")[:300]
        lines = done.stdout.decode("utf-8").splitlines()
        nodes = sum(line.startswith("node ") for line in lines)
        return None if nodes == len(read_dot(text)[0]) \
            else "Graphviz sees %d nodes" % nodes
    return run


def draws(context, folder, name, document, *expected):
    """The edges of a document, as (label, from, to) of names."""
    def run():
        if isinstance(document, dict):
            path = crates.write(folder, name, document)
        else:
            path = os.path.join(folder, name + ".provn")
            with open(path, "w", encoding="utf-8") as file:
                file.write(document)
        _, edges = read_dot(crates.convert(context, "dot", path))
        found = sorted((label, "%s %s" % (SHAPES[a[0]], a[1]),
                        "%s %s" % (SHAPES[b[0]], b[1]))
                       for label, a, b in edges)
        return None if found == sorted(expected) else "drew %s" % found
    return run


def action(**properties):
    entity = crates.samples.entity
    return crates.samples.crate(
        {"name": "root"}, entity("#a", "CreateAction", name="act",
                                 **properties),
        entity("in", "File", name="in"), entity("out", "File", name="out"),
        entity("#p", "Person", name="who"),
        entity("#t", "SoftwareApplication", name="tool"))


PROVN = """document
  prefix e <http://e/>
  bundle e:b
    entity(e:x) entity(e:y) activity(e:a) agent(e:g) entity(e:plan)
    used(e:a, e:x, 2024-01-01T00:00:00)
    wasGeneratedBy(e:y, e:a, -)
    wasAssociatedWith(e:a, e:g, e:plan)
    wasDerivedFrom(e:y, e:x)
    actedOnBehalfOf(e:g, e:h)
  endBundle
endDocument
"""


def ring(context, folder):
    """A cycle is opened, and drawn whole."""
    def run():
        entity = crates.samples.entity
        path = crates.write(folder, "ring", crates.samples.crate(
            {"name": "ring"},
            *[entity("#r%d" % i, "CreateAction", object={"@id": "f%d" % i},
                     result={"@id": "f%d" % ((i + 1) % 3)})
              for i in range(3)],
            *[entity("f%d" % i, "File") for i in range(3)]))
        tree = crates.parse(crates.convert(context, "svg", path))
        lines = sum(p.get("class") == "p-edge"
                    for p in tree.iter(crates.SVG + "path"))
        return overlapping(tree) or astray(tree) or (
            None if lines == 6 else "%d edges" % lines)
    return run


def large_is_cut(context, folder):
    def run():
        path = crates.write(folder, "large", crates.large(3000))
        answer = context.convert("--to", "svg", path)
        if "[drawing-cut]" not in answer.err or answer.status != 0:
            return "nobody says that something is left out: " + answer.err
        tree = crates.parse(answer.out.decode("utf-8"))
        count = len(list(boxes(tree)))
        nodes, _ = read_dot(crates.convert(context, "dot", path))
        return None if count == 400 and len(nodes) == 4501 \
            else "%d drawn, %d in DOT" % (count, len(nodes))
    return run


def nothing_to_draw(context):
    def run():
        path = os.path.join(crates.EXAMPLES, "soil-moisture")
        for form in ("dot", "svg"):
            answer = context.convert("--to", form, path)
            if answer.status != 0 or "[no-provenance]" not in answer.err:
                return "nobody says that there is nothing: " + answer.err
        return None
    return run


def turtle_draws_alike(context, folder):
    """The graph is what counts, not how it was written down."""
    def run():
        path = os.path.join(crates.EXAMPLES, "digit-classifier")
        base = "https://example.org/crate/ro-crate-metadata.json"
        file = os.path.join(folder, "a.ttl")
        crates.convert(context, "turtle", path, "--base", base, "-o", file)
        first = read_dot(crates.convert(context, "dot", path))
        second = read_dot(crates.convert(context, "dot", file, "--base", base))
        return None if sorted(first[1]) == sorted(second[1]) \
            else "%s and %s" % (first[1], second[1])
    return run


def cases(context, folder):
    hostile = crates.write(folder, "hostile", crates.hostile())
    for path in crates.names() + [hostile] + crates.shared(context):
        name = "/".join(path.split(os.sep)[-2:])
        yield suite.Case("drawings", "one/" + name, one_graph(context, path))
        yield suite.Case("drawings", "graphviz/" + name,
                         graphviz_reads(context, path))
    runs = {
        "action": draws(
            context, folder, "action",
            action(object={"@id": "in"}, result=[{"@id": "out"}],
                   agent={"@id": "#p"}, instrument={"@id": "#t"}),
            ("used", "activity act", "entity in"),
            ("wasGeneratedBy", "entity out", "activity act"),
            ("wasAssociatedWith", "activity act", "agent who"),
            ("instrument", "activity act", "entity tool")),
        "texts-are-no-things": draws(
            context, folder, "texts", action(object="in", agent="who")),
        "said-twice": draws(
            context, folder, "twice",
            action(object=[{"@id": "in"}, {"@id": "./in"}]),
            ("used", "activity act", "entity in")),
        "prov": draws(
            context, folder, "prov", PROVN,
            ("used", "activity http://e/a", "entity http://e/x"),
            ("wasGeneratedBy", "entity http://e/y", "activity http://e/a"),
            ("wasAssociatedWith", "activity http://e/a", "agent http://e/g"),
            ("hadPlan", "activity http://e/a", "entity http://e/plan"),
            ("wasDerivedFrom", "entity http://e/y", "entity http://e/x"),
            ("actedOnBehalfOf", "agent http://e/g", "agent http://e/h")),
        "ring": ring(context, folder),
        "large": large_is_cut(context, folder),
        "nothing": nothing_to_draw(context),
        "turtle": turtle_draws_alike(context, folder),
    }
    for name, run in runs.items():
        yield suite.Case("drawings", name, run)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("drawings", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
