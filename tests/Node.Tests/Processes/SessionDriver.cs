using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>
/// Runs Alice's and Bob's session cores against one Ursula over real HTTPS, so that a test can have thousands of them.
/// </summary>
internal sealed class SessionDriver(IActorRef link, ServiceTarget ursula)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The grant, once the Ursula has acknowledged her kfrag; null if she did not.</summary>
    public async Task<Grant?> GrantAsync(GrantSession session) =>
        await RunAsync(session.Start(), effect => Feed(session, effect)) is GrantFinished finished
            ? finished.Grant
            : null;

    /// <summary>How the retrieval ended.</summary>
    public Task<SessionEffect> RetrieveAsync(Retrieval session) =>
        RunAsync(session.Start(Now), effect => Feed(session, effect));

    private static async Task<SessionEffect> RunAsync(
        IReadOnlyList<SessionEffect> first, Func<SessionEffect, Task<IReadOnlyList<SessionEffect>>> feed)
    {
        var effects = new Queue<SessionEffect>(first);
        while (effects.TryDequeue(out var effect))
        {
            if (effect is GrantFinished or GrantFailed or RetrievalFinished or RetrievalFailed)
                return effect;
            foreach (var next in await feed(effect))
                effects.Enqueue(next);
        }
        throw new InvalidOperationException("the session ended without a result");
    }

    private async Task<IReadOnlyList<SessionEffect>> Feed(GrantSession session, SessionEffect effect) => effect switch
    {
        FindCandidates => session.AddCandidates([ursula], Now),
        DepositsPlanned => session.Remembered(Now),
        CallUrsula call when await CallAsync(call) is var (status, body) =>
            session.Answer(call.CallId, status, body, Now),
        _ => [],
    };

    private async Task<IReadOnlyList<SessionEffect>> Feed(Retrieval session, SessionEffect effect) => effect switch
    {
        FindUrsula find => session.Found(find.Ursula, ursula, Now),
        CallUrsula call when await CallAsync(call) is var (status, body) =>
            session.Answer(call.CallId, status, body, Now),
        _ => [],
    };

    private async Task<(ServiceStatus Status, ReadOnlyMemory<byte> Body)> CallAsync(CallUrsula call)
    {
        var address = call.Target.Address;
        var kind = call.Kind;
        var answer = await link.Ask<ServiceAnswer>(
            new ServiceCall(1, address, kind, call.Body, call.TimeLimit), TimeSpan.FromSeconds(60));
        return (answer.Status, answer.Body);
    }
}
