"""An independent Kademlia peer on the rpcudp wire, Python's standard library only.

Written from the description of the wire, to meet the C# nodes with other code than theirs. Behaves as bmuller/kademlia does: k = 20,
alpha = 3, five seconds and no second try, unknown senders enter the table unproven, the last store wins, new nodes are handed keys.
One JSON object a line on standard input is a command; one on standard output is its answer.
"""

import asyncio
import hashlib
import json
import os
import struct
import sys

K, ALPHA, TIMEOUT = 20, 3, float(os.environ.get("PEER_TIMEOUT", "5"))


def pack(value):
    if value is None:
        return b"\xc0"
    if value is True or value is False:
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        return pack_int(value)
    if isinstance(value, float):
        return b"\xcb" + struct.pack(">d", value)
    if isinstance(value, str):
        data = value.encode("utf-8")
        return bytes([0xA0 | len(data)]) + data if len(data) < 32 else sized(len(data), 0xD9) + data
    if isinstance(value, bytes):
        return sized(len(value), 0xC4) + value
    if isinstance(value, (list, tuple)):
        return counted(len(value), 0x90, 0xDC) + b"".join(map(pack, value))
    return counted(len(value), 0x80, 0xDE) + b"".join(pack(k) + pack(v) for k, v in value.items())


def pack_int(value):
    if value >= 0:
        if value < 0x80:
            return bytes([value])
        for code, form, limit in ((0xCC, ">B", 8), (0xCD, ">H", 16), (0xCE, ">I", 32), (0xCF, ">Q", 64)):
            if value < 1 << limit:
                return bytes([code]) + struct.pack(form, value)
    if value >= -32:
        return struct.pack(">b", value)
    for code, form, limit in ((0xD0, ">b", 7), (0xD1, ">h", 15), (0xD2, ">i", 31), (0xD3, ">q", 63)):
        if value >= -(1 << limit):
            return bytes([code]) + struct.pack(form, value)
    raise ValueError("integer too long")


def sized(length, code):
    if length < 256:
        return bytes([code, length])
    return bytes([code + 1]) + struct.pack(">H", length) if length < 65536 else bytes([code + 2]) + struct.pack(">I", length)


def counted(count, short, code):
    return bytes([short | count]) if count < 16 else bytes([code]) + struct.pack(">H", count)


NUMBERS = {0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}
LENGTHS = {0xC4: ">B", 0xC5: ">H", 0xC6: ">I", 0xD9: ">B", 0xDA: ">H", 0xDB: ">I", 0xDC: ">H", 0xDD: ">I", 0xDE: ">H", 0xDF: ">I"}


