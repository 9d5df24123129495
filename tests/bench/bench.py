#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Speed and memory against the limits that we set ourselves.

usage: bench.py BUILD [--quick]

Every figure is of a whole process: user and system time together, and the
largest resident set, the median of several runs. Machines differ, so each
line ends with the share of its limit; the limits are for a plain desktop of
2020 or later. --quick leaves the crate of a million entities out.
"""
import hashlib
import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "profiles"))
import cases  # noqa: E402

FIELDS = "%-46s %10s %10s %8s"


def run(command, rounds):
    """Median CPU seconds and largest KiB of a command."""
    times, sizes = [], []
    for _ in range(rounds):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE)
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit("%s: %s" % (command, error.decode()))
        times.append(usage.ru_utime + usage.ru_stime)
        sizes.append(usage.ru_maxrss)
    return statistics.median(times), max(sizes)


def apart(function, *arguments):
    """Call in a process of its own: a child's memory is counted from the size
    of the process that starts it, so this one has to stay small."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(function, arguments)


def say(what, value, limit, unit):
    over = value / limit
    print(FIELDS % (what, "%.4g %s" % (value, unit), "%.4g %s" % (limit, unit),
                    "%.0f%%" % (100 * over)))
    return over <= 1


def write_crate(folder, count, version, payload):
    """A sound crate of `count` files, a hundred in each folder."""
    base = "https://w3id.org/ro/crate/" + version
    root = {"@id": "./", "@type": "Dataset", "name": "Benchmark",
            "description": "%d files" % count, "datePublished": "2024-05-01",
            "license": {"@id": "https://spdx.org/licenses/CC0-1.0"},
            "hasPart": []}
    graph = [{"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
              "conformsTo": {"@id": base}, "about": {"@id": "./"}}, root,
             {"@id": "https://spdx.org/licenses/CC0-1.0",
              "@type": "CreativeWork", "name": "CC0", "description": "CC0"}]
    for first in range(0, count, 100):
        path = "data/%06d/" % (first // 100)
        parts = [path + "file-%07d.csv" % i
                 for i in range(first, min(count, first + 100))]
        root["hasPart"].append({"@id": path})
        graph.append({"@id": path, "@type": "Dataset", "name": path,
                      "hasPart": [{"@id": p} for p in parts]})
        graph += [{"@id": p, "@type": "File", "name": "A file",
                   "encodingFormat": "text/csv", "contentSize": "2",
                   "description": "One of many files, number %d" % i,
                   "dateModified": "2024-05-01"}
                  for i, p in enumerate(parts, first)]
        if payload:
            os.makedirs(os.path.join(folder, path))
            for part in parts:
                with open(os.path.join(folder, part), "w") as file:
                    file.write("1\n")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "ro-crate-metadata.json"), "w") as file:
        json.dump({"@context": base + "/context", "@graph": graph}, file,
                  indent=1)
    return folder


