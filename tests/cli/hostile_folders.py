# SPDX-License-Identifier: Apache-2.0
"""Folders that mean harm, and other things a path can lead to."""
import os
import socket

from hostile_documents import crate, part

METADATA = "ro-crate-metadata.json"


def holding(make, words, name="a.txt", status=1, **more):
    """A trap: a crate whose one data entity is what `make` leaves there."""
    def trap(trial, check):
        trial.write("crate/" + METADATA,
                    crate([part(name, **more)], hasPart={"@id": name}))
        make(trial, trial.path("crate", "a.txt"))
        answer = trial.run("-p", "ro-crate-1.2", "crate")
        check(trial, answer, status, words)
    return trap


def nothing(_trial, _path):
    pass


def linked(target):
    return lambda trial, path: os.symlink(target, path)


def bind(trial, path):
    listener = socket.socket(socket.AF_UNIX)
    # The path of a socket is short: bind beside it, then move.
    short = os.path.join("/tmp", "crate-%d.socket" % os.getpid())
    listener.bind(short)
    listener.close()
    os.rename(short, path)


def around(trial, path):
    """A link to a folder that is reached again through it."""
    os.symlink(".", trial.path("crate", "self"))
    os.symlink("..", trial.path("crate", "up"))


def metadata_is(make, status, words):
    """A trap: a folder whose metadata document is something else."""
    def trap(trial, check):
        os.makedirs(trial.path("crate"))
        make(trial, trial.path("crate", METADATA))
        answer = trial.run("-p", "ro-crate-1.2", "crate")
        check(trial, answer, status, words)
    return trap


def operand(make, status, words):
    """A trap: what `make` leaves at x.json is named on the command line."""
    def trap(trial, check):
        make(trial, trial.path("x.json"))
        check(trial, trial.run("-p", "ro-crate-1.2", "x.json"), status, words)
    return trap


def steering(trial, check):
    name = "a\x1b[31m\nb"
    trial.write(name + "/" + METADATA, "{")
    answer = trial.run("-p", "ro-crate-1.2", name)
    check(trial, answer, 1, "a\\x1B[31m\\x0Ab/" + METADATA)
    answer = trial.run("-p", "ro-crate-1.2", "no" + name)
    check(trial, answer, 2, "noa\\x1B[31m\\x0Ab: error: ")


def deep(trial, check):
    """Folders nested beyond any path's length."""
    trial.write("crate/" + METADATA,
                crate([part("x.txt")], hasPart={"@id": "x.txt"}))
    here = os.open(trial.path("crate"), os.O_DIRECTORY)
    for _ in range(700):
        os.mkdir("d" * 20, dir_fd=here)
        below = os.open("d" * 20, os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    answer = trial.run("-p", "ro-crate-1.2", "crate")
    # The file is missing; whether another looks like it cannot be told.
    check(trial, answer, answer.status if answer.status else 1, "")


def device(path):
    def trap(trial, check):
        check(trial, trial.run("-p", "ro-crate-1.2", path), 2, path)
    return trap


def traps():
    outside = "lies outside"
    absent = "is not in the package"
    yield "link-out", holding(linked("/etc/passwd"), outside)
    yield "link-up", holding(linked("../x"), outside)
    yield "link-loop", holding(linked("a.txt"), outside)
    yield "link-proc", holding(linked("/proc/self/fd/0"), outside)
    yield "link-nowhere", holding(linked("nowhere"), absent)
    yield "link-folder", holding(
        lambda t, p: os.symlink("/etc", t.path("crate", "etc")), outside,
        name="etc/passwd")
    yield "link-around", holding(around, absent, name="self/self/self/a.txt")
    yield "link-around-up", holding(around, outside, name="up/crate/x")
    yield "fifo", holding(lambda t, p: os.mkfifo(p), absent)
    yield "socket", holding(bind, absent)
    yield "climbing", holding(nothing, "ro-crate-1.2/", name="../../etc/passwd")
    yield "climbing-encoded", holding(nothing, "ro-crate-1.2/",
                                      name="%2e%2e/%2e%2e/etc/passwd")
    yield "absolute", holding(nothing, "ro-crate-1.2/", name="/etc/passwd")
    yield "device-entity", holding(nothing, "ro-crate-1.2/", name="/dev/zero")
    yield "nul-encoded", holding(nothing, "ro-crate-1.2/", name="a.txt%00b")
    yield "folder-for-file", holding(lambda t, p: os.mkdir(p), "ro-crate-1.2/")
    yield "metadata-folder", metadata_is(
        lambda t, p: os.mkdir(p), 1, "ro-crate-1.2/")
    yield "metadata-link-out", metadata_is(
        linked("/etc/passwd"), 1, "ro-crate-1.2/")
    yield "metadata-link-zero", metadata_is(
        linked("/dev/zero"), 1, "ro-crate-1.2/")
    yield "metadata-link-loop", metadata_is(
        linked(METADATA), 1, "ro-crate-1.2/")
    yield "metadata-fifo", metadata_is(
        lambda t, p: os.mkfifo(p), 1, "ro-crate-1.2/")
    yield "operand-fifo", operand(lambda t, p: os.mkfifo(p), 2, "x.json")
    yield "operand-zero", operand(linked("/dev/zero"), 2, "x.json")
    yield "operand-loop", operand(linked("x.json"), 2, "x.json")
    yield "operand-dangling", operand(linked("nowhere"), 2, "x.json")
    yield "operand-zero-device", device("/dev/zero")
    yield "operand-full-device", device("/dev/full")
    yield "operand-long", device("/" + "x" * 5000)
    yield "operand-empty", device("")
    yield "steering-names", steering
    yield "deep-folders", deep
