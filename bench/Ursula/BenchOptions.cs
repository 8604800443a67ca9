using System.Globalization;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>What to run.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: [--seconds S] [--clients C] [--policies N] [--rate R] [--only PART,...] [--json]

        A node in a process of its own, and clients in this one, each at an address of loopback, over HTTPS.
          --seconds S   how long each part takes; 60
          --clients C   connections, each with one request at a time; 200
          --policies N  how many policies end together in the part "end"; 100,000
          --rate R      re-encryptions a second beside their end; 500
          --only PART   door, deposit, reencrypt, reencrypt16, mixed, end; without it all
          --json        one line instead of many
        """;

    public int Seconds { get; private init; } = 60;

    public int Clients { get; private init; } = 200;

    public int Policies { get; private init; } = 100_000;

    public int Rate { get; private init; } = 500;

    public bool Json { get; private init; }

    public IReadOnlyList<string> Only { get; private init; } = [];

    public static BenchOptions? TryParse(string[] args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
        {
            var number = i + 1 < args.Length
                && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var read)
                && read > 0 ? read : 0;
            var next = (args[i], number) switch
            {
                ("--json", _) => options with { Json = true },
                ("--only", _) when i + 1 < args.Length => options with { Only = args[i + 1].Split(',') },
                ("--seconds", > 0) => options with { Seconds = number },
                ("--clients", > 0 and <= 250) => options with { Clients = number },
                ("--policies", > 0) => options with { Policies = number },
                ("--rate", > 0) => options with { Rate = number },
                _ => null,
            };
            if (next is null)
                return null;
            (options, i) = (next, args[i] == "--json" ? i : i + 1);
        }

        return options;
    }

    public bool Wants(string part) => Only.Count == 0 || Only.Contains(part);
}
