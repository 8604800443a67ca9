using System.Text;
using Akka.Configuration.Hocon;
using NuCypher.P2P.Actors.Configuration;

namespace NuCypher.P2P.Actors.Tests.Configuration;

/// <summary>What is read and what is refused, whoever parses it.</summary>
public sealed class HoconTests
{
    private const string Sample = """"
        # a comment
        akka {
          loglevel = INFO   // another
          actor { ask-timeout: 10s, default-mailbox.mailbox-capacity = 1000 }, loggers = []
          "quoted.key" = "a \"text\" with \\ and \u0041 # no comment"
        }, node { size = 1 }
        akka.actor.ask-timeout = 2 minutes
        node {
          peers = [ "127.0.0.1:9151", host-b,
            last // the third
            , "" ]
          size = 64KiB
          big = 1.5MB
          on = yes
          ratio = 0.25
          text = " two  words "  # with its blanks
          words =	two  words
          story = """two
        lines"""
          empty {}
        }
        """";

    [Fact]
    public void Parse_EveryForm_IsRead()
    {
        var root = Parse(Sample);
        var node = root.GetSection("node");

        Assert.Equal("INFO", root.GetString("akka.loglevel"));
        Assert.Equal(TimeSpan.FromMinutes(2), root.GetSection("akka").GetTimeSpan("actor.ask-timeout", default));
        Assert.Equal(1000, root.GetInt32("akka.actor.default-mailbox.mailbox-capacity", 1));
        Assert.Equal(["127.0.0.1:9151", "host-b", "last", ""], node.GetStringList("peers"));
        Assert.Equal((65_536L, 1_500_000L), (node.GetByteSize("size", 0), node.GetByteSize("big", 0)));
        Assert.True(node.GetBoolean("on", false));
        Assert.Equal(0.25, node.GetDouble("ratio", 0));
        Assert.Equal((" two  words ", "two  words"), (node.GetString("text"), node.GetString("words")));
        Assert.Equal("two\nlines", node.GetString("story"));
    }

    [Theory]
    [InlineData("a { b = 1 }, a.c = 2")]
    [InlineData("{ a { b = 1 }, a { c = 2 } }")]
    [InlineData("a = { b = 1 },, a = { c = 2 } // end")]
    [InlineData("\uFEFFa.b = 1\r\na.c\t=\t2\r\n")]
    [InlineData("\"a\" { \"b\" : 1 }\n\"a\".c : \"2\"")]
    [InlineData("a = 5, a { b = 1, c = 3, c = 2 }")]
    [InlineData("a = [5]\na { b = 1\nc =\n\n2 }")]
    public void Parse_OtherSpellings_SayTheSame(string text)
    {
        var root = Parse(text);

        Assert.Equal((1, 2), (root.GetInt32("a.b", 0), root.GetInt32("a.c", 0)));
        root.RefuseUnknownKeys();
    }

