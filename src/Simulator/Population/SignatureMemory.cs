using System.Security.Cryptography;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Verifies each signature once a world: twenty nodes that keep one record would each do the same arithmetic.
/// </summary>
/// <remarks>
/// Whether a signature is valid depends on nothing but its bytes, so that a run is the same with and without it.
/// </remarks>
public sealed class SignatureMemory
{
    /// <summary>Valid signatures that are remembered; beyond it all are forgotten.</summary>
    public const int MaxKnown = 100_000;

    private readonly HashSet<Digest> _valid = [];

    /// <summary>Whether a signature is valid, as <see cref="RecordSignatures.Verify"/> says.</summary>
    public bool Verify(ReadOnlySpan<byte> verifyingKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var digest = Digest.Read(SHA256.HashData([.. verifyingKey, .. signature, .. message]));
        if (_valid.Contains(digest))
            return true;
        if (!RecordSignatures.Verify(verifyingKey, message, signature))
            return false;
        if (_valid.Count == MaxKnown)
            _valid.Clear();
        return _valid.Add(digest);
    }
}
