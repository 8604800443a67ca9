namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor with a stash; the runtime sets it after the constructor. The limit is in <see cref="Props.StashCapacity"/>.</summary>
public interface IWithStash
{
    /// <summary>The stash.</summary>
    IStash Stash { get; set; }
}
