namespace NuCypher.P2P.Dht;

/// <summary>What a MessagePack object is.</summary>
internal enum MessagePackType
{
    Nil,
    Boolean,
    Unsigned,
    Negative,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}
