using System.Text;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Policy.Tests.Rules;

public sealed class JsonFactTests
{
    private const string Url = "https://example.org/orders/7";

    [Theory]
    [InlineData("/paid", JsonComparison.Equal, "true", """{"paid":true}""", Truth.True)]
    [InlineData("/paid", JsonComparison.Equal, "true", """{"paid":false}""", Truth.False)]
    [InlineData("/paid", JsonComparison.NotEqual, "true", """{"paid":false}""", Truth.True)]
    [InlineData("/paid", JsonComparison.Equal, "true", """{"paid":"true"}""", Truth.False)]
    [InlineData("/paid", JsonComparison.Equal, "true", """{"paid":null}""", Truth.False)]
    [InlineData("/paid", JsonComparison.Equal, "true", """{"state":true}""", Truth.Unknown)]
    [InlineData("/paid", JsonComparison.NotEqual, "true", """{}""", Truth.Unknown)]
    [InlineData("", JsonComparison.Equal, "1", "1.0", Truth.True)]
    [InlineData("", JsonComparison.Equal, "\"a\"", "\"\\u0061\"", Truth.True)]
    [InlineData("", JsonComparison.Equal, "\"a\"", "\"\\ud800\"", Truth.Unknown)] // half a surrogate
    [InlineData("/a~1b/m~0n", JsonComparison.Equal, "1", """{"a/b":{"m~n":1}}""", Truth.True)]
    [InlineData("/1/0", JsonComparison.Equal, "5", "[1,[5]]", Truth.True)]
    [InlineData("/01", JsonComparison.Equal, "5", "[1,5]", Truth.Unknown)]
    [InlineData("/2", JsonComparison.Equal, "5", "[1,5]", Truth.Unknown)]
    [InlineData("/99999999999", JsonComparison.Equal, "5", "[1,5]", Truth.Unknown)]
    [InlineData("/", JsonComparison.Equal, "5", """{"":5}""", Truth.True)]
    [InlineData("/n", JsonComparison.Greater, "9.5", """{"n":10}""", Truth.True)]
    [InlineData("/n", JsonComparison.Greater, "10", """{"n":10}""", Truth.False)]
    [InlineData("/n", JsonComparison.GreaterOrEqual, "10", """{"n":10}""", Truth.True)]
    [InlineData("/n", JsonComparison.Less, "10", """{"n":-1e3}""", Truth.True)]
    [InlineData("/n", JsonComparison.LessOrEqual, "10", """{"n":11}""", Truth.False)]
    [InlineData("/n", JsonComparison.Less, "10", """{"n":"9"}""", Truth.Unknown)]
    [InlineData("/n", JsonComparison.Less, "10", """{"n":1e999}""", Truth.Unknown)]
    [InlineData("", JsonComparison.Equal, "1", "", Truth.Unknown)]
    [InlineData("", JsonComparison.Equal, "1", "1 1", Truth.Unknown)]
    [InlineData("", JsonComparison.Equal, "1", "{", Truth.Unknown)]
    [Trait("Row", "PO-04")]
    public void Judge_WhatAHostSays_IsComparedWhereThePointerLeads(
        string path, JsonComparison comparison, string value, string json, Truth expected)
    {
        Assert.True(JsonFact.TryCreate(Url, path, comparison, value, out var fact));

        Assert.Equal(expected, fact.Judge(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Judge_RandomAndDeepBytes_NeverThrows()
    {
        Assert.True(JsonFact.TryCreate(Url, "/a/0", JsonComparison.Equal, "1", out var fact));
        var random = new Random(3);
        var letters = "{}[]\":,0123456789.eE+-truefalsn\\ud8 a/"u8.ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            foreach (ref var b in bytes.AsSpan())
                b = random.Next(20) == 0 ? (byte)random.Next(256) : letters[random.Next(letters.Length)];
            fact.Judge(bytes);
        }

        Assert.Equal(Truth.Unknown, fact.Judge(Enumerable.Repeat((byte)'[', 16_384).ToArray()));
    }

    [Theory]
    [InlineData("http://example.org/", "", "1")] // anybody on the way could answer
    [InlineData("https://user@example.org/", "", "1")]
    [InlineData("https://example.org/#part", "", "1")]
    [InlineData("https://EXAMPLE.org/", "", "1")] // another spelling of the same
    [InlineData("https://example.org", "", "1")]
    [InlineData("https://example.org/a/../b", "", "1")]
    [InlineData("https://exämple.org/", "", "1")]
    [InlineData("https://127.0.0.1/", "", "1")] // no name to be allowed
    [InlineData("https://[::1]/", "", "1")]
    [InlineData("//example.org/", "", "1")]
    [InlineData(Url, "paid", "1")]
    [InlineData(Url, "/a~2", "1")]
    [InlineData(Url, "/a~", "1")]
    [InlineData(Url, "", "")]
    [InlineData(Url, "", "null")]
    [InlineData(Url, "", "[1]")]
    [InlineData(Url, "", "paid")]
    [InlineData(Url, "", "1e99")]
    [InlineData(Url, "", "\"\\ud800\"")]
    public void TryCreate_NoFact_IsRefused(string url, string path, string value) =>
        Assert.False(JsonFact.TryCreate(url, path, JsonComparison.Equal, value, out _));

    [Fact]
    public void TryCreate_AtEachLimit_IsOneAndOneMoreIsNot()
    {
        string Long(int length) => Url + new string('a', length - Url.Length);
        bool Is(string url, string path, string value) =>
            JsonFact.TryCreate(url, path, JsonComparison.Equal, value, out _);

        Assert.True(Is(Long(JsonFact.MaxUrlSize), "", "1"));
        Assert.False(Is(Long(JsonFact.MaxUrlSize + 1), "", "1"));
        Assert.True(Is(Url, "/" + new string('a', JsonFact.MaxPathSize - 1), "1"));
        Assert.False(Is(Url, "/" + new string('a', JsonFact.MaxPathSize), "1"));
        Assert.True(Is(Url, "", $"\"{new string('a', JsonFact.MaxValueSize - 2)}\""));
        Assert.False(Is(Url, "", $"\"{new string('a', JsonFact.MaxValueSize - 1)}\""));
        Assert.False(JsonFact.TryCreate(Url, "", JsonComparison.Less, "true", out _)); // no order
        Assert.False(JsonFact.TryCreate(Url, "", (JsonComparison)7, "1", out _));
    }

    [Fact]
    public void TryRead_RulesWithFacts_AreTheSameAndMoreFactsThanFitAreRefused()
    {
        Condition FactOf(int number)
        {
            Assert.True(JsonFact.TryCreate($"{Url}/{number}", "/n", JsonComparison.Less, "5", out var fact));
            return new Condition.HttpJson(fact);
        }

        var rules = new PolicyRules([], null, new Condition.Any(1, Enumerable.Range(0, 4).Select(FactOf)));

        Assert.True(PolicyRules.TryRead(rules.ToBytes(), out var read));
        Assert.Equal(rules, read);
        Assert.Equal(4, read.Questions.Count);
        Assert.Throws<ArgumentException>(
            () => new PolicyRules([], null, new Condition.Any(1, Enumerable.Range(0, 5).Select(FactOf))));
    }
}
