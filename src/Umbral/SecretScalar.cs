using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A secret scalar that the garbage collector never copies, zeroed when disposed.</summary>
internal sealed class SecretScalar : IDisposable
{
    private readonly Scalar[] _value = GC.AllocateArray<Scalar>(1, pinned: true);
    private bool _disposed;

    public SecretScalar(in Scalar value) => _value[0] = value;

    public ref readonly Scalar Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return ref _value[0];
        }
    }

    /// <summary>Draws 32 bytes until they are a scalar from 1 to n − 1.</summary>
    public static Scalar Draw(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[Scalar.Size];
        Scalar value;
        do
            random.Fill(bytes);
        while (!Scalar.TryRead(bytes, out value) || value.IsZero);
        CryptographicOperations.ZeroMemory(bytes);
        return value;
    }

    /// <summary>Reads 32 bytes, a scalar from 1 to n − 1.</summary>
    public static SecretScalar? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Scalar.Size && Scalar.TryRead(bytes, out var value) && !value.IsZero
            ? new SecretScalar(value)
            : null;

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_value.AsSpan()));
    }
}
