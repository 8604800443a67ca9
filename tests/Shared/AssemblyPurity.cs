using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NuCypher.P2P.Tests;

/// <summary>
/// Reads which members a compiled assembly refers to, so that a test can hold a pure core to its word.
/// </summary>
internal static class AssemblyPurity
{
    private static readonly string[] Banned =
    [
        "System.DateTime.get_UtcNow", "System.DateTime.get_Now", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_UtcNow", "System.DateTimeOffset.get_Now", "System.TimeProvider.",
        "System.Diagnostics.Stopwatch.", "System.Environment.get_TickCount", "System.Environment.GetEnv",
        "System.Guid.NewGuid", "System.Random.get_Shared",
        "System.Random..ctor", "System.Threading.", "System.Net.Sockets.", "System.Net.Http.", "System.IO.",
        "System.Security.Cryptography.RandomNumberGenerator.", "System.Console.", "System.String.GetHashCode",
    ];

    /// <summary>
    /// The references to clocks, entropy, threads, sockets, files and the console; empty for a pure core.
    /// </summary>
    public static IReadOnlyList<string> ImpureReferences(string assemblyPath) =>
        [.. References(assemblyPath).Where(member => Array.Exists(Banned, member.StartsWith)).Order()];

    /// <summary>
    /// Every member of another assembly that the given one refers to, as <c>Namespace.Type.Member</c>.
    /// </summary>
    public static IReadOnlyList<string> References(string assemblyPath)
    {
        using var pe = new PEReader(File.OpenRead(assemblyPath));
        var metadata = pe.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => Name(metadata, metadata.GetMemberReference(handle)))];
    }

    /// <summary>The names of the assemblies that the given one refers to.</summary>
    public static IReadOnlyList<string> Assemblies(string assemblyPath)
    {
        using var pe = new PEReader(File.OpenRead(assemblyPath));
        var metadata = pe.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    /// <summary>The names of the types in a namespace that the given assembly refers to.</summary>
    public static IReadOnlyList<string> Types(string assemblyPath, string fromNamespace)
    {
        using var pe = new PEReader(File.OpenRead(assemblyPath));
        var metadata = pe.GetMetadataReader();
        return
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference)
                .Where(type => metadata.GetString(type.Namespace) == fromNamespace)
                .Select(type => metadata.GetString(type.Name)),
        ];
    }

    private static string Name(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
            return string.Empty;
        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}."
            + metadata.GetString(member.Name);
    }
}
