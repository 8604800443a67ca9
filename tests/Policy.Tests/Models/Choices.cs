namespace NuCypher.P2P.Policy.Tests.Models;

/// <summary>
/// Runs something again and again, each time with other choices, until every way through it was gone once.
/// </summary>
internal sealed class Choices
{
    private readonly List<(int Chosen, int Options)> _path = [];
    private int _at;

    /// <summary>Runs <paramref name="run"/> once for each way; returns how many there were.</summary>
    public static int Exhaust(Action<Choices> run)
    {
        var choices = new Choices();
        var ways = 0;
        do
        {
            choices._at = 0;
            run(choices);
            ways++;
        }
        while (choices.Advance());
        return ways;
    }

    /// <summary>One of 0 to <paramref name="options"/> − 1.</summary>
    public int Choose(int options)
    {
        if (_at == _path.Count)
            _path.Add((0, options));
        Assert.Equal(options, _path[_at].Options);
        return _path[_at++].Chosen;
    }

    private bool Advance()
    {
        while (_path.Count > 0 && _path[^1].Chosen + 1 == _path[^1].Options)
            _path.RemoveAt(_path.Count - 1);
        if (_path.Count > 0)
            _path[^1] = (_path[^1].Chosen + 1, _path[^1].Options);
        return _path.Count > 0;
    }
}
