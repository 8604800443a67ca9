using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NuCypher.P2P.ActorRuntime.Tests;

/// <summary>Keeps docs/akka-subset.md true: it lists every public member, and nothing else.</summary>
public sealed class AkkaSubsetTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Regex Heading = new("^### `([^`]+)`: (same|narrower|ours)");
    private static readonly Regex Verdict = new("^- (same|narrower|ours): ");
    private static readonly Regex Member = new("`([^`]+)`");

    private static readonly string[] OfEveryObject =
        ["Equals", "GetHashCode", "ToString", "Deconstruct", "PrintMembers", "EqualityContract", "value__", "op_Equality", "op_Inequality", "<Clone>$"];

    [Fact]
    public void Document_AgainstTheAssembly_ListsTheSameMembers()
    {
        var documented = Documented();
        var compiled = Compiled();

        Assert.Equal(string.Empty, string.Join('\n', compiled.Except(documented)));
        Assert.Equal(string.Empty, string.Join('\n', documented.Except(compiled)));
    }

    private static SortedSet<string> Compiled() => [.. typeof(ActorSystem).Assembly.GetExportedTypes()
        .Where(type => !type.Namespace!.EndsWith(".Hosting", StringComparison.Ordinal))
        .SelectMany(type => Members(type).Prepend(Name(type)))];

    private static IEnumerable<string> Members(Type type) => typeof(Delegate).IsAssignableFrom(type)
        ? []
        : type.GetMembers(Declared)
            .Where(member => IsVisible(member) && !OfEveryObject.Contains(member.Name) && !member.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(member => $"{Name(type)}.{member.Name.Replace("op_", "operator ", StringComparison.Ordinal)}");

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => IsVisible(method) && !method.IsConstructor && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Name(Type type) =>
        (type.DeclaringType is null ? string.Empty : $"{Name(type.DeclaringType)}.") + type.Name.Split('`')[0];

    /// <summary>A heading per type with its verdict, then a line per verdict with the members in backquotes.</summary>
    private static SortedSet<string> Documented()
    {
        var result = new SortedSet<string>();
        var type = string.Empty;
        foreach (var line in File.ReadLines(Path.Combine(Root(), "docs", "akka-subset.md")))
        {
            if (Heading.Match(line) is { Success: true } heading)
                result.Add(type = heading.Groups[1].Value);
            else if (Verdict.IsMatch(line))
                result.UnionWith(Member.Matches(line.Split(" — ")[0]).Select(member => $"{type}.{member.Groups[1].Value}"));
        }

        return result;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NuCypher.P2P.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside of the repository.");
        return folder;
    }
}
