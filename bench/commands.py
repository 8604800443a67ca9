#!/usr/bin/env python3
"""Times whole commands of the built program: commands.py artifacts/bin/Node/release/nucypher [--quick]

Each is run some times; wall and CPU time of the fastest, in ms. Keystores are made with a password function that costs
nothing; what it costs as configured is the line "password", init with it less init without. Then a node: how soon it
serves, its memory and CPU with nothing to do, how soon SIGTERM ends it; and 2 GB through encrypt and decrypt. --quick leaves
out what takes minutes: a minute of idling instead of five, and no 2 GB.
"""
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
JOIN = "127.0.0.1:45670"
CHEAP = ["--set", "nucypher.keystore.scrypt-log-rounds=10"]
ENVIRONMENT = dict(os.environ, NUCYPHER_PASSWORD="correct horse battery")
BIG = 2 << 30
QUICK = "--quick" in sys.argv
TICK = os.sysconf("SC_CLK_TCK")


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(*words):
    before, start = cpu(), time.perf_counter()
    done = subprocess.run([PROGRAM, *words], env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{words[0]}: {done.stderr}")
    return time.perf_counter() - start, cpu() - before, done.stdout.strip()


def report(name, words, times=5):
    runs = [run(*words(i)) for i in range(times)]
    wall = 1000 * min(r[0] for r in runs)
    print(f"{name:9} {wall:6.0f} ms, {1000 * min(r[1] for r in runs):6.0f} ms of CPU", flush=True)
    return wall


def cpu_of(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_of(process):
    lines = open(f"/proc/{process.pid}/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def node():
    """A node of the swarm with nothing to do but to belong to it."""
    run("init", "--data", "node", *CHEAP)
    words = ["run", "--data", "node", "--udp", "127.0.0.1:0", "--https", "127.0.0.1:0", "--join", JOIN]
    start = time.perf_counter()
    process = subprocess.Popen([PROGRAM, *words], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        if "joined the swarm" in line:
            break
    print(f"{'run':9} {1000 * (time.perf_counter() - start):6.0f} ms until it joined", flush=True)
    time.sleep(30)  # what the start left to do is not idling
    seconds, before = 60 if QUICK else 300, cpu_of(process)
    time.sleep(seconds)
    used = cpu_of(process) - before
    print(f"{'idle':9} {memory_of(process):6.0f} MB resident, {100 * used / seconds:.2f} % of a core over {seconds} s", flush=True)
    start = time.perf_counter()
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=60)
    print(f"{'SIGTERM':9} {1000 * (time.perf_counter() - start):6.0f} ms, exit code {code}", flush=True)


def pipe(name, line):
    start = time.perf_counter()
    done = subprocess.run(line, shell=True, env=ENVIRONMENT, capture_output=True, text=True)
    memory = [text.split(":")[1].strip() for text in done.stderr.splitlines() if "Maximum resident" in text]
    print(f"{name:9} {BIG / 1e6 / (time.perf_counter() - start):6.0f} MB/s, {' and '.join(memory)} kB resident", flush=True)


def main():
    os.chdir(tempfile.mkdtemp())
    with open("file", "w") as file:
        file.write("x" * 1000)
    full = report("init", lambda i: ["init", "--data", f"full-{i}"], 3)
    cheap = report("  cheap", lambda i: ["init", "--data", f"cheap-{i}", *CHEAP], 3)
    print(f"{'password':9} {full - cheap:6.0f} ms", flush=True)
    report("--version", lambda i: ["--version"])
    for who in ("alice", "bob"):
        run("init", "--data", who, *CHEAP)
    swarm = subprocess.Popen(
        [PROGRAM, "swarm", "--nodes", "5", "--udp", JOIN], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        swarm.stdout.readline()
        measure()
        node()
        pipes()
    finally:
        swarm.terminate()
        swarm.wait()


def measure():
    alice, bob = run("card", "alice", "--data", "alice")[2], run("card", "bob", "--data", "bob")[2]
    report("encrypt", lambda i: ["encrypt", "file", "-o", "kit", "--label", "0", "--data", "alice"])
    report("decrypt", lambda i: ["decrypt", "kit", "-o", "back", "--label", "0", "--data", "alice"])
    report("grant", lambda i: [
        "grant", "--label", f"{i}", "--bob", bob, "-m", "2", "-n", "3", "--join", JOIN, "--data", "alice"])
    report("retrieve", lambda i: [
        "retrieve", "kit", "-o", "back", "--alice", alice, "--label", "0", "--join", JOIN, "--data", "bob"])


def pipes():
    if QUICK:
        return
    key = run("policy-key", "0", "--data", "alice")[2]
    encrypt = f"head -c {BIG} /dev/zero | /usr/bin/time -v {PROGRAM} encrypt - -o - --policy-key {key}"
    decrypt = f"/usr/bin/time -v {PROGRAM} decrypt - -o - --label 0 --data alice"
    pipe("encrypt", f"{encrypt} > /dev/null")
    pipe("and back", f"{encrypt} | {decrypt} --stream > /dev/null")
    pipe("checked", f"{encrypt} | {decrypt} > /dev/null")  # nothing comes out before all of it was checked


main()
