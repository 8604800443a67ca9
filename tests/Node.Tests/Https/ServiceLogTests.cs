using Microsoft.Extensions.Logging;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class ServiceLogTests : ILogger
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];
    private readonly StoppedTime _time = new();

    [Theory]
    [InlineData(ServiceKind.DepositKeyFrag, ServiceStatus.Ok, LogLevel.Information, "deposit: done")]
    [InlineData(ServiceKind.Reencrypt, ServiceStatus.Ok, LogLevel.Information, "re-encryption: done")]
    [InlineData(ServiceKind.Revoke, ServiceStatus.TimedOut, LogLevel.Information, "revocation: not done, TimedOut")]
    [InlineData(ServiceKind.Renew, ServiceStatus.Malformed, LogLevel.Debug, "renewal: not done, Malformed")]
    [InlineData(ServiceKind.Renew, ServiceStatus.TooLarge, LogLevel.Debug, "renewal: not done, TooLarge")]
    [InlineData(ServiceKind.Information, ServiceStatus.Ok, LogLevel.Debug, "information: done")]
    [Trait("Row", "QA-05")]
    public void Write_Reply_SaysWhatCameOfWhat(object kind, object status, LogLevel level, string text)
    {
        new ServiceLog(this, _time).Write((ServiceKind)kind, new ServiceReply((ServiceStatus)status, default));

        Assert.Equal((level, text), Assert.Single(_lines));
    }

    [Fact]
    public void Write_SignedRefusal_SaysTheReasonAndNobodysName()
    {
        using var ursula = Identity.Random(new OperatingSystemRandom());
        var refusal = new ServiceRefusal(default, ursula.Id, RefusalReason.Revoked, DateTimeOffset.UnixEpoch);
        var bytes = SignedMessage.Sign(refusal, ursula.Signer, new OperatingSystemRandom()).Bytes;

        new ServiceLog(this, _time).Write(ServiceKind.Reencrypt, new ServiceReply(ServiceStatus.Refused, bytes));

        Assert.Equal((LogLevel.Information, "re-encryption: refused, Revoked"), Assert.Single(_lines));
    }

    [Fact]
    public void Write_MoreThanALogShouldHold_AreForDebuggingUntilTheNextSecond()
    {
        var log = new ServiceLog(this, _time);
        for (var i = 0; i < ServiceLog.MaxLinesPerSecond + 5; i++)
            log.Write(ServiceKind.Reencrypt, new ServiceReply(ServiceStatus.Ok, default));
        Assert.Equal(ServiceLog.MaxLinesPerSecond, _lines.Count(line => line.Level == LogLevel.Information));

        _time.Seconds++;
        log.Write(ServiceKind.Reencrypt, new ServiceReply(ServiceStatus.Ok, default));
        Assert.Equal(LogLevel.Information, _lines[^1].Level);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter) =>
        _lines.Add((logLevel, formatter(state, exception)));

    private sealed class StoppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Seconds * TimestampFrequency;
    }
}
