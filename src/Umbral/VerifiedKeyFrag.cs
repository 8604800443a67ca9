using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A verified key fragment.</summary>
public sealed class VerifiedKeyFrag : IDisposable
{
    /// <summary>Reads bytes that this process itself exported from a verified fragment and kept authenticated.</summary>
    public static bool TryReadTrusted(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerifiedKeyFrag? value) =>
        throw new NotImplementedException();

    /// <summary>Exports the encoding of the unverified form; the destination must hold <see cref="KeyFrag.Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>The encoding of the unverified form as a new array.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => throw new NotImplementedException();
}
