using System.Security.Cryptography;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>Checks who signed a kit for everybody to see; needs no key and holds 64 bytes of the kit.</summary>
/// <remarks>
/// The signature is the last 64 bytes, over <c>be32(length) ‖ "NuCypher.P2P/public-authorship" ‖ SHA-256(all before
/// it)</c>.
/// Feed what follows the head to <see cref="Append(ReadOnlySpan{byte})"/> in pieces of any size, then call
/// <see cref="Finish"/>. Does no I/O.
/// </remarks>
public sealed class PublicSignature : IDisposable
{
    private readonly IncrementalHash _hash;
    private readonly HeldTail _tail = new(Signature.Size);
    private readonly VerifyingKey _author;

    internal PublicSignature(VerifyingKey author, ReadOnlySpan<byte> head) => (_author, _hash) =
        (author, StartHash(head));

    /// <summary>Takes more of the kit.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => Append(bytes, _ => { });

    /// <summary>Whether what went before the last 64 bytes was signed by the author that the head names.</summary>
    public bool Finish() => Signature.TryRead(_tail.Kept, out var signature)
        && _author.Verify(SignedPart(_hash), signature);

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    internal static IncrementalHash StartHash(ReadOnlySpan<byte> head)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        return hash;
    }

    internal static byte[] SignedPart(IncrementalHash kit) =>
        DomainHash.Message(DomainTags.PublicAuthorship, Digest.Read(kit.GetHashAndReset()));

    internal void Append(ReadOnlySpan<byte> bytes, Action<ReadOnlySpan<byte>> passOn) => _tail.Append(bytes, older =>
    {
        _hash.AppendData(older);
        passOn(older);
    });
}
