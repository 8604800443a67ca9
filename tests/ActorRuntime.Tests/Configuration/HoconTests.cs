using System.Text;
using NuCypher.P2P.ActorRuntime.Configuration;

namespace NuCypher.P2P.ActorRuntime.Tests.Configuration;

public sealed class HoconTests
{
    private const string Sample = """"
        # a comment
        akka {
          loglevel = INFO   // another
          actor { ask-timeout: 10s, default-mailbox.mailbox-capacity = 1000 }
          "quoted.key" = "a \"text\" with \\ and \u0041 # no comment"
        }
        akka.actor.ask-timeout = 2 minutes
        node {
          peers = [ "127.0.0.1:9151", host-b,
            last // the third
          ]
          size = 64KiB
          big = 1.5MB
          on = yes
          ratio = 0.25
          text = ${?HOST}":"${?PORT}
          port = 1
          port = ${?PORT}
          missing = kept
          missing = ${?MISSING}
          story = """two
        lines"""
          empty {}
        }
        """";

    private readonly ConfigSection _root = Parse(Sample);

    [Fact]
    public void Get_EveryForm_IsRead()
    {
        var node = _root.GetSection("node");

        Assert.Equal("INFO", _root.GetString("akka.loglevel"));
        Assert.Equal(TimeSpan.FromMinutes(2), _root.GetSection("akka").GetTimeSpan("actor.ask-timeout", default));
        Assert.Equal(1000, _root.GetInt32("akka.actor.default-mailbox.mailbox-capacity", 1));
        Assert.Equal(["127.0.0.1:9151", "host-b", "last"], node.GetStringList("peers"));
        Assert.Equal((65_536L, 1_500_000L), (node.GetByteSize("size", 0), node.GetByteSize("big", 0)));
        Assert.True(node.GetBoolean("on", false));
        Assert.Equal(0.25, node.GetDouble("ratio", 0));
        Assert.Equal("localhost:9151", node.GetString("text"));
        Assert.Equal((9151, "kept"), (node.GetInt32("port", 0), node.GetString("missing")));
        Assert.Equal("two\nlines", node.GetString("story"));
    }

    [Fact]
    public void Get_MissingKey_IsTheDefault()
    {
        var nothing = _root.GetSection("no.such.section");

        Assert.Equal(TimeSpan.FromSeconds(3), nothing.GetTimeSpan("x", TimeSpan.FromSeconds(3)));
        Assert.Null(nothing.GetString("x"));
        Assert.Empty(nothing.GetStringList("x"));
        Assert.False(nothing.Has("x"));
        Assert.True(_root.Has("node.empty"));
    }

