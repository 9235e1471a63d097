"""A real Slurm of one node, in one temporary folder, for as long as a test lasts.

    with Cluster() as slurm:
        slurm.command("sbatch", "--wrap", "hostname")

munged, slurmctld and slurmd run as whoever calls, in the foreground, on loopback and on ports that
are free; key, sockets, state, spool, logs and process ids lie in the folder. Nothing of the system
is read (no /etc/slurm, no /etc/munge) or left running: the daemons die with this process, too.
"""
import ctypes
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

DAEMONS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol", "sinfo")

CONFIGURATION = """
ClusterName=seedbed
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
SlurmctldPort={controller_port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
KillWait=10
NodeName=localhost NodeHostname={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=4096
PartitionName=short Nodes=localhost MaxTime=10 State=UP
PartitionName=main Nodes=localhost Default=YES MaxTime=60 State=UP
"""


def missing():
    """The programs of slurm-wlm and munge that are not installed."""
    return [name for name in DAEMONS if not program(name)]


def program(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Cluster:
    def __init__(self, cpus=4):
        self.cpus = cpus
        self.daemons = []

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="slurm-"))
        self.folder.chmod(0o711)  # munge's socket has to be in everybody's reach
        self.environment = dict(os.environ, SLURM_CONF=str(self.folder / "slurm.conf"))
        try:
            self.configure()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.daemons:
            subprocess.run([program("scancel"), "--signal=KILL", "--user", getpass.getuser()],
                           env=self.environment, capture_output=True, timeout=20)
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.touch(0o600)
        key.write_bytes(os.urandom(128))
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], user=getpass.getuser(), folder=self.folder,
            cpus=self.cpus, controller_port=free_port(), node_port=free_port()))
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")

    def start(self):
        at = self.folder
        self.launch("munged", "--foreground", "--force", f"--socket={at}/munge.socket",
                    f"--key-file={at}/munge.key", f"--log-file={at}/munged.log",
                    f"--pid-file={at}/munged.pid", f"--seed-file={at}/munged.seed")
        self.wait_for(lambda: (at / "munge.socket").exists(), "munged to listen")
        self.launch("slurmctld", "-D", "-f", at / "slurm.conf")
        self.launch("slurmd", "-D", "-f", at / "slurm.conf", "-N", "localhost")
        self.wait_for(lambda: "idle" in self.ask("sinfo", "--noheader", "--format=%T"),
                      "the node to be idle")

    def launch(self, name, *words):
        with open(self.folder / f"{name}.out", "w") as log:
            self.daemons.append(subprocess.Popen([program(name), *map(str, words)], stdout=log,
                                                 stderr=log, env=self.environment, cwd=self.folder,
                                                 preexec_fn=die_with_parent))

    def wait_for(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            for daemon in self.daemons:
                if daemon.poll() is not None:
                    raise RuntimeError(f"{daemon.args[0]} ended with {daemon.returncode}\n"
                                       + self.logs())
            if time.monotonic() > end:
                raise TimeoutError(f"waited {seconds} s for {what}\n" + self.logs())
            time.sleep(0.05)

    def logs(self):
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}"
                         for log in sorted(self.folder.glob("*.[lo][ou][gt]")))

    def ask(self, name, *words):
        """Standard output of a command of Slurm, whether it succeeds or not."""
        return subprocess.run([program(name), *map(str, words)], capture_output=True, text=True,
                              env=self.environment, timeout=30).stdout

    def command(self, name, *words):
        return subprocess.run([program(name), *map(str, words)], capture_output=True, text=True,
                              env=self.environment, timeout=30, check=True).stdout

    def queue(self, *words):
        """What waits or runs: {"12_1": "RUNNING", ...}; ended jobs are not in it."""
        lines = self.ask("squeue", "--noheader", "--array", "--format=%i %T", *words).splitlines()
        return dict(line.split()[:2] for line in lines)
