using System.Collections;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>Settings from the environment: <c>NUCYPHER__DHT__MAX_RECORDS</c> is the key <c>nucypher.dht.max-records</c>.</summary>
internal static class EnvironmentSettings
{
    /// <summary>The settings among the variables, sorted by name.</summary>
    public static IEnumerable<Setting> Read(IDictionary variables) => variables.Keys.Cast<string>()
        .Where(name => name.StartsWith("NUCYPHER__", StringComparison.Ordinal) || name.StartsWith("AKKA__", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => new Setting(PathOf(name), (string?)variables[name] ?? "", $"environment variable {name}"));

    private static string PathOf(string name) =>
        name.Replace("__", ".", StringComparison.Ordinal).Replace('_', '-').ToLowerInvariant();
}