    [Theory]
    [InlineData("a", 1, "'=' is missing")]
    [InlineData("a =", 1, "a value is missing")]
    [InlineData("a = # 1", 1, "a value is missing")]
    [InlineData("\na = \"x", 2, "does not end")]
    [InlineData("a = \"x\ny\"", 1, "does not end")]
    [InlineData("a = \"\"\"x", 1, "does not end")]
    [InlineData("a = \"\\q\"", 1, "escape")]
    [InlineData("a = \"\\", 1, "escape")]
    [InlineData("a = \"\\u00g0\"", 1, "hexadecimal")]
    [InlineData("a = \"\\u00", 1, "hexadecimal")]
    [InlineData("a {\n b = 1\n", 3, "began in line 1")]
    [InlineData("{\n a = 1", 2, "'}' is missing")]
    [InlineData("a = [1,\n 2", 2, "began in line 1")]
    [InlineData("a = [1, 2}", 1, "a value is missing")]
    [InlineData("a = }", 1, "a value is missing")]
    [InlineData("a = 1 }", 1, "'}'")]
    [InlineData("{ a = 1 } x", 1, "after the end")]
    [InlineData("a = b:c", 1, "quotes")]
    [InlineData("a = 1 b = 2", 1, "quotes")]
    [InlineData("a { b = 1 } c = 2", 1, "unexpected 'c'")]
    [InlineData("a = [1] [2]", 1, "unexpected '['")]
    [InlineData("= 1", 1, "in a key")]
    [InlineData("a..b = 1", 1, "in a key")]
    [InlineData("a.", 1, "ends in a key")]
    [InlineData("a += 1", 1, "'=' is missing")]
    [InlineData("a\nb = 1", 1, "'=' is missing")]
    [InlineData("/* 1 */ a = 1", 1, "'=' is missing")]
    [InlineData("a = 1\ninclude \"other.hocon\"", 2, "after the key 'include'")]
    public void Parse_Malformed_NamesTheLineAndTheFault(string text, int line, string fault)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Parse(text));

        Assert.Equal(("test.hocon", line), (refusal.Origin, refusal.Line));
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("${a}"), InlineData("${?PATH}"), InlineData("x ${b} y"), InlineData("[ ${a} ]")]
    public void Parse_Substitution_IsRefusedWithAWayOut(string value)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Parse($"\na = {value}"));

        Assert.Equal(2, refusal.Line);
        Assert.Contains("environment variable", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("blocks"), InlineData("dots"), InlineData("lists")]
    public void Parse_Depth_IsReadToItsLimitOnly(string form)
    {
        Parse(Nested(form, Hocon.MaxDepth));

        Assert.Contains("deeper", RefusalOf(Nested(form, Hocon.MaxDepth + 1)), StringComparison.Ordinal);
        Assert.Contains("deeper", RefusalOf(Nested(form, 100_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Length_IsReadToItsLimitOnly()
    {
        var longest = $"a = \"{new string('x', Hocon.MaxLength - 6)}\"";

        Assert.Equal(Hocon.MaxLength - 6, Parse(longest).GetString("a")?.Length);
        Assert.Contains("longer", RefusalOf(longest + " "), StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Parse_HostileText_IsReadWithItsLinesOrRefusedWithOne(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++)
        {
            var text = random.Next(3) switch
            {
                0 => Sample[..random.Next(Sample.Length)],
                1 => Flip(random),
                _ => Scribble(random),
            };
            Read(text, $"seed {seed}, text {i}: {text}");
        }
    }

    private static void Read(string text, string what)
    {
        try
        {
            var root = Parse(text);
            var lines = text.Split('\n');
            var keys = KeysOf(root.ToConfig().Root.GetObject(), string.Empty).Where(found => IsPlain(found.Key));
            foreach (var (path, key) in keys)
                Assert.True(LineOf(root, path, lines).Contains(key, StringComparison.Ordinal), $"{path}, {what}");
        }
        catch (ConfigurationException refusal)
        {
            Assert.True(refusal.Line >= 1, what);
        }
    }

    private static string LineOf(ConfigSection root, string path, string[] lines) =>
        lines[root.Error(path, "is here.").Line - 1];

    private static IEnumerable<(string Path, string Key)> KeysOf(HoconObject block, string path) =>
        block.Items.SelectMany(item =>
            (item.Value.Values.LastOrDefault() is HoconObject inner ? KeysOf(inner, $"{path}{item.Key}.") : [])
            .Prepend((path + item.Key, item.Key)));

    private static bool IsPlain(string key) => key.Length > 0 && key.All(char.IsAsciiLetterOrDigit);

    private static string Scribble(Random random)
    {
        string[] words =
        [
            "a", "b", "K", "1", ".", "=", ":", "{", "}", "[", "]", ",", "\"", "\"\"\"", "\\", "$", "#", "//", "/*", "+",
            "-", " ", "\t", "\n", "include", "null", "a = 1\n", "b { ", "\u00A0", "\0", "é",
        ];
        return string.Concat(random.GetItems(words, random.Next(40)));
    }

    private static string Flip(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var i = random.Next(1, 5); i > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    private static string Nested(string form, int depth) => form switch
    {
        "blocks" => string.Concat(Enumerable.Repeat("a{", depth)) + new string('}', depth),
        "dots" => string.Join('.', Enumerable.Repeat("a", depth)) + " = 1",
        _ => $"a = {new string('[', depth - 1)}{new string(']', depth - 1)}",
    };

    private static string RefusalOf(string text) => Assert.Throws<ConfigurationException>(() => Parse(text)).Message;

    private static ConfigSection Parse(string text) => Hocon.Parse(text, "test.hocon");
}
