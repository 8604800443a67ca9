#!/usr/bin/env python3
"""Times whole commands of the built program: commands.py artifacts/bin/Node/release/nucypher [--pipes]

Each is run some times; wall and CPU time of the fastest, in ms. Keystores are made with a password function that costs
nothing, so that its time (measured apart, "init") is not in the others. --pipes sends 2 GB through encrypt and decrypt.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
JOIN = "127.0.0.1:45670"
CHEAP = ["--set", "nucypher.keystore.scrypt-log-rounds=10"]
ENVIRONMENT = dict(os.environ, NUCYPHER_PASSWORD="correct horse battery")
BIG = 2 << 30


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
    print(f"{name:9} {1000 * min(r[0] for r in runs):6.0f} ms, {1000 * min(r[1] for r in runs):6.0f} ms of CPU", flush=True)


def pipe(name, line):
    start = time.perf_counter()
    done = subprocess.run(line, shell=True, env=ENVIRONMENT, capture_output=True, text=True)
    memory = [text.split(":")[1].strip() for text in done.stderr.splitlines() if "Maximum resident" in text]
    print(f"{name:9} {BIG / 1e6 / (time.perf_counter() - start):6.0f} MB/s, {' and '.join(memory)} kB resident", flush=True)


def main():
    os.chdir(tempfile.mkdtemp())
    with open("file", "w") as file:
        file.write("x" * 1000)
    report("init", lambda i: ["init", "--data", f"full-{i}"], 3)
    for who in ("alice", "bob"):
        run("init", "--data", who, *CHEAP)
    swarm = subprocess.Popen(
        [PROGRAM, "swarm", "--nodes", "5", "--udp", JOIN], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    try:
        swarm.stdout.readline()
        measure()
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
    if "--pipes" in sys.argv:
        key = run("policy-key", "0", "--data", "alice")[2]
        encrypt = f"head -c {BIG} /dev/zero | /usr/bin/time -v {PROGRAM} encrypt - -o - --policy-key {key}"
        pipe("encrypt", f"{encrypt} > /dev/null")
        pipe("and back", f"{encrypt} | /usr/bin/time -v {PROGRAM} decrypt - -o - --stream --label 0 --data alice > /dev/null")


main()
