using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class DurationsTests
{
    [Theory, InlineData("250ms"), InlineData("5s"), InlineData("10m"), InlineData("6h"), InlineData("30d")]
    [InlineData("1500ms")]
    public void Format_WhatWasParsed_IsTheText(string text)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(text, Durations.Format(duration));
    }

    [Theory, InlineData("1h30m", 90), InlineData("10y", 10 * 365 * 24 * 60), InlineData("2w1d", 15 * 24 * 60),
        InlineData("1d12h30m60s", 2191)]
    [InlineData("273y355d", 100_000 * 24 * 60)]
    public void TryParse_SeveralUnits_IsTheirSum(string text, int minutes)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMinutes(minutes), duration);
    }

    [Theory]
    [InlineData("30m1h"), InlineData("1h1h"), InlineData("1h30"), InlineData("1h 30m"), InlineData("h"),
        InlineData("1hh"), InlineData("273y356d")]
    [InlineData(""), InlineData("5"), InlineData("s"), InlineData("-5s"), InlineData("5 s"), InlineData("5S")]
    [InlineData("1.5h")]
    [InlineData("999999999999999d"), InlineData("9999999999999999ms"), InlineData("100001d"), InlineData("5s\n")]
    public void TryParse_NoDuration_IsFalse(string text)
    {
        Assert.False(Durations.TryParse(text, out _));
    }

    [Theory, InlineData("0s"), InlineData("soon")]
    public void Parse_NothingAboveZero_IsAUsageError(string text)
    {
        Assert.Equal(ExitCode.Usage, Assert.Throws<CommandException>(() => Durations.Parse(text, "--for")).Code);
    }
}
