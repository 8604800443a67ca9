using NuCypher.P2P.Actors.Configuration;

namespace NuCypher.P2P.Actors.Tests.Configuration;

public sealed class ConfigSectionTests
{
    [Fact]
    public void Get_MissingKey_IsTheDefault()
    {
        var root = Parse("node.empty {}");
        var nothing = root.GetSection("no.such.section");

        Assert.Equal(TimeSpan.FromSeconds(3), nothing.GetTimeSpan("x", TimeSpan.FromSeconds(3)));
        Assert.Null(nothing.GetString("x"));
        Assert.Empty(nothing.GetStringList("x"));
        Assert.False(nothing.Has("x"));
        Assert.True(root.Has("node.empty"));
    }

    [Theory]
    [InlineData("10ms", 10)]
    [InlineData("10", 10)]
    [InlineData("1.5 s", 1500)]
    [InlineData("\"2 seconds\" # or so", 2000)]
    [InlineData("5m", 5 * 60_000)]
    [InlineData("3 hours", 3 * 3600 * 1000)]
    [InlineData("2d", 2 * 86_400_000)]
    [InlineData("0", 0)]
    public void GetTimeSpan_Units_AreUnderstood(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"x = {text}").GetTimeSpan("x", default));

    [Theory]
    [InlineData("x = ten", "x", 1)]
    [InlineData("x = 10 parsecs", "x", 1)]
    [InlineData("x = 10S", "x", 1)]
    [InlineData("x = 10 s s", "x", 1)]
    [InlineData("x = infinite", "x", 1)]
    [InlineData("x = null", "x", 1)]
    [InlineData("x = \"\"", "x", 1)]
    [InlineData("x = 1e3s", "x", 1)]
    [InlineData("\n\nx = -1s", "x", 3)]
    [InlineData("x = 999999999999999999d", "x", 1)]
    [InlineData("x = [1]", "x", 1)]
    [InlineData("a.b {\n x = s \n}", "a.b.x", 2)]
    public void GetTimeSpan_WrongForm_NamesKeyLineAndForm(string text, string key, int line)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Parse(text).GetTimeSpan(key, default));

        Assert.Equal(("test.hocon", line), (refusal.Origin, refusal.Line));
        Assert.Contains($"test.hocon({line}): '{key}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("10s or 500ms", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("64KiB", 65_536)]
    [InlineData("1.5 MB", 1_500_000)]
    [InlineData("2g", 2L << 30)]
    public void GetByteSize_Units_AreUnderstood(string text, long size) =>
        Assert.Equal(size, Parse($"x = {text}").GetByteSize("x", 0));

    [Theory]
    [InlineData("64KIB"), InlineData("1 gallon"), InlineData("-1"), InlineData("9999999 TiB"), InlineData("10s")]
    public void GetByteSize_WrongUnitOrRange_IsRefused(string text) =>
        Assert.Throws<ConfigurationException>(() => Parse($"x = {text}").GetByteSize("x", 0));

    [Theory, InlineData(1), InlineData(10)]
    public void GetInt32_AtItsLimits_IsRead(int limit) =>
        Assert.Equal(limit, Parse($"x = {limit}").GetInt32("x", 5, 1, 10));

    [Theory]
    [InlineData("0"), InlineData("11"), InlineData("1.0"), InlineData("1e1"), InlineData("0x1"), InlineData("")]
    [InlineData("99999999999")]
    public void GetInt32_BeyondItsLimits_NamesThem(string text)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Parse($"x = \"{text}\"").GetInt32("x", 5, 1, 10));

        Assert.Equal($"test.hocon(1): 'x' is '{text}', expected a whole number from 1 to 10.", refusal.Message);
    }

    [Fact]
    public void Get_WrongFormsOfOtherTypes_Throw()
    {
        var section = Parse("number = 11, word = w, list = [a, [b]], block { a = 1 }, kind = 3");

        Assert.Throws<ConfigurationException>(() => section.GetInt32("word", 0));
        Assert.Throws<ConfigurationException>(() => section.GetDouble("word", 0));
        Assert.Throws<ConfigurationException>(() => section.GetBoolean("word", false));
        Assert.Throws<ConfigurationException>(() => section.GetStringList("list"));
        Assert.Throws<ConfigurationException>(() => section.GetStringList("word"));
        Assert.Throws<ConfigurationException>(() => section.GetString("block"));
        Assert.Throws<ConfigurationException>(() => section.GetString("list"));
        Assert.Throws<ConfigurationException>(() => section.GetSection("word"));
        Assert.Throws<ConfigurationException>(() => section.GetSection("list"));
        Assert.Throws<ConfigurationException>(() => section.GetEnum("kind", StringComparison.Ordinal));
    }

    [Theory, InlineData("ordinal-ignore-case"), InlineData("OrdinalIgnoreCase"), InlineData("ORDINALIGNORECASE")]
    public void GetEnum_AnySpelling_IsUnderstood(string text) =>
        Assert.Equal(StringComparison.OrdinalIgnoreCase, Parse($"x = {text}").GetEnum("x", StringComparison.Ordinal));

    [Theory]
    [InlineData("a = 1\na = x", 2)]
    [InlineData("a = x\nb = 1", 1)]
    [InlineData("# a = 1\n\n \"a\" = x // a = 1", 3)]
    [InlineData("s = \"\"\"\na = 1\n\"\"\"\na = x", 4)]
    [InlineData("s = \"{ # \"\nb { a = 1 }\nl = [ { a = 1 }\n ]\na = x", 5)]
    [InlineData("a =\n\n  x\nc = 1", 1)]
    public void Error_Key_NamesTheLineThatCounts(string text, int line) =>
        Assert.Equal(line, Assert.Throws<ConfigurationException>(() => Parse(text).GetInt32("a", 0)).Line);

    [Fact]
    public void Error_MissingKey_StandsWhereItsBlockDoes() =>
        Assert.Equal("test.hocon(2): 'a.b' is needed.", Parse("\na {}").Error("a.b", "is needed.").Message);

    [Fact]
    public void Override_Key_WinsAndNamesItsOrigin()
    {
        var root = Parse("node { port = 1, size = 2 }\nscalar = 1");
        root.Override("node.port", "80", "--port");
        root.Override("node.size", "much", "--size");
        root.Override("scalar.inner", "7", "--inner");
        root.Override("new.key", "8", "--new");

        Assert.Equal((80, 7), (root.GetInt32("node.port", 0), root.GetInt32("scalar.inner", 0)));
        Assert.Equal(8, root.GetInt32("new.key", 0));
        var refusal = Assert.Throws<ConfigurationException>(() => root.GetByteSize("node.size", 0));
        Assert.StartsWith("--size: 'node.size' is 'much'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("--inner", Assert.Throws<ConfigurationException>(() => root.GetInt32("scalar", 0)).Origin);
    }

    [Fact]
    public void Override_List_IsOne()
    {
        var root = Parse("peers = [a]");
        root.Override("peers", "[\"akka.tcp://s@h:1\", b]", "--set");

        Assert.Equal(["akka.tcp://s@h:1", "b"], root.GetStringList("peers"));
        var refusal = Assert.Throws<ConfigurationException>(() => root.Override("peers", "[a", "--set"));
        Assert.Equal("--set", refusal.Origin);
    }

    [Theory, InlineData("a..b"), InlineData(".a"), InlineData("a."), InlineData(".")]
    public void Override_NoKey_IsRefused(string key)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Parse("").Override(key, "1", "--set"));

        Assert.Equal("--set", refusal.Origin);
    }

    [Fact]
    public void Override_Depth_IsTakenToItsLimitOnly()
    {
        var deepest = string.Join('.', Enumerable.Repeat("a", Hocon.MaxDepth));
        var root = Parse("");
        root.Override(deepest, "1", "--set");

        Assert.Equal(1, root.GetInt32(deepest, 0));
        Assert.Throws<ConfigurationException>(() => root.Override($"{deepest}.a", "1", "--set"));
    }

    [Fact]
    public void RefuseUnknownKeys_OneWasNotRead_NamesItAndItsLine()
    {
        var root = Parse("a = 1\nb {\n  c = 2\n  typo = 3\n}");
        root.GetInt32("a", 0);
        root.GetSection("b").GetInt32("c", 0);

        var refusal = Assert.Throws<ConfigurationException>(root.RefuseUnknownKeys);

        Assert.Equal(4, refusal.Line);
        Assert.Contains("'b.typo'", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("known there: c.", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(root.GetSection("b").RefuseUnknownKeys);
        root.GetInt32("b.typo", 0);
        root.RefuseUnknownKeys();
    }

    [Theory, InlineData("unknown {}"), InlineData("unknown = []"), InlineData("a.b.c = 1"), InlineData("\"x.y\" = 1")]
    public void RefuseUnknownKeys_NothingWasRead_Throws(string text)
    {
        var root = Parse(text);
        root.GetInt32("x.y", 0);

        Assert.Equal(1, Assert.Throws<ConfigurationException>(root.RefuseUnknownKeys).Line);
    }

    [Fact]
    public void RefuseUnknownKeys_Overriding_NamesItsOrigin()
    {
        var root = Parse("a.b = 1");
        root.GetInt32("a.b", 0);
        root.Override("a.c", "1", "environment variable A__C");

        var refusal = Assert.Throws<ConfigurationException>(root.RefuseUnknownKeys);

        Assert.StartsWith("environment variable A__C: unknown key 'a.c'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetUncheckedSection_ItsOtherKeys_AreNobodysError()
    {
        var root = Parse("akka { loglevel = INFO\n actor.provider = cluster }\ntypo = 1");

        Assert.Equal("INFO", root.GetUncheckedSection("akka").GetString("loglevel"));

        Assert.Equal(3, Assert.Throws<ConfigurationException>(root.RefuseUnknownKeys).Line);
        Assert.Throws<ConfigurationException>(() => Parse("akka = 1").GetUncheckedSection("akka"));
    }

    [Fact]
    public void ToConfig_FileAndOverrides_AreWhatAkkaReads()
    {
        var root = Parse("akka { loglevel = INFO # level\n actor { ask-timeout = 10s }, loggers = [a, \"b, c\"] }");
        root.Override("akka.loglevel", "DEBUG", "--set");
        root.Override("akka.cluster.port", "7", "--set");

        var config = root.ToConfig().WithFallback("akka { loglevel = OFF\n stdout-loglevel = OFF }");

        Assert.Equal(("DEBUG", "OFF"), (config.GetString("akka.loglevel"), config.GetString("akka.stdout-loglevel")));
        Assert.Equal(TimeSpan.FromSeconds(10), config.GetTimeSpan("akka.actor.ask-timeout"));
        Assert.Equal(["a", "b, c"], config.GetStringList("akka.loggers"));
        Assert.Equal(7, config.GetInt("akka.cluster.port"));
    }

    private static ConfigSection Parse(string text) => Hocon.Parse(text, "test.hocon");
}