def write_large(path, count):
    """A document as crates have them: many files, actions, references."""
    graph = [{"@id": "./", "@type": "Dataset", "hasPart": [
        {"@id": "data/%d/" % d} for d in range(count // 100)]}]
    for i in range(count):
        graph.append({
            "@id": "data/%d/file-%07d.csv" % (i // 100, i), "@type": "File",
            "name": "file-%07d.csv" % i,
            "description": "Measurement \"%d\" of a sensor\nwith a newline, a "
                           "\\ backslash and caf\u00e9" % i,
            "contentSize": str(1000 + i * 7919 % 1000003),
            "encodingFormat": ["text/csv", {
                "@id": "https://www.nationalarchives.gov.uk/PRONOM/x-fmt/18"}],
            "sha256": "%064x" % (i * 0x9E3779B97F4A7C15 % (1 << 256)),
            "dateModified": "2024-05-%02dT10:00:00Z" % (1 + i % 28),
            "author": {"@id": "https://orcid.org/0000-0002-0000-%04d"
                              % (i % 20)},
            "additionalProperty": {"@type": "PropertyValue",
                                   "name": "checksum", "value": i * 0.25}})
        if i % 50 == 0:
            graph.append({
                "@id": "#run-%d" % i, "@type": "CreateAction",
                "startTime": "2024-05-01T12:00:00Z",
                "object": [{"@id": "data/%d/file-%07d.csv" % (i // 100, j)}
                           for j in range(i, i + 25)],
                "result": [{"@id": "data/%d/file-%07d.csv" % (i // 100, j)}
                           for j in range(i + 25, i + 50)]})
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"@context": "https://w3id.org/ro/crate/1.1/context",
                   "@graph": graph}, file, indent=1, ensure_ascii=False)


def write_run(folder, executions):
    """The sound Provenance Run Crate of the tests, with many executions of one
    step: an action, its control, a file in and a file out for each."""
    family = cases.Family(os.path.join(cases.HERE, "provenance-run-crate"))
    files = cases.files_of({}, family.base, "0.5")
    document = json.loads(files[cases.METADATA])
    graph = document["@graph"]
    known = {entity["@id"]: entity for entity in graph}
    action = next(e for e in graph if e["@id"].startswith("#sort-"))
    control = next(e for e in graph if e.get("@type") == "ControlAction"
                   and e["object"] == {"@id": action["@id"]})
    engine = next(e for e in graph if e["@type"] == "OrganizeAction")
    for i in range(executions):
        made = [dict(entity, **{"@id": "%s-%d" % (entity["@id"], i)})
                for entity in (action, control, known["in.csv"],
                               known["mid.csv"])]
        ids = [{"@id": entity["@id"]} for entity in made]
        made[0].update(object=ids[2], result=ids[3])
        made[1]["object"] = ids[0]
        engine["object"].append(ids[1])
        known["./"]["hasPart"] += ids[2:]
        known["./"]["mentions"].append(ids[0])
        files[ids[2]["@id"]] = files["in.csv"]
        files[ids[3]["@id"]] = files["mid.csv"]
        graph += made
    files[cases.METADATA] = json.dumps(document, indent=1).encode()
    return cases.write_folder(folder, files)


def measure_peer(path):
    with open(path, "rb") as file:
        text = file.read()
    start = time.process_time()
    json.loads(text)
    return len(text) / 1e6 / (time.process_time() - start)


def bench_json(build, path):
    done = subprocess.run([os.path.join(build, "tests", "bench", "bench_json"),
                           path], capture_output=True, text=True, check=True)
    rate = float(done.stdout)
    peer = apart(measure_peer, path)
    print(FIELDS % ("JSON reader (a limit from below)", "%.4g MB/s" % rate,
                    "300 MB/s", "%.0f%%" % (30000 / rate)))
    print(FIELDS % ("  beside Python's json.loads", "%.4g MB/s" % peer,
                    "", "%.1fx" % (rate / peer)))
    return rate >= 300


def bench_large(build, scratch):
    path = os.path.join(scratch, "large.jsonld")
    apart(write_large, path, 100000)
    fine = bench_json(build, path)
    cpu, size = run([os.path.join(build, "crate-convert"), "--to", "nquads",
                     "--base", "https://example.org/", "-o", "/dev/null",
                     path], 3)
    what = "JSON-LD to N-Quads, 100 000 entities (%.0f MB)" % (
        os.path.getsize(path) / 1e6)
    fine &= say(what, cpu, 1.3, "s")
    fine &= say("  its memory", size / 1024, 450, "MiB")
    return fine & bench_rdf(build, scratch, path)


def say_rate(what, path, cpu, limit):
    """Megabytes of a file in a second, a limit from below."""
    rate = os.path.getsize(path) / 1e6 / cpu
    print(FIELDS % (what, "%.4g MB/s" % rate, "%.4g MB/s" % limit,
                    "%.0f%%" % (100 * limit / rate)))
    return rate >= limit


def bench_rdf(build, scratch, path):
    """The same entities from one syntax of RDF to another."""
    def convert(rounds, *words):
        return run([os.path.join(build, "crate-convert"), "--base",
                    "https://example.org/", *words], rounds)

    triples, turtle = (os.path.join(scratch, "large." + e)
                       for e in ("nt", "ttl"))
    cpu, _ = convert(3, "--to", "turtle", "-o", turtle, path)
    fine = say("JSON-LD to Turtle, 100 000 entities", cpu, 2, "s")
    cpu, _ = convert(3, "--to", "canonical", "-o", "/dev/null", path)
    fine &= say("  to canonical N-Quads", cpu, 3, "s")
    convert(1, "--to", "ntriples", "-o", triples, path)
    cpu, _ = convert(3, "--to", "turtle", "-o", "/dev/null", triples)
    fine &= say_rate("N-Triples to Turtle, sorted and nested", triples, cpu,
                     161)
    cpu, size = convert(3, "--stream", "--to", "turtle", "-o", "/dev/null",
                        triples)
    fine &= say_rate("  as a stream", triples, cpu, 161)
    # A child is counted from the size of this process, some 20 MiB.
    fine &= say("  its memory", size / 1024, 32, "MiB")
    cpu, _ = convert(3, "--to", "nquads", "-o", "/dev/null", turtle)
    peer = None
    if shutil.which("rapper"):
        peer, _ = run(["rapper", "-q", "-c", "-i", "turtle", turtle], 3)
        fine &= say("Turtle to N-Quads, beside raptor's reading alone", cpu,
                    peer, "s")
    else:
        print(FIELDS % ("Turtle to N-Quads (no rapper to stand beside)",
                        "%.4g s" % cpu, "", ""))
    return fine


def bench_reshape(build, scratch):
    """JSON-LD to JSON-LD, by a context of 2 600 terms."""
    folder = apart(write_crate, os.path.join(scratch, "reshape"), 10000, "1.1",
                   False)
    fine = True
    context = "https://w3id.org/ro/crate/1.1/context"
    for what, words in (("compacted", ("--context", context)),
                        ("flattened", ()), ("ro-crate-json", ())):
        cpu, size = run([os.path.join(build, "crate-convert"), "--to", what,
                         *words, "-o", "/dev/null", folder], 5)
        fine &= say("%s, 10 000 entities" % what, cpu, 0.2, "s")
        fine &= say("  its memory", size / 1024, 120, "MiB")
    return fine


# Files, seconds, MiB; None: what growth from the smaller one allows.
CRATES = [(1, 0.010, 60), (1000, None, 60), (10000, 0.150, 60),
          (100000, None, None), (1000000, None, None)]


def bench_crates(build, scratch, version, quick):
    fine, last = True, None
    for count, limit, memory in CRATES[:-1] if quick else CRATES:
        folder = apart(
            write_crate, os.path.join(scratch, "%s-%d" % (version, count)), count, version,
            count <= 10000)
        command = [os.path.join(build, "crate-validate"), folder]
        if count > 10000:
            command.insert(1, "--metadata-only")
        cpu, size = run(command, 9 if count < 100000 else 1)
        what = "crate-validate, RO-Crate %s, %d files" % (version, count)
        if limit:
            fine &= say(what, cpu, limit, "s")
        elif last and last[0] >= 10000:
            grown = cpu / last[1] / (count / last[0])
            fine &= say(what + ", growth", grown, 1.5, "x n")
            print(FIELDS % ("  its time", "%.4g s" % cpu, "", ""))
        else:
            print(FIELDS % (what, "%.4g s" % cpu, "", ""))
        if memory:
            fine &= say("  its memory", size / 1024, memory, "MiB")
        else:
            print(FIELDS % ("  its memory", "%.4g MiB" % (size / 1024), "",
                            ""))
        last = (count, cpu)
    return fine


def write_many(folder, count):
    for i in range(count):
        write_crate(os.path.join(folder, "%05d" % i), 1, "1.1", True)


def bench_many(build, scratch):
    """Crates by the clock, as their number on two threads is what counts."""
    folder = os.path.join(scratch, "many")
    count = 10000
    apart(write_many, folder, count)
    command = [os.path.join(build, "crate-validate"), "-r", "-j", "2",
               "-s", "violation", folder]
    rates = []
    for _ in range(3):
        start = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        rates.append(count / (time.monotonic() - start))
    rate = statistics.median(rates)
    print(FIELDS % ("small crates, -j 2 (a limit from below)",
                    "%.4g a s" % rate, "2000 a s", "%.0f%%" % (200000 / rate)))
    _, memory = run(command, 1)
    return (rate >= 2000) & say("  its memory", memory / 1024, 60, "MiB")


def bench_profiles(build, scratch):
    """Every rule of the newest RO-Crate, and of a long chain of profiles."""
    validate = [os.path.join(build, "crate-validate"), "-s", "info",
                "--most", "1"]
    fine = True
    for what, make, size, limit in (
            ("RO-Crate 1.2 at all levels, 1 000 files", write_crate, 1000,
             0.030),
            ("Provenance Run, a small crate", write_run, 1, 0.015),
            ("Provenance Run, 10 000 entities", write_run, 2500, 0.250)):
        folder = os.path.join(scratch, what)
        more = ("1.2", True) if make is write_crate else ()
        apart(make, folder, size, *more)
        cpu, memory = run(validate + [folder], 9)
        fine &= say(what, cpu, limit, "s")
        print(FIELDS % ("  its memory", "%.4g MiB" % (memory / 1024), "", ""))
    return fine


def write_croissant(path, count):
    """A sound document of one table with so many fields."""
    with open(os.path.join(cases.HERE, "croissant", "base.json"),
              encoding="utf-8") as file:
        document = json.load(file)["document"]
    types = ["sc:Integer", "sc:Text", "sc:Float", "sc:Boolean", "sc:Date"]
    document["recordSet"] = [{
        "@type": "cr:RecordSet", "@id": "table", "name": "table",
        "key": {"@id": "table/f0"}, "field": [{
            "@type": "cr:Field", "@id": "table/f%d" % i, "name": "f%d" % i,
            "description": "Column %d of the table" % i,
            "dataType": types[i % len(types)],
            "source": {"fileObject": {"@id": "plants.csv"},
                       "extract": {"column": "c%d" % i}}}
            for i in range(count)]}]
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(document, indent=1).replace("@VERSION@", "1.1"))


def bench_croissant(build, scratch):
    fine = True
    for count, limit, memory in ((10, 0.010, 40), (1000, 0.020, 40),
                                 (10000, 0.150, 40)):
        path = os.path.join(scratch, "croissant-%d.json" % count)
        apart(write_croissant, path, count)
        cpu, size = run([os.path.join(build, "crate-validate"), path], 9)
        fine &= say("Croissant 1.1, %d fields" % count, cpu, limit, "s")
        fine &= say("  its memory", size / 1024, memory, "MiB")
    return fine


TABLE = [("id", "cr:Int64"), ("share", "sc:Float"), ("count", "sc:Integer"),
         ("colour", "sc:Text"), ("weight", "sc:Float"), ("day", "sc:Date"),
         ("note", "sc:Text"), ("good", "sc:Boolean"), ("level", "cr:Int8")]


def write_table(folder, megabytes):
    """A table of nine columns, and a document that describes them all, with a
    key and without."""
    os.makedirs(folder)
    block = ["%.6f,%d,%s,%.3f,2024-0%d-1%d,\"a note, number %d\",%s,%d\n" % (
        i * 0.61803 % 1, i * 7919 % 100000, ("red", "green", "blue")[i % 3],
        i * 0.37 % 1000, i % 9 + 1, i % 10, i, ("true", "false")[i % 2],
        i % 11 - 5) for i in range(20000)]
    with open(os.path.join(folder, "table.csv"), "w") as file:
        file.write(",".join(name for name, _ in TABLE) + "\n")
        number = 0
        while file.tell() < megabytes * 1000000:
            file.write("".join("%d,%s" % (number + i, row)
                               for i, row in enumerate(block)))
            number += len(block)
    with open(os.path.join(cases.HERE, "croissant-data", "base.json"),
              encoding="utf-8") as file:
        document = json.load(file)["document"]
    document["distribution"] = [{
        "@type": "cr:FileObject", "@id": "table.csv", "name": "table.csv",
        "contentUrl": "https://example.org/table.csv",
        "encodingFormat": "text/csv"}]
    table = {"@type": "cr:RecordSet", "@id": "t", "name": "t", "field": [{
        "@type": "cr:Field", "@id": "t/" + name, "name": name,
        "dataType": kind, "source": {"fileObject": {"@id": "table.csv"},
                                     "extract": {"column": name}}}
        for name, kind in TABLE]}
    document["recordSet"] = [table]
    for name in ("plain", "keyed"):
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(document, file)
        table["key"] = {"@id": "t/id"}
    return folder


def bench_data(build, scratch):
    """Columns and types of a table, all of its values; and, as a measure of
    the machine, Python's csv module (C) just reading it."""
    megabytes = 300
    folder = apart(write_table, os.path.join(scratch, "table"), megabytes)
    fine = True
    for what, name, limit in (("types of all values", "plain", 200),
                              ("  with a unique key", "keyed", 0)):
        cpu, memory = run([os.path.join(build, "crate-validate"), "--data",
                           folder, os.path.join(folder, name + ".json")], 3)
        rate = megabytes / cpu
        print(FIELDS % ("CSV of %d MB: %s (from below)" % (megabytes, what)
                        if limit else what, "%.4g MB/s" % rate,
                        "%d MB/s" % limit if limit else "",
                        "%.0f%%" % (100 * limit / rate) if limit else ""))
        fine &= rate >= limit
        if limit:
            fine &= say("  its memory", memory / 1024, 40, "MiB")
        else:
            print(FIELDS % ("  its memory", "%.4g MiB" % (memory / 1024), "",
                            ""))
    cpu, _ = run([sys.executable, "-c", "import csv, sys\n"
                  "for row in csv.reader(open(sys.argv[1])): pass",
                  os.path.join(folder, "table.csv")], 1)
    print(FIELDS % ("  Python's csv, reading alone",
                    "%.4g MB/s" % (megabytes / cpu), "", ""))
    return fine


def write_payload(folder, count, size):
    """A crate of `count` files of `size` bytes, and their sha256."""
    block = os.urandom(1 << 20)
    os.makedirs(folder)
    graph = []
    for i in range(count):
        name = "file-%05d.bin" % i
        digest = hashlib.sha256()
        with open(os.path.join(folder, name), "wb") as file:
            for at in range(0, size, len(block)):
                piece = block[:size - at]
                file.write(piece)
                digest.update(piece)
        graph.append({"@id": name, "@type": "File", "name": name,
                      "sha256": digest.hexdigest()})
    graph += [{"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
               "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
               "about": {"@id": "./"}},
              {"@id": "./", "@type": "Dataset", "name": "Benchmark",
               "description": "Files to hash", "datePublished": "2024-05-01",
               "license": {"@id": "https://spdx.org/licenses/CC0-1.0"},
               "hasPart": [{"@id": file["@id"]} for file in graph]},
              {"@id": "https://spdx.org/licenses/CC0-1.0",
               "@type": "CreativeWork", "name": "CC0", "description": "CC0"}]
    with open(os.path.join(folder, "ro-crate-metadata.json"), "w") as file:
        json.dump({"@context": "https://w3id.org/ro/crate/1.2/context",
                   "@graph": graph}, file)
    return folder


def race(command, processors, rounds=3):
    """Least wall seconds of a command on so many processors: others that use
    the machine meanwhile can only make it slower."""
    mine = sorted(os.sched_getaffinity(0))[:processors]
    times = []
    for _ in range(rounds):
        start = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True,
                       preexec_fn=lambda: os.sched_setaffinity(0, mine))
        times.append(time.monotonic() - start)
    return min(times)


def bench_payload(build, scratch):
    """Hashing, beside sha256sum on one processor."""
    fine = True
    processors = min(2, len(os.sched_getaffinity(0)))
    for what, count, size in (("a file of 400 MB", 1, 400 << 20),
                              ("200 files of 2 MB", 200, 2 << 20),
                              ("20 000 files of 20 kB", 20000, 20000)):
        folder = apart(write_payload, os.path.join(scratch, what), count, size)
        peer = race(["find", folder, "-name", "*.bin", "-exec", "sha256sum",
                     "{}", "+"], 1)
        for number in range(1, processors + 1):
            ours = race([os.path.join(build, "crate-validate"), folder], number)
            limit = 1 if number == 1 or count == 1 else 1.8
            print(FIELDS % (
                "sha256 of %s, %d processor%s" % (what, number,
                                                  "s"[:number - 1]),
                "%.3g x" % (peer / ours), "%.3g x" % limit,
                "%.0f%%" % (100 * limit * ours / peer)))
            fine &= peer / ours >= limit
    print(FIELDS % ("  (times as fast as sha256sum on one)", "", "", ""))
    return fine


def main():
    build, quick = sys.argv[1], "--quick" in sys.argv
    subprocess.run(["ninja", "-C", build, "tests/bench/bench_json"],
                   check=True, stdout=subprocess.DEVNULL)
    print(FIELDS % ("", "measured", "limit", "share"))
    with tempfile.TemporaryDirectory() as scratch:
        fine = bench_large(build, scratch)
        fine &= bench_reshape(build, scratch)
        for version in ("1.1", "1.2"):
            fine &= bench_crates(build, scratch, version, quick)
        fine &= bench_profiles(build, scratch)
        fine &= bench_croissant(build, scratch)
        fine &= bench_data(build, scratch)
        fine &= bench_payload(build, scratch)
        fine &= bench_many(build, scratch)
    print("within every limit" if fine else "over a limit")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