    [Theory]
    [InlineData("10ms", 10)]
    [InlineData("10", 10)]
    [InlineData("1.5 s", 1500)]
    [InlineData("3 hours", 3 * 3600 * 1000)]
    [InlineData("2d", 2 * 86_400_000)]
    public void GetTimeSpan_Units_AreUnderstood(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"x = {text}").GetTimeSpan("x", default));

    [Theory]
    [InlineData("x = ten", "x", 1)]
    [InlineData("x = 10 parsecs", "x", 1)]
    [InlineData("\n\nx = -1s", "x", 3)]
    [InlineData("x = 999999999999999999d", "x", 1)]
    [InlineData("x = [1]", "x", 1)]
    [InlineData("a.b {\n x = s \n}", "a.b.x", 2)]
    public void GetTimeSpan_WrongForm_NamesKeyLineAndForm(string text, string key, int line)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Parse(text).GetTimeSpan(key, default));

        Assert.Equal(("test.hocon", line), (exception.Origin, exception.Line));
        Assert.Contains($"test.hocon({line}): '{key}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("10s or 500ms", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_WrongFormsOfOtherTypes_Throw()
    {
        var section = Parse("number = 11, word = w, list = [a, [b]], block { a = 1 }, level = 3");

        Assert.Throws<ConfigurationException>(() => section.GetInt32("number", 0, 1, 10));
        Assert.Throws<ConfigurationException>(() => section.GetInt32("word", 0));
        Assert.Throws<ConfigurationException>(() => section.GetDouble("word", 0));
        Assert.Throws<ConfigurationException>(() => section.GetBoolean("word", false));
        Assert.Throws<ConfigurationException>(() => section.GetByteSize("word", 0));
        Assert.Throws<ConfigurationException>(() => section.GetStringList("list"));
        Assert.Throws<ConfigurationException>(() => section.GetStringList("word"));
        Assert.Throws<ConfigurationException>(() => section.GetString("block"));
        Assert.Throws<ConfigurationException>(() => section.GetSection("word"));
        Assert.Throws<ConfigurationException>(() => section.GetEnum("level", LogLevel.InfoLevel));
    }

    [Theory, InlineData("error-level"), InlineData("ErrorLevel"), InlineData("ERRORLEVEL")]
    public void GetEnum_AnySpelling_IsUnderstood(string text) =>
        Assert.Equal(LogLevel.ErrorLevel, Parse($"x = {text}").GetEnum("x", LogLevel.DebugLevel));

    [Fact]
    public void Override_Key_WinsAndNamesItsOrigin()
    {
        _root.Override("node.port", "80", "--port");
        _root.Override("node.size", "much", "--size");

        Assert.Equal(80, _root.GetInt32("node.port", 0));
        var exception = Assert.Throws<ConfigurationException>(() => _root.GetByteSize("node.size", 0));
        Assert.StartsWith("--size: 'node.size' is 'much'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefuseUnknownKeys_OneWasNotRead_NamesItAndItsLine()
    {
        var root = Parse("a = 1\nb {\n  c = 2\n  typo = 3\n}");
        root.GetInt32("a", 0);
        root.GetSection("b").GetInt32("c", 0);

        var exception = Assert.Throws<ConfigurationException>(root.RefuseUnknownKeys);

        Assert.Equal(4, exception.Line);
        Assert.Contains("'b.typo'", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("known there: c.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(root.GetSection("b").RefuseUnknownKeys);
        root.GetInt32("b.typo", 0);
        root.RefuseUnknownKeys();
    }

    [Theory, InlineData("unknown {}"), InlineData("unknown = []"), InlineData("a.b.c = 1")]
    public void RefuseUnknownKeys_NothingWasRead_Throws(string text) =>
        Assert.Throws<ConfigurationException>(Parse(text).RefuseUnknownKeys);

    [Theory]
    [InlineData("a", 1)]
    [InlineData("a =", 1)]
    [InlineData("\na = \"x", 2)]
    [InlineData("a = \"\\q\"", 1)]
    [InlineData("a = \"\\u00g0\"", 1)]
    [InlineData("a {\n b = 1\n", 3)]
    [InlineData("a = [1, 2", 1)]
    [InlineData("a = }", 1)]
    [InlineData("a = b:c", 1)]
    [InlineData("a = ${NOT_SET}", 1)]
    [InlineData("a = ${other.key}", 1)]
    [InlineData("a = ${?X", 1)]
    [InlineData("= 1", 1)]
    [InlineData("a..b = 1", 1)]
    [InlineData("{ a = 1 } x", 1)]
    [InlineData("a = \"\"\"x", 1)]
    [InlineData("a = 1 }", 1)]
    public void Parse_Malformed_NamesTheLine(string text, int line) =>
        Assert.Equal(line, Assert.Throws<ConfigurationException>(() => Parse(text)).Line);

    [Fact]
    public void Parse_TooDeepOrTooLong_IsRefused()
    {
        Assert.Throws<ConfigurationException>(() => Parse(string.Concat(Enumerable.Repeat("a{", 100_000))));
        Assert.Throws<ConfigurationException>(() => Parse("a = " + new string('[', 100_000)));
        Assert.Throws<ConfigurationException>(() => Parse(string.Join('.', Enumerable.Repeat("a", 40)) + " = 1"));
        Assert.Throws<ConfigurationException>(() => Parse(new string(' ', Hocon.MaxLength + 1)));
        Parse(string.Join('.', Enumerable.Repeat("a", Hocon.MaxDepth)) + " = 1");
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Parse_HostileText_ThrowsNothingElse(int seed)
    {
        var random = new Random(seed);
        const string Alphabet = "ab.=:{}[],\"\\$?#/\n \tuK1-";
        for (var i = 0; i < 20_000; i++)
        {
            var text = random.Next(3) switch
            {
                0 => Sample[..random.Next(Sample.Length)],
                1 => Flip(random),
                _ => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])),
            };
            Read(text, seed);
        }
    }

    private static void Read(string text, int seed)
    {
        try
        {
            var root = Parse(text);
            root.GetTimeSpan("a", default);
            root.GetSection("node").GetByteSize("size", 0);
            root.RefuseUnknownKeys();
        }
        catch (ConfigurationException exception)
        {
            Assert.True(exception.Line >= 1, $"seed {seed}: {text}");
        }
    }

    private static string Flip(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var i = random.Next(1, 5); i > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    private static ConfigSection Parse(string text) => Hocon.Parse(text, "test.hocon", name => name switch
    {
        "HOST" => "localhost",
        "PORT" => "9151",
        _ => null,
    });
}
