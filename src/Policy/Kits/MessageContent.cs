using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>What was in a message kit.</summary>
/// <param name="Bytes">The payload.</param>
/// <param name="Author">Whose signature was in it, checked; null if it was not signed.</param>
public sealed record MessageContent(ReadOnlyMemory<byte> Bytes, VerifyingKey? Author);
