using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>
/// SHA-256 with every input length-prefixed, the first being a domain tag: no two lists of inputs share a preimage.
/// </summary>
public static class DomainHash
{
    /// <summary>SHA-256 over <c>be32(length) ‖ bytes</c> of the tag and one input.</summary>
    public static Digest Compute(string tag, ReadOnlySpan<byte> part)
    {
        using var hash = Start(tag);
        Append(hash, part);
        return Finish(hash);
    }

    /// <summary>SHA-256 over <c>be32(length) ‖ bytes</c> of the tag and each input.</summary>
    public static Digest Compute(string tag, params ReadOnlySpan<byte[]> parts)
    {
        using var hash = Start(tag);
        foreach (var part in parts)
            Append(hash, part);
        return Finish(hash);
    }

    /// <summary>What is signed for an object: <c>be32(length) ‖ tag ‖ SHA-256(object)</c>.</summary>
    public static byte[] Message(string tag, ReadOnlySpan<byte> signedBytes) =>
        Message(tag, Digest.Read(SHA256.HashData(signedBytes)));

    /// <summary>What is signed for an object of this SHA-256.</summary>
    public static byte[] Message(string tag, Digest sha256)
    {
        var message = new byte[4 + tag.Length + Digest.Size];
        BinaryPrimitives.WriteInt32BigEndian(message, tag.Length);
        Encoding.ASCII.GetBytes(tag, message.AsSpan(4));
        sha256.Write(message.AsSpan(4 + tag.Length));
        return message;
    }

    private static IncrementalHash Start(string tag)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Encoding.ASCII.GetBytes(tag));
        return hash;
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    private static Digest Finish(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        hash.GetHashAndReset(bytes);
        return Digest.Read(bytes);
    }
}
