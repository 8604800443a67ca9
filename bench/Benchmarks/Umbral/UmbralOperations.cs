using System.Security.Cryptography;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>
/// The operations that are measured, on one grant of 3 of 5 and one of 3 of 20; names as in compare.sh --json.
/// </summary>
internal sealed class UmbralOperations
{
    private const int Threshold = 3;
    private const int Shares = 5;

    /// <summary>How many capsule fragments a batch has.</summary>
    public const int BatchSize = 20;

    /// <summary>The operating system's randomness.</summary>
    public static readonly RandomSource Random = new SystemRandom();

    private readonly byte[] _plaintext = [.. Enumerable.Repeat((byte)7, 32)];
    private readonly byte[] _message = [.. Enumerable.Repeat((byte)9, 100)];
    private readonly SecretKey _delegating;
    private readonly SecretKey _receiving;
    private readonly Signer _signer;
    private readonly Capsule _capsule;
    private readonly byte[] _ciphertext;
    private readonly VerifiedKeyFrag _verifiedKeyFrag;
    private readonly KeyFrag _keyFrag;
    private readonly KeyFrag _keyFragOfOneSignature;
    private readonly VerifiedCapsuleFrag[] _verified;
    private readonly CapsuleFrag[] _capsuleFrags;
    private readonly (Capsule, CapsuleFrag)[] _batch;
    private readonly Signature _signature;
    private readonly VerifyingKey _prepared;

    public UmbralOperations()
    {
        (_delegating, _receiving, _signer) =
            (SecretKey.Random(Random), SecretKey.Random(Random), Signer.Random(Random));
        (_capsule, _ciphertext) = ProxyReencryption.Encrypt(_delegating.PublicKey, _plaintext, Random);
        var keyFrags = Generate(BatchSize);
        _verifiedKeyFrag = keyFrags[0];
        _keyFrag = Read<KeyFrag>(_verifiedKeyFrag.ToBytes(), KeyFrag.TryRead);
        _keyFragOfOneSignature = Read<KeyFrag>(Generate(1, signKeys: false)[0].ToBytes(), KeyFrag.TryRead);
        _verified = [.. keyFrags.Select(keyFrag => ProxyReencryption.Reencrypt(_capsule, keyFrag, Random))];
        _capsuleFrags = [.. _verified.Select(verified => Read<CapsuleFrag>(verified.ToBytes(), CapsuleFrag.TryRead))];
        _batch = [.. _capsuleFrags.Select(capsuleFrag => (_capsule, capsuleFrag))];
        _signature = _signer.Sign(_message, Random);
        _prepared = _signer.VerifyingKey.Prepare();
    }

    private delegate bool Reader<T>(ReadOnlySpan<byte> bytes, out T? value);

    /// <summary>Each operation by its name.</summary>
    public IReadOnlyDictionary<string, Action> All => new Dictionary<string, Action>
    {
        ["encrypt"] = Encrypt,
        ["decryptOriginal"] = DecryptOriginal,
        ["generateKfrags"] = GenerateKeyFrags,
        ["verifyKfrag"] = VerifyKeyFrag,
        ["verifyKfragOnce"] = VerifyKeyFragOfOneSignature,
        ["reencrypt"] = Reencrypt,
        ["verifyCfrag"] = VerifyCapsuleFrag,
        ["verifyCfragBatch"] = VerifyCapsuleFrags,
        ["decryptReencrypted"] = DecryptReencrypted,
        ["sign"] = Sign,
        ["verifySignature"] = VerifySignature,
        ["verifyPrepared"] = VerifyPrepared,
    };

    public void Encrypt() => ProxyReencryption.Encrypt(_delegating.PublicKey, _plaintext, Random);

    public void DecryptOriginal() =>
        Check(ProxyReencryption.DecryptOriginal(_delegating, _capsule, _ciphertext, out _) == OpenVerdict.Opened);

    public void GenerateKeyFrags()
    {
        foreach (var keyFrag in Generate(Shares))
            keyFrag.Dispose();
    }

    public void VerifyKeyFrag()
    {
        Check(_keyFrag.Verify(
            _signer.VerifyingKey, _delegating.PublicKey, _receiving.PublicKey,
            out var verified) == KeyFragVerdict.Valid);
        verified!.Dispose();
    }

    /// <summary>
    /// As much as the reference checks: the commitment and the signature for the proxy. No key is covered, so that the
    /// receiver's is not checked.
    /// </summary>
    public void VerifyKeyFragOfOneSignature()
    {
        Check(
            _keyFragOfOneSignature.Verify(_signer.VerifyingKey, null, null, out var verified) == KeyFragVerdict.Valid);
        verified!.Dispose();
    }

    public void Reencrypt() => ProxyReencryption.Reencrypt(_capsule, _verifiedKeyFrag, Random);

    public void VerifyCapsuleFrag() => Verify(_capsuleFrags[0]);

    public void VerifyCapsuleFrags()
    {
        var results = CapsuleFragBatch.Verify(
            _batch, _signer.VerifyingKey, _delegating.PublicKey, _receiving.PublicKey, Random);
        Check(results.All(result => result.Verdict == CapsuleFragVerdict.Valid));
    }

    public void DecryptReencrypted() => Check(ProxyReencryption.DecryptReencrypted(
        _receiving, _delegating.PublicKey, _capsule, _verified.AsSpan(
            0, Threshold).ToArray(), _ciphertext, out _) == OpenVerdict.Opened);

    public void Sign() => _signer.Sign(_message, Random);

    public void VerifySignature() => Check(_signer.VerifyingKey.Verify(_message, _signature));

    /// <summary>With a key whose tables are kept: their making is not measured.</summary>
    public void VerifyPrepared() => Check(_prepared.Verify(_message, _signature));

    /// <summary>Capsule fragments of one capsule: those of a batch, again and again.</summary>
    public (Capsule, CapsuleFrag)[] CapsuleFrags(int count) =>
        [.. Enumerable.Range(0, count).Select(i => _batch[i % BatchSize])];

    /// <summary>A large batch, spread over cores.</summary>
    public void VerifyOnCores((Capsule, CapsuleFrag)[] items, int cores)
    {
        var results = ParallelCapsuleFragBatch.Verify(
            items, _signer.VerifyingKey, _delegating.PublicKey, _receiving.PublicKey, cores);
        Check(results.All(result => result.Verdict == CapsuleFragVerdict.Valid));
    }

    private static T Read<T>(byte[] bytes, Reader<T> reader)
    {
        Check(reader(bytes, out var value));
        return value!;
    }

    private static void Check(bool right)
    {
        if (!right)
            throw new InvalidOperationException("An operation that is measured went wrong.");
    }

    private IReadOnlyList<VerifiedKeyFrag> Generate(
        int shares, bool signKeys = true) => ProxyReencryption.GenerateKeyFrags(
        _delegating, _receiving.PublicKey, _signer, Math.Min(Threshold, shares), shares, signKeys, signKeys, Random);

    private void Verify(CapsuleFrag capsuleFrag) => Check(capsuleFrag.Verify(
        _capsule, _signer.VerifyingKey, _delegating.PublicKey, _receiving.PublicKey, Random,
        out _) == CapsuleFragVerdict.Valid);

    private sealed class SystemRandom : RandomSource
    {
        public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
    }
}
