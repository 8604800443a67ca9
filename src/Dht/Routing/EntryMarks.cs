namespace NuCypher.P2P.Dht;

/// <summary>What is known of a contact of the table besides how it behaved.</summary>
[Flags]
internal enum EntryMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was handed out since it last gave a sign of life.</summary>
    InUse = 1,

    /// <summary>It introduced itself: this node did not look for it.</summary>
    Uninvited = 2,
}
