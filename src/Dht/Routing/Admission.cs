namespace NuCypher.P2P.Dht;

/// <summary>What to do with a contact that has not proved its address.</summary>
internal enum Admission
{
    /// <summary>Nothing: it is known, or its subnet has its share.</summary>
    None,

    /// <summary>Nothing yet: its id answered from another address a moment ago.</summary>
    Later,

    /// <summary>Ping it: there is room for it.</summary>
    Verify,

    /// <summary>It became a spare one: ping the contact heard least recently instead, if that is stale.</summary>
    Wait,
}
