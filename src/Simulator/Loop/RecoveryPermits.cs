namespace NuCypher.P2P.Simulator;

/// <summary>
/// The mailbox of the actor that permits recoveries: one a world, and it watches whoever asks until he has recovered.
/// </summary>
/// <remarks>
/// Who crashes meanwhile gives nothing back: the permits of his process are returned for him, or he would be watched
/// for ever.
/// </remarks>
internal sealed class RecoveryPermits(DeterministicLoop loop, IActorRef permitter) : LoopQueue(loop, null, int.MaxValue)
{
    private const string Name = "recoveryPermitter";

    /// <summary>Whether an actor is the one that permits recoveries.</summary>
    public static bool IsFor(IActorRef owner) => owner.Path.Name.StartsWith(Name, StringComparison.Ordinal);

    /// <summary>
    /// An actor's first message asks for the permit, the second gives it back; a crashed one's are passed over.
    /// </summary>
    public override bool TryDequeue(out Envelope envelope)
    {
        while (base.TryDequeue(out envelope))
        {
            if (envelope.Message is Terminated || LoopProcess.Of(envelope.Sender) is not { } process)
                return true;
            if (process.IsCrashed)
                continue;
            process.CountPermit(envelope.Sender, permitter);
            return true;
        }

        return false;
    }
}
