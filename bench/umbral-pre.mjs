// The other side of compare.sh: runs operations of @nucypher/umbral-pre (WASM) on request.
// Reads lines "operation count" on standard input, answers each with the nanoseconds that count calls took.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const umbral = createRequire(process.argv[2] + "/")("@nucypher/umbral-pre");
const threshold = 3, shares = 5, batch = 20;
const plaintext = new Uint8Array(32).fill(7);
const message = new Uint8Array(100).fill(9);

const delegating = umbral.SecretKey.random(), delegatingKey = delegating.publicKey();
const receiving = umbral.SecretKey.random(), receivingKey = receiving.publicKey();
const signer = new umbral.Signer(umbral.SecretKey.random()), verifyingKey = signer.verifyingKey();
const generate = (m, n) => umbral.generateKFrags(delegating, receivingKey, signer, m, n, true, true);
const [capsule, ciphertext] = umbral.encrypt(delegatingKey, plaintext);
const kfrag = generate(threshold, shares)[0];
const kfragBytes = kfrag.toBytes();
const cfrags = generate(threshold, batch).map(k => umbral.reencrypt(capsule, k));
const cfragBytes = cfrags.map(c => c.toBytes());
const signature = signer.sign(message);

// verify() takes its object away, so each call gets a fresh one, made before the clock starts.
const verify = cfrag => cfrag.verify(capsule, verifyingKey, delegatingKey, receivingKey).free();
const readKfrag = () => umbral.KeyFrag.fromBytes(kfragBytes);
const readCfrags = count => cfragBytes.slice(0, count).map(b => umbral.CapsuleFrag.fromBytes(b));
const nothing = () => undefined;
const operations = {
  encrypt: [nothing, () => umbral.encrypt(delegatingKey, plaintext)[0].free()],
  decryptOriginal: [nothing, () => umbral.decryptOriginal(delegating, capsule, ciphertext)],
  generateKfrags: [nothing, () => generate(threshold, shares).forEach(k => k.free())],
  verifyKfrag: [readKfrag, k => k.verify(verifyingKey, delegatingKey, receivingKey).free()],
  verifyKfragOnce: [readKfrag, k => k.verify(verifyingKey, delegatingKey, receivingKey).free()], // checks one signature always
  reencrypt: [nothing, () => umbral.reencrypt(capsule, kfrag).free()],
  verifyCfrag: [() => readCfrags(1), unverified => unverified.forEach(verify)],
  verifyCfragBatch: [() => readCfrags(batch), unverified => unverified.forEach(verify)],
  decryptReencrypted: [
    nothing, () => umbral.decryptReencrypted(receiving, delegatingKey, capsule, cfrags.slice(0, threshold), ciphertext)],
  sign: [nothing, () => signer.sign(message).free()],
  verifySignature: [nothing, () => signature.verify(verifyingKey, message)],
  verifyPrepared: [nothing, () => signature.verify(verifyingKey, message)], // has no prepared keys
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, count] = line.split(" ");
  const [prepare, run] = operations[name];
  const inputs = Array.from({ length: Number(count) }, prepare);
  const start = process.hrtime.bigint();
  for (const input of inputs) run(input);
  process.stdout.write(`${process.hrtime.bigint() - start}\n`);
}
