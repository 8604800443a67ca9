namespace NuCypher.P2P.Policy.Mediation;

/// <summary>What a node learns of its NAT by what several mediators see.</summary>
public enum NatVerdict
{
    /// <summary>Nobody has said anything yet, or nobody does any more.</summary>
    Unknown,

    /// <summary>All see one address: whoever is introduced can come through.</summary>
    OneAddress,

    /// <summary>Each sees another address: nobody can be told where to come.</summary>
    ManyAddresses,
}
