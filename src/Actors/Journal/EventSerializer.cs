using Akka.Serialization;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Akka's door to <see cref="JournalEvents"/>.</summary>
/// <remarks>Its identifier stands in every row of every journal: it never changes.</remarks>
public sealed class EventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The settings that bind every event to this serializer.</summary>
    internal static string Settings { get; } = $$"""
        akka.actor {
          serializers.nucypher-event = "{{NameOf<EventSerializer>()}}"
          serialization-identifiers { "{{NameOf<EventSerializer>()}}" = {{Number}} }
          serialization-bindings {
            "{{NameOf<PolicyEvent>()}}" = nucypher-event
            "{{NameOf<GrantEvent>()}}" = nucypher-event
          }
        }
        """;

    private const int Number = 4701;

    /// <inheritdoc/>
    public override int Identifier => Number;

    /// <inheritdoc/>
    public override string Manifest(object o) => JournalEvents.ManifestOf(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => JournalEvents.ToBytes(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => JournalEvents.Read(manifest, bytes);

    private static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
