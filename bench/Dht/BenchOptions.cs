using System.Globalization;

namespace NuCypher.P2P.DhtBench;

/// <summary>What to run.</summary>
/// <param name="Nodes">Nodes of the swarm.</param>
/// <param name="Json">Whether the report is one line.</param>
/// <param name="Only">The parts that are run; join and the values come in any case. Empty for all.</param>
internal sealed record BenchOptions(int Nodes, bool Json, IReadOnlyList<string> Only)
{
    public const string Usage =
        "usage: --nodes N [--json] [--only get,miss,set32,get32,loss,dead,memory,echo]   "
        + "N from 2 to 5000; 200 if not given";

    public static BenchOptions? TryParse(string[] args)
    {
        var options = new BenchOptions(200, false, []);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json")
                options = options with { Json = true };
            else if (args[i] == "--only" && i + 1 < args.Length)
                options = options with { Only = args[++i].Split(',') };
            else if (args[i] == "--nodes" && i + 1 < args.Length && TryCount(args[++i], out var nodes))
                options = options with { Nodes = nodes };
            else
                return null;
        }
        return options;
    }

    public bool Wants(string part) => Only.Count == 0 || Only.Contains(part);

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 2 and <= 5000;
}
