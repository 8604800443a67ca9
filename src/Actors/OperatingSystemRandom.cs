using System.Security.Cryptography;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors;

/// <summary>
/// The operating system's generator: what every secret, nonce and choice is drawn from in production.
/// </summary>
public sealed class OperatingSystemRandom : RandomSource
{
    /// <inheritdoc/>
    public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
