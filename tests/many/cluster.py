# SPDX-License-Identifier: Apache-2.0
"""A Slurm cluster of one node, in a folder of its own."""
import os
import pwd
import shutil
import socket
import subprocess
import time

DAEMONS = ("munged", "slurmctld", "slurmd")
WAIT = 60  # seconds until the node is ready

CONFIGURATION = """\
ClusterName=crates
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
SlurmctldPort={controller_port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class Unavailable(Exception):
    """There can be no cluster here; says why."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name):
    return shutil.which(name, path=os.environ.get("PATH", "") +
                        ":/usr/sbin:/usr/local/sbin")


class Cluster:
    """Started by `with`, and stopped with it."""

    def __init__(self, folder):
        self.folder = folder
        self.running = []
        self.environment = dict(
            os.environ, SLURM_CONF=os.path.join(folder, "slurm.conf"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def configure(self):
        for name in ("state", "spool"):
            os.mkdir(self.path(name))
        with open(self.path("munge.key"), "wb") as file:
            file.write(os.urandom(128))
        os.chmod(self.path("munge.key"), 0o600)
        with open(self.path("slurm.conf"), "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(
                host=socket.gethostname().split(".")[0], folder=self.folder,
                user=pwd.getpwuid(os.geteuid()).pw_name,
                controller_port=free_port(), node_port=free_port()))

    def start(self, name, *arguments):
        with open(self.path(name + ".out"), "wb") as log:
            self.running.append(subprocess.Popen(
                [program(name), *arguments], env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def ask(self, name, *arguments):
        return subprocess.run([program(name), *arguments], timeout=WAIT,
                              env=self.environment, text=True,
                              capture_output=True)

    def is_ready(self):
        answer = self.ask("sinfo", "--noheader", "--format=%t")
        return answer.stdout.strip() == "idle"

    def wait(self):
        end = time.monotonic() + WAIT
        while not self.is_ready():
            dead = [p.args[0] for p in self.running if p.poll() is not None]
            if dead or time.monotonic() > end:
                raise Unavailable("Slurm does not start here: %s" %
                                  (", ".join(dead) or "the node is not idle"))
            time.sleep(0.2)

    def __enter__(self):
        missing = [d for d in DAEMONS if not program(d)]
        if missing:
            raise Unavailable("not installed: " + ", ".join(missing))
        try:
            self.configure()
            self.start("munged", "--foreground", "--force",
                       "--key-file=" + self.path("munge.key"),
                       "--socket=" + self.path("munge.socket"),
                       "--pid-file=" + self.path("munge.pid"),
                       "--log-file=" + self.path("munge.log"),
                       "--seed-file=" + self.path("munge.seed"))
            self.start("slurmctld", "-D")
            self.start("slurmd", "-D")
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self):
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            try:
                process.wait(WAIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __exit__(self, *_):
        self.stop()
