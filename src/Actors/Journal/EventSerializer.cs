using Akka.Serialization;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Akka's door to the bytes of a <see cref="SealedEvent"/>.</summary>
/// <remarks>Its identifier stands in every row of every journal: it never changes.</remarks>
internal sealed class EventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>What stands in every row, beside the manifest.</summary>
    public const int Number = 4701;

    /// <summary>The manifest of every row; what kind of event it is lies under the seal.</summary>
    public const string SealedManifest = "sealed/1";

    /// <summary>The settings that bind a sealed event to this serializer.</summary>
    internal static string Settings { get; } = $$"""
        akka.actor {
          serializers.nucypher-event = "{{NameOf<EventSerializer>()}}"
          serialization-identifiers { "{{NameOf<EventSerializer>()}}" = {{Number}} }
          serialization-bindings { "{{NameOf<SealedEvent>()}}" = nucypher-event }
        }
        """;

    /// <inheritdoc/>
    public override int Identifier => Number;

    /// <inheritdoc/>
    public override string Manifest(object o) => SealedManifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => ((SealedEvent)obj).Bytes;

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest == SealedManifest
        ? new SealedEvent(bytes)
        : throw new InvalidDataException($"The journal holds a '{manifest}' that this program can't read.");

    private static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
