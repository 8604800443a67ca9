using System.Buffers.Binary;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Selection;

/// <summary>
/// Bytes that follow from a seed, for draws that everybody must be able to repeat: SHA-256 over tag, seed, counter.
/// </summary>
/// <param name="seed">What they follow from.</param>
internal sealed class SeededDraw(Digest seed) : RandomSource
{
    private readonly byte[] _counter = new byte[8];
    private ulong _blocks;

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64BigEndian(_counter, _blocks++);
            var block = DomainHash.Compute(LedgerTags.Draw, seed.ToBytes(), _counter).ToBytes();
            var taken = Math.Min(block.Length, destination.Length);
            block.AsSpan(0, taken).CopyTo(destination);
            destination = destination[taken..];
        }
    }
}
