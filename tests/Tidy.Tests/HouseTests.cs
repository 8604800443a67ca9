using System.Text.RegularExpressions;
using System.Xml.Linq;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Tidy.Tests;

/// <summary>The rules of the house that no compiler keeps.</summary>
public sealed class HouseTests
{
    private const int MaxColumns = 120;

    /// <summary>Everything but the SDK's own that each project of the product may use.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Umbral"] = [],
        ["Dht"] = ["MessagePack"],
        ["Policy"] = [],
        ["Ledger"] = [],
        ["Actors"] =
        [
            "Akka", "Akka.Persistence", "Akka.Persistence.Sql", "LiteNetLib", "Microsoft.Data.Sqlite.Core",
            "Npgsql", "SQLitePCLRaw.bundle_e_sqlite3",
        ],
        ["Simulator"] = ["ScottPlot"],
        ["Node"] =
        [
            "Akka.Hosting", "BouncyCastle.Cryptography", "Microsoft.Extensions.Hosting.Systemd",
            "OpenTelemetry.Exporter.OpenTelemetryProtocol", "OpenTelemetry.Exporter.Prometheus.AspNetCore",
            "OpenTelemetry.Extensions.Hosting", "QRCoder", "System.CommandLine",
        ],
    };

    /// <summary>Who may reference whom.</summary>
    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Umbral"] = [],
        ["Dht"] = [],
        ["Policy"] = ["Dht", "Umbral"],
        ["Ledger"] = ["Policy"],
        ["Actors"] = ["Policy"],
        ["Simulator"] = ["Actors"],
        ["Node"] = ["Actors", "Ledger", "Simulator"],
    };

    public static TheoryData<string> Projects => [.. Packages.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void Folders_OfAProject_FormNoCircle(string project)
    {
        var folders = SourceFile.All.Where(file => file.Path.StartsWith($"src/{project}/", StringComparison.Ordinal))
            .SelectMany(file => file.Types.Select(type => (type, file.Folder)))
            .GroupBy(pair => pair.type).Where(same => same.Select(pair => pair.Folder).Distinct().Count() == 1)
            .ToDictionary(same => same.Key, same => same.First().Folder);
        var assembly = project == "Node" ? "nucypher.dll" : $"NuCypher.P2P.{project}.dll";

        Assert.NotEmpty(folders);
        None(FolderGraph.CirclesOf(Path.Combine(AppContext.BaseDirectory, assembly), folders));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Project_OfTheProduct_UsesWhatItMay(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));

        Assert.Equal(
            Packages[project].Order(StringComparer.Ordinal),
            file.Descendants("PackageReference").Select(
                package => package.Attribute("Include")!.Value).Order(StringComparer.Ordinal));
        Assert.Equal(
            References[project].Order(StringComparer.Ordinal),
            file.Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(
                    reference.Attribute("Include")!.Value.Replace('\\', '/')))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_OfAnyFile_KeepTheLimit() => None(
        from file in SourceFile.All
        from line in file.Lines.Index()
        where line.Item.Length > MaxColumns
        select $"{file.Path}:{line.Index + 1}");

    [Fact]
    public void File_OfTheProduct_HoldsOneType() => None(
        SourceFile.All.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && !HoldsMany(file.Path))
            .Where(file => file.Types.Distinct().Count() > 1)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}"));

    [Fact]
    public void Product_BelowTheProgram_ReadsNoAmbientClockAndDrawsNoAmbientEntropy()
    {
        var ambient = new Regex(
            @"DateTime(Offset)?\.(Utc)?Now|Environment\.TickCount|Guid\.NewGuid|Random\.Shared|new Random\(\)"
            + @"|Thread\.Sleep|Task\.Delay\([^,)]*\)",
            RegexOptions.CultureInvariant);

        None(
            from file in SourceFile.All
            where Regex.IsMatch(file.Path, "^src/(Umbral|Dht|Policy|Ledger|Actors|Simulator)/")
            from line in file.Lines.Index()
            where ambient.IsMatch(line.Item) && !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{file.Path}:{line.Index + 1}");
    }

    private static void None(IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        Assert.True(all.Length == 0, $"{all.Length} of them:\n{string.Join('\n', all)}");
    }

    /// <summary>A protocol, and the effects and outcomes of a core, stand together in one file.</summary>
    private static bool HoldsMany(string path) => Regex.IsMatch(path, @"(Protocol|Effects|Outcomes)\.cs$");
}
