namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>The user messages of one actor, first in first out, bounded.</summary>
public interface IMessageBuffer
{
    /// <summary>True if nothing waits.</summary>
    bool IsEmpty { get; }

    /// <summary>Adds a message; never blocks.</summary>
    /// <returns>False if the queue is full and <paramref name="force"/> is not set.</returns>
    bool TryEnqueue(in Envelope envelope, bool force);

    /// <summary>Takes the oldest message.</summary>
    bool TryDequeue(out Envelope envelope);
}
