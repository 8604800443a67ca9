namespace NuCypher.P2P.Dht;

/// <summary>A request whose answer waits for the proof of its source.</summary>
/// <param name="From">The source.</param>
/// <param name="Id">The message id.</param>
/// <param name="Method">What is asked for.</param>
/// <param name="Sender">Who asks, by its own word.</param>
/// <param name="Key">What is asked for or stored.</param>
/// <param name="Value">What is to be stored.</param>
/// <param name="Size">Bytes of the request.</param>
internal sealed record Deferred(
    NodeAddress From, MessageId Id, RpcMethod Method, NodeId Sender, NodeId Key, ReadOnlyMemory<byte> Value, int Size)
{
    /// <summary>The request again.</summary>
    public RpcRequest Request => new() { Method = Method, Sender = Sender, Key = Key, Value = Value };
}
