using System.Collections;
using Microsoft.Extensions.Logging;
using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "akka.hocon");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FileThatIsNotUtf8_SaysSo()
    {
        File.WriteAllBytes(_folder.File("mine.hocon"), [.. "# caf"u8, 0xe9, 0x0a]);

        var refusal = Assert.Throws<ConfigurationException>(
            () => SettingsReader.Read(_folder.File("mine.hocon"), new Hashtable(), []));

        Assert.Contains("UTF-8", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TheShippedFile_IsTheDefaultsOfTheCode()
    {
        var settings = SettingsReader.Read(Shipped, new Hashtable(), []);

        Assert.Equal(OptionsBinder.Leaves(new NodeSettings()), OptionsBinder.Leaves(settings));
        Assert.Equal(LogLevel.Information, settings.MinimumLevel);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.ShutdownPhaseTimeout);
        Assert.Equal("1s", settings.Akka.GetString("akka.coordinated-shutdown.default-phase-timeout"));
    }

    [Fact]
    public void ShippedFile_EveryOption_HasItsKeyUnderAComment()
    {
        var lines = File.ReadAllLines(Shipped).Select(l => l.Trim()).ToArray();
        var nucypher = Hocon.Parse(File.ReadAllText(Shipped), "akka.hocon").GetSection("nucypher");

        Assert.All(OptionsBinder.Leaves(new NodeSettings()), leaf => Assert.True(nucypher.Has(leaf.Path), leaf.Path));
        Assert.All(
            Enumerable.Range(0, lines.Length).Where(
                i => lines[i].Contains(" = ", StringComparison.Ordinal) && lines[i][0] != '#'),
            i => Assert.StartsWith("# ", lines[i - 1], StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "KM-01")]
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

        var dht = SettingsReader.Read(path, variables, ["nucypher.dht.max-records=7", "akka.loglevel=DEBUG"]).Dht;

        Assert.Equal((5, 6, 7), (dht.K, dht.Alpha, dht.MaxRecords));
    }

    [Theory]
    [InlineData("AKKA__LOGLEVEL", "DEBUG", "akka.x=1")]
    [InlineData("AKKA__LOGLEVEL", "ERROR", "akka.loglevel=DEBUG")]
    [InlineData("PATH", "/bin", "akka.loglevel=DEBUG")]
    public void Read_OverriddenKeyOfAkka_HoldsForTheNodeAndForAkka(string variable, string value, string word)
    {
        var variables = new Hashtable { [variable] = value };

        var settings = SettingsReader.Read(FileOf("akka.loglevel = INFO"), variables, [word]);

        Assert.Equal((LogLevel.Debug, "DEBUG"), (settings.MinimumLevel, settings.Akka.GetString("akka.loglevel")));
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("WARNING", LogLevel.Warning)]
    [InlineData("ERROR", LogLevel.Error)]
    public void Read_LogLevel_IsThatOfTheProgram(string text, LogLevel level) =>
        Assert.Equal(level, SettingsReader.Read(FileOf($"akka.loglevel = {text}"), new Hashtable(), []).MinimumLevel);

    [Fact]
    public void Read_KeyThatIsAkkasBusiness_IsLeftToAkka()
    {
        var path = FileOf("akka { cluster.roles = [ursula]\n actor.kk = 5 }");

        var settings = SettingsReader.Read(path, new Hashtable(), []);

        Assert.Equal(["ursula"], settings.Akka.GetStringList("akka.cluster.roles"));
    }

    [Fact]
    public void Read_SectionInASection_IsBound()
    {
        var settings = SettingsReader.Read(FileOf("nucypher.alice.grant.deadline = 2m"), new Hashtable(), []);

        Assert.Equal(TimeSpan.FromMinutes(2), settings.Alice.Grant.Deadline);
    }

    [Theory]
    [InlineData("nucypher.dht.kk = 5", "test.hocon(1)", "kk")]
    [InlineData("akka { }\nnucypher {\n  dht { k = 5 }\n  dth { k = 5 }\n}", "test.hocon(4)", "dth")]
    [InlineData("nucypher.dht.k = -1", "test.hocon(1)", "nucypher.dht.k")]
    [InlineData("nucypher.dht.k = many", "test.hocon(1)", "nucypher.dht.k")]
    [InlineData("\nnucypher.bob.retrieval.deadline = soon", "test.hocon(2)", "deadline")]
    [InlineData("nucypher.dht.accept-plain = maybe", "test.hocon(1)", "accept-plain")]
    [InlineData("nucypher.keystore.scrypt-log-rounds = 256", "test.hocon(1)", "scrypt-log-rounds")]
    [InlineData("nucypher { dht { k = 5 ", "test.hocon(1)", "'}' is missing")]
    [InlineData("\nakka.loglevel = LOUD", "test.hocon(2)", "akka.loglevel")]
    [InlineData("\nakka.loglevel = debug", "test.hocon(2)", "DEBUG, INFO, WARNING or ERROR")]
    [InlineData("\nakka.coordinated-shutdown.default-phase-timeout = soon", "test.hocon(2)", "phase-timeout")]
    [InlineData("akka { }\nnucipher.dht.k = 5", "test.hocon(2)", "nucipher")]
    [InlineData("\n\"nucypher.dht.k\" = 5", "test.hocon(2)", "unknown key")]
    [InlineData("akka = 5", "test.hocon(1)", "a block")]
    [Trait("Row", "KM-01")]
    public void Read_KeyOrValueThatIsNone_SaysWhereAndWhat(string text, string where, string what)
    {
        var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(FileOf(text), new Hashtable(), []));

        Assert.StartsWith(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NUCYPHER__DHT__KK", "5", "unknown key")]
    [InlineData("NUCYPHER__DHT__K", "many", "a whole number")]
    [InlineData("NUCYPHER__DHT__", "5", "not a key")]
    [InlineData("AKKA__LOGLEVEL", "LOUD", "DEBUG, INFO")]
    [Trait("Row", "KM-01")]
    public void Read_VariableThatIsNoneOrDoesNotFit_IsNamed(string name, string value, string what)
    {
        var variables = new Hashtable { [name] = value };

        var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(FileOf(""), variables, []));

        Assert.StartsWith($"environment variable {name}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nucypher.dht.kk=5", "unknown key")]
    [InlineData("nucypher.bob.retrieval.deadline=10 parsecs", "10s or 500ms")]
    [InlineData("nucypher..k=5", "not a key")]
    [InlineData("akka.cluster.roles=[a", "']' is missing")]
    [Trait("Row", "KM-01")]
    public void Read_WordThatIsNoneOrDoesNotFit_IsNamed(string word, string what)
    {
        var path = FileOf("");

        var error = Assert.Throws<ConfigurationException>(() => SettingsReader.Read(path, new Hashtable(), [word]));

        Assert.StartsWith("--set", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
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
