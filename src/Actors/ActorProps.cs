namespace NuCypher.P2P.Actors;

/// <summary>
/// Props from a producer, where the child is created: constructors may be internal, and nothing is made by reflection.
/// </summary>
public static class ActorProps
{
    /// <summary>Props of an actor that a function makes: once at its start, and once more at each restart.</summary>
    public static Props Of<TActor>(Func<TActor> produce)
        where TActor : ActorBase => Props.CreateBy(new Producer<TActor>(produce));

    private sealed class Producer<TActor>(Func<TActor> produce) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => produce();

        public void Release(ActorBase actor) => (actor as IDisposable)?.Dispose();
    }
}
