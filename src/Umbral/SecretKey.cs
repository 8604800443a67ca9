using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A secret encryption key, delegating or receiving: a scalar from 1 to n − 1.</summary>
/// <remarks>
/// 32 bytes, big-endian. The secret never leaves but by <see cref="WriteSecret"/>; arithmetic on it is constant-time.
/// </remarks>
public sealed class SecretKey : IDisposable
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = Curve.Scalar.Size;

    private readonly SecretScalar _secret;

    internal SecretKey(SecretScalar secret)
    {
        _secret = secret;
        PublicKey = new PublicKey(Generator.Multiply(secret.Value));
    }

    /// <summary>The key that others encrypt to.</summary>
    public PublicKey PublicKey { get; }

    internal ref readonly Scalar Scalar => ref _secret.Value;

    /// <summary>Draws a key: 32 bytes, again while they are not a scalar from 1 to n − 1.</summary>
    public static SecretKey Random(RandomSource random) => new(new SecretScalar(SecretScalar.Draw(random)));

    /// <summary>Reads 32 bytes, big-endian; false unless a scalar from 1 to n − 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SecretKey? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads 32 bytes, big-endian; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SecretKey? value, out ReadVerdict verdict)
    {
        var secret = SecretScalar.Read(bytes);
        verdict = secret is not null ? ReadVerdict.Ok
            : bytes.Length == Size ? ReadVerdict.ScalarRange : ReadVerdict.WrongLength;
        value = secret is null ? null : new SecretKey(secret);
        return value is not null;
    }

    /// <summary>Exports the secret, 32 bytes big-endian.</summary>
    public void WriteSecret(Span<byte> destination) => Scalar.Write(destination);

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>The type; nothing of the secret.</summary>
    public override string ToString() => "SecretKey:...";
}
