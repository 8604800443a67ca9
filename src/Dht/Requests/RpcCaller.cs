namespace NuCypher.P2P.Dht;

/// <summary>Who learns what became of a request.</summary>
internal abstract class RpcCaller
{
    /// <summary>The peer answered; called at most once per request, and then nothing else.</summary>
    public abstract void Answered(PendingRequest request, in RpcResponse response);

    /// <summary>No try was answered; called at most once per request, and then nothing else.</summary>
    public abstract void Silent(PendingRequest request);

    /// <summary>Whether <see cref="Slow"/> is worth calling.</summary>
    public virtual bool IsHurried => false;

    /// <summary>
    /// Whether the peer will be sent something to store if it answers, so that a proof of this node's address is worth
    /// a datagram.
    /// </summary>
    public virtual bool WillStore => false;

    /// <summary>
    /// The first try was not answered as soon as most are; nothing is sent again yet. Called at most once per request.
    /// </summary>
    public virtual void Slow(PendingRequest request)
    {
    }

    /// <summary>
    /// A try was not answered in time, and the next one was sent; <see cref="PendingRequest.Tries"/> counts that one.
    /// </summary>
    public virtual void Late(PendingRequest request)
    {
    }
}
