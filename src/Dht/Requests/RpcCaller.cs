namespace NuCypher.P2P.Dht;

/// <summary>Who learns what became of a request.</summary>
internal abstract class RpcCaller
{
    /// <summary>The peer answered; called at most once per request, and then nothing else.</summary>
    public abstract void Answered(PendingRequest request, in RpcResponse response);

    /// <summary>No try was answered; called at most once per request, and then nothing else.</summary>
    public abstract void Silent(PendingRequest request);

    /// <summary>The first try was not answered in time; more follow.</summary>
    public virtual void Late(PendingRequest request)
    {
    }
}
