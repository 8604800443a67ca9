namespace NuCypher.P2P.Actors.Network;

/// <summary>An operation asked of a <see cref="KademliaActor"/>; its sender gets exactly one <see cref="KademliaReply"/>.</summary>
/// <param name="RequestId">Chosen by the sender, for itself; the reply repeats it.</param>
public abstract record KademliaRequest(long RequestId);
