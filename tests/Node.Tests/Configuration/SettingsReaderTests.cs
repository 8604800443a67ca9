using System.Collections;
using NuCypher.P2P.ActorRuntime.Configuration;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Configuration;

namespace NuCypher.P2P.Node.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "akka.hocon");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TheShippedFile_IsTheDefaultsOfTheCode()
    {
        var settings = SettingsReader.Read(Shipped, new Hashtable(), []);

        Assert.Equal(new NucypherSettings(), settings.Nucypher);
        Assert.Equal(SqliteJournalOptions.Default, settings.Journal);
        Assert.Equal(ActorSystemOptions.Default with { ShutdownPhaseTimeout = TimeSpan.FromSeconds(1) }, settings.Akka);
    }

    [Fact]
    public void ShippedFile_EveryOption_HasItsKeyUnderAComment()
    {
        var lines = File.ReadAllLines(Shipped).Select(l => l.Trim()).ToArray();
        var nucypher = Hocon.Parse(File.ReadAllText(Shipped), "akka.hocon").GetSection("nucypher");

        Assert.All(OptionsBinder.Leaves(new NucypherSettings()), leaf => Assert.True(nucypher.Has(leaf.Path), leaf.Path));
        Assert.All(
            Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains(" = ", StringComparison.Ordinal) && lines[i][0] != '#'),
            i => Assert.StartsWith("# ", lines[i - 1], StringComparison.Ordinal));
    }

    [Fact]
    public void Read_FileEnvironmentAndWords_TheLaterWins()
    {
        var path = FileOf("nucypher.dht { k = 5, alpha = 5, max-records = 5 }");
        var variables = new Hashtable
        {
            ["NUCYPHER__DHT__ALPHA"] = "6",
            ["NUCYPHER__DHT__MAX_RECORDS"] = "6",
            ["NUCYPHER_PASSWORD"] = "secret",
            ["PATH"] = "/bin",
        };

        var dht = SettingsReader.Read(path, variables, ["nucypher.dht.max-records=7", "akka.loglevel=DEBUG"]).Nucypher.Dht;

        Assert.Equal((5, 6, 7), (dht.K, dht.Alpha, dht.MaxRecords));
    }

    [Fact]
    public void Read_SectionInASection_IsBound()
    {
        var settings = SettingsReader.Read(FileOf("nucypher.alice.grant.deadline = 2m"), new Hashtable(), []);

        Assert.Equal(TimeSpan.FromMinutes(2), settings.Nucypher.Alice.Grant.Deadline);
    }

    [Theory]
    [InlineData("nucypher.dht.kk = 5", "test.hocon(1)", "kk")]
    [InlineData("akka { }\nnucypher {\n  dht { k = 5 }\n  dth { k = 5 }\n}", "test.hocon(4)", "dth")]
    [InlineData("nucypher.dht.k = -1", "test.hocon(1)", "nucypher.dht.k")]
    [InlineData("nucypher.dht.k = many", "test.hocon(1)", "nucypher.dht.k")]
    [InlineData("\nnucypher.bob.retrieval.deadline = soon", "test.hocon(2)", "deadline")]
    [InlineData("nucypher.dht.accept-plain = maybe", "test.hocon(1)", "accept-plain")]
    [InlineData("nucypher.keystore.scrypt-log-rounds = 256", "test.hocon(1)", "scrypt-log-rounds")]
    [InlineData("nucypher { dht { k = 5 ", "test.hocon(1)", "")]
    public void Read_KeyOrValueThatIsNone_SaysWhereAndWhat(string text, string where, string what)
    {
        var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(FileOf(text), new Hashtable(), []));

        Assert.StartsWith(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownVariable_NamesIt()
    {
        var variables = new Hashtable { ["NUCYPHER__DHT__KK"] = "5" };

        var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(FileOf(""), variables, []));

        Assert.Contains("NUCYPHER__DHT__KK", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("nucypher.dht.k"), InlineData("=5"), InlineData("")]
    public void Read_WordWithoutKeyOrValue_IsAUsageError(string word)
    {
        var error = Assert.Throws<CommandException>(() => SettingsReader.Read(FileOf(""), new Hashtable(), [word]));

        Assert.Equal(ExitCode.Usage, error.Code);
    }

    private string FileOf(string text)
    {
        var path = _folder.File("test.hocon");
        File.WriteAllText(path, text);
        return path;
    }
}
