namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Gives the bytes of a script, draw by draw; a draw of another size, or one too many, fails the test.</summary>
internal sealed class ScriptedRandom(IEnumerable<byte[]> draws) : RandomSource
{
    private readonly Queue<byte[]> _draws = new(draws);

    public bool Exhausted => _draws.Count == 0;

    public override void Fill(Span<byte> destination)
    {
        var draw = _draws.Dequeue();
        Assert.Equal(draw.Length, destination.Length);
        draw.CopyTo(destination);
    }
}
