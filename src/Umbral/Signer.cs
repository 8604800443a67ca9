using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// A secret signing key: a scalar from 1 to n − 1, of another type than an encryption key on purpose.
/// </summary>
/// <remarks>
/// 32 bytes, big-endian. The secret never leaves but by <see cref="WriteSecret"/>; arithmetic on it is constant-time.
/// </remarks>
public sealed class Signer : IDisposable
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = Curve.Scalar.Size;

    private readonly SecretScalar _secret;

    internal Signer(SecretScalar secret)
    {
        _secret = secret;
        VerifyingKey = new VerifyingKey(Generator.Multiply(secret.Value));
    }

    /// <summary>The key that verifies this signer's signatures.</summary>
    public VerifyingKey VerifyingKey { get; }

    internal ref readonly Scalar Scalar => ref _secret.Value;

    /// <summary>Draws a key: 32 bytes, again while they are not a scalar from 1 to n − 1.</summary>
    public static Signer Random(RandomSource random) => new(new SecretScalar(SecretScalar.Draw(random)));

    /// <summary>Reads 32 bytes, big-endian; false unless a scalar from 1 to n − 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signer? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads 32 bytes, big-endian; says why not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signer? value, out ReadVerdict verdict)
    {
        var secret = SecretScalar.Read(bytes);
        verdict = secret is not null ? ReadVerdict.Ok
            : bytes.Length == Size ? ReadVerdict.ScalarRange : ReadVerdict.WrongLength;
        value = secret is null ? null : new Signer(secret);
        return value is not null;
    }

    /// <summary>Signs SHA-256 of <paramref name="message"/>; draws 32 bytes that hedge the nonce.</summary>
    public Signature Sign(ReadOnlySpan<byte> message, RandomSource random) =>
        SignRecoverable(message, random).Signature;

    /// <summary>Signs SHA-256 of <paramref name="message"/>, with what recovers the key from the signature.</summary>
    public RecoverableSignature SignRecoverable(ReadOnlySpan<byte> message, RandomSource random)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        Span<byte> hedge = stackalloc byte[Ecdsa.HedgeSize];
        random.Fill(hedge);
        return Ecdsa.Sign(Scalar, digest, hedge);
    }

    /// <summary>Exports the secret, 32 bytes big-endian.</summary>
    public void WriteSecret(Span<byte> destination) => Scalar.Write(destination);

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>The type; nothing of the secret.</summary>
    public override string ToString() => "Signer:...";
}
