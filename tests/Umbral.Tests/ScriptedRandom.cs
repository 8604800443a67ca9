namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Gives the bytes of a script in their order, however they are drawn; one too many fails the test.</summary>
internal sealed class ScriptedRandom(IEnumerable<byte[]> draws) : RandomSource
{
    private readonly Queue<byte> _bytes = new(draws.SelectMany(draw => draw));

    public bool Exhausted => _bytes.Count == 0;

    public override void Fill(Span<byte> destination)
    {
        foreach (ref var one in destination)
            one = _bytes.Dequeue();
    }
}
