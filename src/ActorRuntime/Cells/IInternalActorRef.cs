namespace NuCypher.P2P.ActorRuntime;

/// <summary>A reference that takes part in death watch.</summary>
internal interface IInternalActorRef : IActorRef
{
    ActorSystem System { get; }

    void SendSystemMessage(SystemMessage message);
}
