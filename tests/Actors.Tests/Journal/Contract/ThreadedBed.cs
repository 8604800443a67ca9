using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>A journal of a node, on an actor system with threads.</summary>
/// <param name="open">Opens it, at the start and after each end of the process.</param>
/// <param name="outlivesProcess">False: only its actors end.</param>
internal sealed class ThreadedBed(Func<NodeJournal> open, bool outlivesProcess = true) : JournalBed
{
    private readonly Dictionary<string, IActorRef> _diaries = [];
    private NodeJournal _journal = open();
    private ActorSystem? _system;

    private ActorSystem System => _system ??= JournalSystem.Create(_journal);

    public override Task<T> AskAsync<T>(string id, object message)
    {
        if (!_diaries.TryGetValue(id, out var diary))
            _diaries[id] = diary = System.ActorOf(ActorProps.Of(() => new Diary(id)));
        return diary.Ask<T>(message, JournalSystem.Limit, TestContext.Current.CancellationToken);
    }

    public override async Task StopAsync(string id)
    {
        if (_diaries.Remove(id, out var diary))
            await diary.GracefulStop(JournalSystem.Limit);
    }

    public override async Task RestartAsync()
    {
        if (!outlivesProcess)
        {
            await Task.WhenAll(_diaries.Keys.ToList().Select(StopAsync));
            return;
        }

        await DisposeAsync();
        _diaries.Clear();
        _journal = open();
    }

    public override Task<IReadOnlyList<StoredHistory>> ListAsync(string prefix, string? after, int maxCount) =>
        _journal.Catalog.ReadAsync(prefix, after, maxCount);

    public override Task ForgetAsync(string id) => _journal.Catalog.ForgetAsync(id);

    public override async ValueTask DisposeAsync()
    {
        if (_system is not null)
            await _system.Terminate();
        _system = null;
        _journal.Dispose();
    }
}
