using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NuCypher.P2P.Node.Tests.Https;

/// <summary>Keeps what was logged, from a level on; without one what was logged as a warning or worse.</summary>
internal sealed class CountingLogs(LogLevel from = LogLevel.Warning) : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Loud { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= from;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        if (IsEnabled(logLevel))
            Loud.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