class Unpacker:
    """Reads one object; what follows it is left unread, as rpcudp leaves it."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        if self.at + size > len(self.data):
            raise ValueError("truncated")
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, form):
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def read(self):
        code = self.take(1)[0]
        if code < 0x80:
            return code
        if code >= 0xE0:
            return code - 256
        if code < 0x90:
            return self.map(code & 15)
        if code < 0xA0:
            return self.array(code & 15)
        if code < 0xC0:
            return self.take(code & 31).decode("utf-8")
        if code in (0xC0, 0xC2, 0xC3):
            return {0xC0: None, 0xC2: False, 0xC3: True}[code]
        if code in NUMBERS:
            return self.number(NUMBERS[code])
        length = self.number(LENGTHS[code])
        if code <= 0xC6:
            return self.take(length)
        if code <= 0xDB:
            return self.take(length).decode("utf-8")
        return self.array(length) if code <= 0xDD else self.map(length)

    def array(self, count):
        return [self.read() for _ in range(count)]

    def map(self, count):
        pairs = [(self.read(), self.read()) for _ in range(count)]
        return dict(pairs)


def distance(one, other):
    return int.from_bytes(one, "big") ^ int.from_bytes(other, "big")


class Peer(asyncio.DatagramProtocol):
    def __init__(self):
        self.id = hashlib.sha1(os.urandom(32)).digest()
        self.table, self.store, self.waiting, self.errors = {}, {}, {}, []

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        try:
            self.take(data, address)
        except Exception as error:  # noqa: BLE001 - a peer that meets something unexpected says so, and lives on
            self.errors.append(f"{type(error).__name__}: {error} in {data.hex()}")

    def take(self, data, address):
        if len(data) < 22:
            raise ValueError("short")
        kind, message_id, body = data[0], data[1:21], Unpacker(data[21:]).read()
        if kind == 1:
            future = self.waiting.pop(message_id, None)
            if future is not None and not future.done():
                future.set_result(body)
            return
        method, arguments = body
        reply = getattr(self, "rpc_" + method)(address, *arguments)
        self.transport.sendto(b"\x01" + message_id + pack(reply), address)

    def rpc_ping(self, address, sender):
        self.welcome(sender, address)
        return self.id

    def rpc_store(self, address, sender, key, value):
        self.welcome(sender, address)
        self.store[key] = value
        return True

    def rpc_find_node(self, address, sender, key):
        self.welcome(sender, address)
        return [(i, *a) for i, a in self.nearest(key) if a != address and i != key]

    def rpc_find_value(self, address, sender, key):
        self.welcome(sender, address)
        value = self.store.get(key)
        return {"value": value} if value is not None else self.rpc_find_node(address, sender, key)

    def rpc_stun(self, address):
        return address

    def nearest(self, key):
        return sorted(self.table.items(), key=lambda item: distance(item[0], key))[:K]

    def welcome(self, sender, address):
        if int.from_bytes(sender, "big") >> 160 or not sender:
            raise ValueError("id out of range")
        if sender in self.table or sender == self.id:
            return
        self.table[sender] = address
        for key, value in list(self.store.items()):
            near = self.nearest(key)
            if distance(sender, key) <= distance(near[-1][0], key):
                asyncio.ensure_future(self.call(address, "store", self.id, key, value))

    async def call(self, address, method, *arguments):
        message_id = hashlib.sha1(os.urandom(32)).digest()
        future = self.waiting[message_id] = asyncio.get_running_loop().create_future()
        self.transport.sendto(b"\x00" + message_id + pack([method, list(arguments)]), address)
        try:
            return True, await asyncio.wait_for(future, TIMEOUT)
        except asyncio.TimeoutError:
            self.waiting.pop(message_id, None)
            return False, None

    async def walk(self, key, method):
        """Rounds of alpha from the nearest; waits for each whole round."""
        known, asked, values = dict(self.nearest(key)), set(), []
        while not values:
            near = sorted(known, key=lambda i: distance(i, key))[:K]
            turn = [i for i in near if i not in asked][:ALPHA]
            if not turn:
                break
            asked.update(turn)
            answers = await asyncio.gather(*(self.call(known[i], method, self.id, key) for i in turn))
            for i, (answered, result) in zip(turn, answers):
                if not answered:
                    known.pop(i, None)
                    self.table.pop(i, None)
                    continue
                self.table.setdefault(i, known[i])
                if isinstance(result, dict):
                    values.append(result["value"])
                    continue
                for contact_id, host, port in result:
                    if contact_id != self.id:
                        known.setdefault(contact_id, (host, port))
        near = sorted((i for i in known if i in asked), key=lambda i: distance(i, key))[:K]
        return values, [known[i] for i in near]

    async def bootstrap(self, address):
        answered, identity = await self.call(tuple(address), "ping", self.id)
        if answered:
            self.table[identity] = tuple(address)
            await self.walk(self.id, "find_node")
        return answered

    async def set(self, key, value):
        _, holders = await self.walk(key, "find_node")
        answers = await asyncio.gather(*(self.call(h, "store", self.id, key, value) for h in holders))
        return [result for _, result in answers]

    async def get(self, key):
        if key in self.store:
            return self.store[key]
        values, _ = await self.walk(key, "find_value")
        return max(set(values), key=values.count) if values else None


def decode(value):
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


def encode(value):
    return {"hex": value.hex()} if isinstance(value, bytes) else value


async def carry_out(peer, command):
    name = command["do"]
    if name == "bootstrap":
        return await peer.bootstrap(command["address"])
    if name == "set":
        return await peer.set(bytes.fromhex(command["key"]), decode(command["value"]))
    if name == "get":
        return encode(await peer.get(bytes.fromhex(command["key"])))
    if name == "call":
        answered, result = await peer.call(tuple(command["address"]), command["method"], *map(decode, command["arguments"]))
        return {"answered": answered, "result": encode(result)}
    if name == "held":
        return encode(peer.store.get(bytes.fromhex(command["key"])))
    return {"id": peer.id.hex(), "known": [i.hex() for i in peer.table], "errors": peer.errors}


async def main():
    loop = asyncio.get_running_loop()
    _, peer = await loop.create_datagram_endpoint(Peer, local_addr=("127.0.0.1", 0))
    say({"id": peer.id.hex(), "port": peer.transport.get_extra_info("sockname")[1]})
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        say({"result": await carry_out(peer, json.loads(line))})


def say(answer):
    print(json.dumps(answer), flush=True)


asyncio.run(main())
