namespace NuCypher.P2P.ActorRuntime;

/// <summary>Messages that an actor put aside for later, in the order in which it did.</summary>
public interface IStash
{
    /// <summary>Puts the current message aside.</summary>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>The oldest message comes back, before everything in the mailbox.</summary>
    void Unstash();

    /// <summary>All messages come back in their order, before everything in the mailbox.</summary>
    void UnstashAll();

    /// <summary>Takes all messages out without delivering them.</summary>
    IEnumerable<Envelope> ClearStash();
}
