#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--watch: it judges again when something changes, and only then, until a
signal ends it. Nothing here waits for a time to pass: each step waits for what
the program prints, or fails after a limit that no machine should need."""
import os
import pty
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
DOCUMENT = "ro-crate-metadata.json"
LIMIT = 60  # seconds, for all that one step may take


class Watch:
    """A program that watches, and what it has printed so far."""

    def __init__(self, context, folder, *words, terminal=False):
        command = [context.program("crate-validate"), "--watch", *words]
        if terminal:
            self.source, out = pty.openpty()
        else:
            self.source, out = os.pipe()
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=out,
            stdin=subprocess.DEVNULL)
        os.close(out)
        self.text = ""
        self.passed = 0  # what was waited for

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.source)

    def read(self, limit):
        """More of the output; False at its end."""
        if not select.select([self.source], [], [], max(limit, 0))[0]:
            raise AssertionError("nothing came; so far:\n" + self.text)
        try:
            more = os.read(self.source, 65536)
        except OSError:  # a terminal whose other side is closed
            more = b""
        self.text += more.decode("utf-8", "replace")
        return bool(more)

    def wait(self, *words):
        """Until these words come, in this order, behind what came before."""
        end = time.monotonic() + LIMIT
        for word in words:
            while word not in self.text[self.passed:]:
                if not self.read(end - time.monotonic()):
                    raise AssertionError("it ended:\n" + self.text)
            self.passed = self.text.index(word, self.passed) + len(word)

    def is_quiet(self):
        return self.passed == len(self.text) and \
            not select.select([self.source], [], [], 0.5)[0]

    def end(self, how=signal.SIGINT):
        """The exit status, and what came since the last wait."""
        self.process.send_signal(how)
        end = time.monotonic() + LIMIT
        while self.read(end - time.monotonic()):
            pass
        return self.process.wait(LIMIT), self.text[self.passed:]


class Place:
    def __init__(self, context, root):
        self.context, self.root = context, root
        for name in ("flawed", "soil-moisture"):
            shutil.copytree(os.path.join(EXAMPLES, name), self.path(name))

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def watch(self, *words, **options):
        return Watch(self.context, self.root, *words, **options)

    def read(self, *parts):
        with open(self.path(*parts), encoding="utf-8") as file:
            return file.read()

    def write(self, text, *parts):
        with open(self.path(*parts), "w", encoding="utf-8") as file:
            file.write(text)

    def save(self, text, *parts):
        """As many editors do: a new file beside it takes its name."""
        self.write(text, *parts[:-1], "4913")
        os.rename(self.path(*parts[:-1], "4913"), self.path(*parts))

    def mended(self):
        return self.read("flawed", DOCUMENT).replace("licence", "license")


SIX = "flawed does not conform to ro-crate-1.2: 6 violations, 1 warning"
FOUR = "flawed does not conform to ro-crate-1.2: 4 violations"
NEVER = "the network or a person\n"


def differ(seen, expected):
    return None if seen == expected else "%s, expected %s" % (seen, expected)


def written_in_place(place):
    with place.watch("flawed") as watch:
        watch.wait(SIX, NEVER)
        place.write(place.mended(), "flawed", DOCUMENT)
        watch.wait("--- flawed/" + DOCUMENT + " changed\n", FOUR, NEVER)
        return differ(watch.end(), (1, ""))


def renamed_over(place):
    with place.watch("flawed/") as watch:
        watch.wait("6 violations", NEVER)
        place.save(place.mended(), "flawed", DOCUMENT)
        watch.wait(" changed\n", "4 violations", NEVER)
        place.save(place.mended().replace("2024/03/01", "2024-03-01"),
                   "flawed", DOCUMENT)
        watch.wait(" changed\n", "3 violations", NEVER)
        return differ(watch.end(signal.SIGTERM), (1, ""))


def a_document_alone(place):
    """Its folder is watched, but no other file in it."""
    with place.watch("flawed/" + DOCUMENT) as watch:
        watch.wait("5 violations", NEVER)
        place.write("x", "flawed", "notes.txt")
        place.save(place.mended(), "flawed", DOCUMENT)
        watch.wait("--- flawed/" + DOCUMENT + " changed\n", "3 violations",
                   NEVER)
        return differ(watch.end(), (1, ""))


def payload_in_new_folders(place):
    """A folder that comes is watched, and what comes in it later."""
    name = '"results/answers.csv"'
    place.write(place.read("flawed", DOCUMENT).replace(
        '"results/Answers.csv"', '"new/deep/answers.csv"').replace(
            '"licence"', '"license"'), "flawed", DOCUMENT)
    with place.watch("flawed") as watch:
        watch.wait('"new/deep/answers.csv" is not in the package', NEVER)
        os.makedirs(place.path("flawed", "new", "deep"))
        watch.wait(" changed\n", '"new/deep/answers.csv" is not', NEVER)
        place.write("", "flawed", "new", "deep", "answers.csv")
        watch.wait("--- flawed/new/deep/answers.csv changed\n", NEVER)
        status, rest = watch.end()
        return differ([status, rest, name in watch.text], [1, "", False])


def much_at_once_is_judged_once(place):
    """Many saves without a pause are one change."""
    with place.watch("flawed") as watch:
        watch.wait(SIX, NEVER)
        for _ in range(20):
            place.write(place.mended(), "flawed", DOCUMENT)
        watch.wait(" changed\n", FOUR, NEVER)
        count = watch.text.count(" changed\n")
        status, rest = watch.end()
        # A slow machine may pause between two saves, but not between all.
        return differ([status, count + rest.count(" changed\n") < 10],
                      [1, True])


def comes_and_goes(place):
    with place.watch("soil-moisture", "later") as watch:
        watch.wait("later: error: ")
        shutil.copytree(place.path("soil-moisture"), place.path("later"))
        watch.wait("2 crates: 2 conform")
        shutil.rmtree(place.path("later"))
        watch.wait("later: error: ")
        os.rename(place.path("flawed"), place.path("later"))
        watch.wait("2 crates: 1 conforms, 1 does not", "/root-license\n")
        status, _ = watch.end()
        return differ(status, 1)


def within_an_archive(place):
    """A path that goes on behind an archive: its file is what changes."""
    def pack(text):
        with zipfile.ZipFile(place.path("4913"), "w") as archive:
            archive.writestr("inner/" + DOCUMENT, text)
            archive.writestr("inner/results/answers.csv", "x")
        os.rename(place.path("4913"), place.path("outer.zip"))
    pack(place.read("flawed", DOCUMENT))
    with place.watch("outer.zip/inner/", "no/such/crate") as watch:
        watch.wait("no/such/crate: error: ")
        pack(place.mended())
        watch.wait("--- ./outer.zip changed\n", "no/such/crate: error: ")
        os.makedirs(place.path("no"))
        watch.wait("--- ./no changed\n", "no/such/crate: error: ")
        return differ(watch.end()[0], 2)


def settings_count_at_once(place):
    with place.watch("flawed") as watch:
        watch.wait(SIX, NEVER)
        place.save('{"levels": {"root-license": "warning"}}',
                   "crate-validate.json")
        watch.wait("--- ./crate-validate.json changed\n",
                   "5 violations, 2 warnings", NEVER)
        place.save('{"levels": {"root-licence": "warning"}}',
                   "crate-validate.json")
        watch.wait("crate-validate.json:1:13: error: there is no rule")
        place.save('{"baseline": "known.json"}', "crate-validate.json")
        watch.wait("known.json: error: ")
        place.context.call("crate-validate", "--no-settings",
                           "--write-baseline", "known.json", "flawed",
                           folder=place.root)
        watch.wait("; known: 6 violations, 1 warning", NEVER)
        return differ(watch.end(), (0, ""))


def profiles_count_at_once(place):
    house = os.path.join(suite.ROOT, "tests", "cases", "validate", "data",
                         "house")
    shutil.copytree(house, place.path("rules", "house"))
    with place.watch("--profiles-path", "rules", "-p", "house-1",
                     "flawed") as watch:
        watch.wait("conforms to house-1: ", "\n")
        place.save("nonsense", "rules", "house", "1", "rules.ttl")
        watch.wait("rules.ttl:1:")
        return differ(watch.end()[0], 2)


def its_own_output_is_no_change(place):
    """A report in the crate itself. A crate that is not there says how often
    it was judged; a program that is right passes however long we listen."""
    words = ["-f", "json", "-o", "flawed/report.json", "flawed", "nowhere"]
    with place.watch(*words) as watch:
        watch.wait("nowhere: error: ")
        place.save(place.mended(), "flawed", DOCUMENT)
        watch.wait("nowhere: error: ", "\n")
        if watch.is_quiet():
            status, text = watch.end()
            return differ([status, text], [2, ""])
        return "it judges again and again"


def a_screen_is_drawn_anew(place):
    clear = "\x1b[H\x1b[2J\x1b[3J"
    with place.watch("flawed", terminal=True) as watch:
        watch.wait(clear, "6 violations", "watching 4 folders; Ctrl-C ends it")
        place.save(place.mended(), "flawed", DOCUMENT)
        watch.wait(clear, "4 violations", "watching 4 folders")
        status, rest = watch.end()
        return differ([status, clear in rest, "---" in watch.text],
                      [1, False, False])


def the_first_signal_ends_it(place):
    """Even while nothing was judged yet, and with the status so far."""
    with place.watch("soil-moisture") as watch:
        watch.wait("conforms to", NEVER)
        first = watch.end(signal.SIGHUP)
    return differ(first, (0, ""))


def wrong_usage_is_refused(place):
    rows = [["--fix", "flawed"], ["--write-baseline", "x", "flawed"], ["-"],
            ["--batch"], ["--files-from", "x"], []]
    answers = [place.context.call("crate-validate", "--watch", *words,
                                  folder=place.root) for words in rows]
    return differ([a.status for a in answers], [2] * len(rows))


def what_cannot_be_watched_is_said(place):
    """Without descriptors there is no inotify; many folders are too many."""
    done = subprocess.run(
        [place.context.program("crate-validate"), "--watch", "flawed"],
        cwd=place.root, capture_output=True, timeout=LIMIT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4, 4)))
    if done.returncode != 2 or b"--watch is not to be had" not in done.stderr:
        return "exit status %d: %s" % (done.returncode, done.stderr)
    for number in range(8200):
        os.mkdir(place.path("flawed", "results", str(number)))
    with place.watch("flawed") as watch:
        watch.wait("warning: too many folders", NEVER)
        place.save(place.mended(), "flawed", DOCUMENT)
        watch.wait(FOUR, NEVER)
        return differ(watch.end(), (1, ""))


CASES = [written_in_place, renamed_over, a_document_alone,
         payload_in_new_folders, much_at_once_is_judged_once, comes_and_goes,
         within_an_archive, settings_count_at_once, profiles_count_at_once,
         its_own_output_is_no_change, a_screen_is_drawn_anew,
         what_cannot_be_watched_is_said, the_first_signal_ends_it, wrong_usage_is_refused]


def make_case(context, test):
    def run():
        if not sys.platform.startswith("linux"):
            raise suite.Skip("inotify is Linux's")
        with tempfile.TemporaryDirectory() as scratch:
            return test(Place(context, scratch))
    return suite.Case("watch", test.__name__.replace("_", "-"), run)


def cases(context):
    for test in CASES:
        yield make_case(context, test)


if __name__ == "__main__":
    sys.exit(suite.main("watch", cases))
