#!/usr/bin/env python3
"""Five nodes of an older build and five of this one in one swarm: mixed_swarm.py NEW [OLD]

NEW is this build's program, artifacts/bin/Node/release/nucypher. OLD is the older one's; without it bb83ba1 is built from
this repository's history in a temporary folder. Prints what was done by whom, and what came of it; exit code 1 if
something else came of it than CHANGELOG.md says. For the nightly run.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

OLDER = "bb83ba1"
EACH = 5
CHEAP = ["--set", "nucypher.keystore.scrypt-log-rounds=10"]
ENVIRONMENT = dict(os.environ, NUCYPHER_PASSWORD="correct horse battery")
LIMIT = 120
results = []


def build(top, folder):
    """The older build's program."""
    subprocess.run(["git", "-C", top, "worktree", "add", "--detach", folder, OLDER], check=True, capture_output=True)
    subprocess.run(["dotnet", "build", "-c", "Release", "src/Node", "-v", "quiet", "-p:RunAnalyzers=false"],
                   cwd=folder, check=True, capture_output=True)
    return os.path.join(folder, "artifacts/bin/Node/release/nucypher")


class Kind:
    """One of the two builds: its program, its Alice, its Bob, its nodes."""

    def __init__(self, name, program):
        self.name, self.program = name, os.path.abspath(program)
        self.nodes = []
        self.alice, self.bob = self.identity("alice"), self.identity("bob")

    def run(self, *words):
        done = subprocess.run([self.program, *words], env=ENVIRONMENT, capture_output=True, text=True, timeout=LIMIT)
        return done.returncode, done.stdout, done.stderr

    def identity(self, who):
        folder = f"{self.name}-{who}"
        code, out, err = self.run("init", "--data", folder, "--json", *CHEAP)
        if code:
            sys.exit(f"init: {err}")
        return dict(json.loads(out), folder=folder)

    def start(self, number, port, seeds):
        """Starts a node; returns once it says that it has joined, or that it waits for others to join."""
        folder = self.identity(f"node{number}")["folder"]
        joins = [word for seed in seeds for word in ("--join", seed)]
        node = subprocess.Popen(
            [self.program, "run", "--data", folder, "--udp", f"127.0.0.1:{port}", "--https", f"127.0.0.1:{port + 100}",
             "--accept-plain", *joins], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.nodes.append(node)
        for line in node.stdout:
            if re.search("joined the swarm" if seeds else "^https ", line):
                break
        else:
            sys.exit(f"{self.name} node {number} ended")
        # what else it says is read and thrown away, or the pipe fills
        subprocess.Popen(["cat"], stdin=node.stdout, stdout=subprocess.DEVNULL)

    def stop(self):
        for node in self.nodes:
            node.send_signal(signal.SIGTERM)
        for node in self.nodes:
            node.wait(timeout=LIMIT)


def interrupted(*_):
    """Ends what was started, also when this script is told to stop."""
    sys.exit(130)


def note(what, code, err, wanted=0):
    """Writes down what came of something."""
    says = err.strip().splitlines()[-1][:90] if code and err.strip() else ""
    right = code == wanted
    results.append(right)
    print(f"{'as expected' if right else 'NOT AS EXPECTED':15}  {what}: exit code {code}  {says}", flush=True)


def plain(old, new, join):
    for writer, reader in ((old, new), (new, old)):
        key = f"colour-{writer.name}"
        code, _, err = writer.run("dht", "set", key, "green", "--join", join)
        note(f"{writer.name} sets a plain value", code, err)
        code, out, err = reader.run("dht", "get", key, "--join", join)
        note(f"{reader.name} gets what {writer.name} set", code or int("green" not in out), err or "another value")


def policies(kind, join):
    """Alice grants among the Ursulas of her build, with the others' nodes in between; Bob reads; and so on."""
    label, kit, folder = f"of the {kind.name}", f"{kind.name}.kit", kind.alice["folder"]
    code, _, err = kind.run("encrypt", "message", "-o", kit, "--label", label, "--data", folder)
    note(f"{kind.name} Alice encrypts", code, err)
    who = ["--label", label, "--bob", kind.bob["bobCard"], "--join", join, "--data", folder]
    code, _, err = kind.run("grant", *who, "-m", "2", "-n", "3", "--for", "1h")
    note(f"{kind.name} Alice grants 2 of 3", code, err)
    note(f"{kind.name} Bob reads", *read(kind, kind, label, kit, join))
    code, _, err = kind.run("renew", *who, "--for", "2h")
    note(f"{kind.name} Alice renews", code, err)
    note(f"{kind.name} Bob reads after that", *read(kind, kind, label, kit, join))
    code, _, err = kind.run("revoke", *who)
    note(f"{kind.name} Alice revokes", code, err)
    note(f"{kind.name} Bob reads after that no more", *read(kind, kind, label, kit, join), wanted=8)


def kits(old, new, join):
    """Kits have another version: each build refuses the other's, and says so."""
    for alice, bob in ((old, new), (new, old)):
        code, err = read(bob, alice, f"of the {alice.name}", f"{alice.name}.kit", join)
        note(f"{bob.name} Bob refuses {alice.name} Alice's kit", code, err, wanted=10)


def read(bob, alice, label, kit, join):
    code, _, err = bob.run("retrieve", kit, "-o", "read", "--alice", alice.alice["aliceCard"], "--label", label,
                           "--join", join, "--data", bob.bob["folder"])
    if code == 0 and open("read").read() != "a message":
        return 1, "read something else"
    return code, err


def main():
    top = subprocess.run(["git", "-C", os.path.dirname(os.path.abspath(__file__)), "rev-parse", "--show-toplevel"],
                         check=True, capture_output=True, text=True).stdout.strip()
    program = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp()
    older = os.path.join(folder, "older")
    kinds = []
    try:
        other = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else build(top, older)
        os.chdir(folder)
        old, new = Kind("old", other), Kind("new", program)
        kinds = [old, new]
        # in turns, so that each build joins through the other too
        for number in range(2 * EACH):
            seeds = [f"127.0.0.1:{46000 + number - 1}"] if number else []
            kinds[number % 2].start(number, 46000 + number, seeds)
        print(f"{EACH} nodes of each build have joined, each through one of the other", flush=True)
        join = "127.0.0.1:46003"
        plain(old, new, join)
        with open("message", "w") as message:
            message.write("a message")
        for kind in kinds:
            policies(kind, join)
        kits(old, new, join)
        for kind in kinds:  # the first of each build dies; the swarm goes on
            kind.nodes.pop(0).kill()
        plain(old, new, join)
    finally:
        for kind in kinds:
            kind.stop()
        os.chdir(top)
        if os.path.exists(older):
            subprocess.run(["git", "-C", top, "worktree", "remove", "--force", older], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{sum(results)} of {len(results)} as expected")
    sys.exit(0 if all(results) else 1)


signal.signal(signal.SIGTERM, interrupted)
main()
