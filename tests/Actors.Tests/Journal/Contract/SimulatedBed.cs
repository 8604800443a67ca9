using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Simulator;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>The journal on the simulated disk of one machine; whose process ends by a power cut.</summary>
internal sealed class SimulatedBed(ulong seed) : JournalBed
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly OneMachine _world = new(seed);
    private readonly Dictionary<string, IActorRef> _diaries = [];
    private int _started;

    public override Task<T> AskAsync<T>(string id, object message)
    {
        if (!_diaries.TryGetValue(id, out var diary))
            _diaries[id] = diary = _world.Start(ActorProps.Of(() => new Diary(id)), $"diary-{_started++}");
        var answer = _world.Ask<object>(diary, message);
        return answer is Status.Failure failure
            ? Task.FromException<T>(failure.Cause)
            : Task.FromResult(Assert.IsType<T>(answer));
    }

    public override Task StopAsync(string id)
    {
        if (_diaries.Remove(id, out var diary))
            diary.Tell(PoisonPill.Instance);
        _world.RunFor(Second);
        return Task.CompletedTask;
    }

    public override Task RestartAsync()
    {
        _diaries.Clear();
        _world.Reboot(Second);
        return Task.CompletedTask;
    }

    public override async Task<IReadOnlyList<StoredHistory>> ListAsync(string prefix, string? after, int maxCount)
    {
        var reading = new DiskCatalog(_world.Machine.Process!.Disk).ReadAsync(prefix, after, maxCount);
        _world.RunFor(Second);
        return await reading;
    }

    public override async Task ForgetAsync(string id)
    {
        var forgetting = new DiskCatalog(_world.Machine.Process!.Disk).ForgetAsync(id);
        _world.RunFor(Second);
        await forgetting;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
