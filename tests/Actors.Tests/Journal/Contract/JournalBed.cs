using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>A journal under test: how its persistent actors are asked, ended, and found again.</summary>
internal abstract class JournalBed : IAsyncDisposable
{
    /// <summary>Starts the diary of an id if it doesn't run, and asks it.</summary>
    public abstract Task<T> AskAsync<T>(string id, object message);

    /// <summary>Ends the diary of an id; the next question reads the journal.</summary>
    public abstract Task StopAsync(string id);

    /// <summary>Ends every diary, and the process where the journal outlives it.</summary>
    public abstract Task RestartAsync();

    /// <summary>The catalog of the process that runs.</summary>
    public abstract Task<IReadOnlyList<StoredHistory>> ListAsync(string prefix, string? after, int maxCount);

    /// <summary>Forgets an id of which nothing is left.</summary>
    public abstract Task ForgetAsync(string id);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
