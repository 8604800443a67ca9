using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Links;

/// <summary>
/// A node's way to other nodes' HTTPS services: a <see cref="ServiceCall"/> in, exactly one <see cref="ServiceAnswer"/>
/// back.
/// </summary>
/// <remarks>
/// Calls run on the thread pool; the actor only counts them and keeps the connections. Stopped, it answers what is open
/// with <c>TimedOut</c>.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "PostStop ends what the actor owns; nobody disposes actors.")]
public sealed class HttpsLinkActor : ReceiveActor
{
    private readonly HttpsLinkOptions _options;
    private readonly PinnedTargets _targets;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _stopped = new();
    private int _openCalls;

    /// <summary>Starts without connections.</summary>
    public HttpsLinkActor(HttpsLinkOptions options)
    {
        _options = options;
        _targets = new PinnedTargets(options);
        _turns = new SemaphoreSlim(options.MaxConcurrentCalls);
        Receive<ServiceCall>(Start);
        Receive<Ended>(End);
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _stopped.Cancel();
        _targets.Dispose();
    }

    private void Start(ServiceCall call)
    {
        if (_openCalls == _options.MaxConcurrentCalls + _options.MaxQueuedCalls)
        {
            Sender.Tell(HttpsExchange.Failed(call, ServiceStatus.Busy));
            return;
        }
        if (_targets.Acquire(call.Target) is not { } target)
        {
            Sender.Tell(HttpsExchange.Failed(call, ServiceStatus.Unreachable));
            return;
        }
        _openCalls++;
        var (self, caller) = (Self, Sender);
        var exchange = Task.Run(() => RunAsync(target, call));
        exchange.PipeTo(caller, self, null, _ => HttpsExchange.Failed(call, ServiceStatus.Unreachable));
        exchange.PipeTo(self, self, _ => new Ended(call.Target, null), failure => new Ended(call.Target, failure));
    }

    private void End(Ended ended)
    {
        _openCalls--;
        if (ended.Failure is { } failure)
            Context.GetLogger().Error(
                failure, "A call to {0}:{1} failed in a way that was not foreseen.", ended.Target.Host,
                ended.Target.Port);
        _targets.Release(ended.Target);
    }

    private async Task<ServiceAnswer> RunAsync(PinnedTarget target, ServiceCall call)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
        limit.CancelAfter(call.TimeLimit > TimeSpan.Zero ? call.TimeLimit : TimeSpan.Zero);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var answer = await TakeTurnAsync(target, call, limit.Token);
            for (var left = _options.MaxRepetitions; left > 0 && MayRepeat(answer, call, began); left--)
            {
                await Task.Delay(answer.RetryAfter!.Value, limit.Token); // the condition looked at it
                answer = await TakeTurnAsync(target, call, limit.Token);
            }

            return answer;
        }
        catch (OperationCanceledException)
        {
            return HttpsExchange.Failed(call, ServiceStatus.TimedOut);
        }
    }

    // Who says when to come again has done nothing yet; if that is too late for the call, its answer is as it is.
    private static bool MayRepeat(ServiceAnswer answer, ServiceCall call, long began) =>
        answer.RetryAfter is { } wait && wait >= TimeSpan.Zero
        && wait < call.TimeLimit - TimeProvider.System.GetElapsedTime(began);

    private async Task<ServiceAnswer> TakeTurnAsync(
        PinnedTarget target, ServiceCall call, CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        try
        {
            return await HttpsExchange.RunAsync(target, call, _options.MaxReplySize, cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    private sealed record Ended(ServiceAddress Target, Exception? Failure);
}
