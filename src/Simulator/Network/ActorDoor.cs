using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Simulator;

/// <summary>The front door of an honest node: hands each request to an actor and waits for its reply.</summary>
/// <param name="loop">Where the actor runs.</param>
/// <param name="front">Takes <see cref="ServiceRequest"/>, replies with <see cref="ServiceReply"/>.</param>
/// <param name="certificatePin">SHA-256 of the node's certificate.</param>
/// <param name="timeLimit">Afterwards the caller gets <c>Busy</c>.</param>
public sealed class ActorDoor(
    DeterministicLoop loop, IActorRef front, ReadOnlyMemory<byte> certificatePin, TimeSpan timeLimit)
    : IServiceDoor
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte> CertificatePin => certificatePin;

    /// <inheritdoc/>
    public void Receive(ServiceRequest request, Action<ServiceReply> reply) =>
        loop.Ask(front, request, timeLimit, static answer => answer is ServiceReply).ContinueWith(
            answer => reply((ServiceReply?)answer.Result ?? new ServiceReply(ServiceStatus.Busy, default)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
