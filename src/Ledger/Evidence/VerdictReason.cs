namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>Why evidence convicts nobody.</summary>
public enum VerdictReason : byte
{
    /// <summary>It convicts.</summary>
    None,

    /// <summary>Not four objects of the kinds that belong to the accusation.</summary>
    Malformed,

    /// <summary>Longer than <see cref="Judge.MaxSize"/>.</summary>
    TooLarge,

    /// <summary>The accused has no stake.</summary>
    NotStaker,

    /// <summary>A signature is not by whom it should be.</summary>
    BadSignature,

    /// <summary>The response answers another request.</summary>
    OtherRequest,

    /// <summary>The objects are about different nodes.</summary>
    OtherNode,

    /// <summary>The objects are about different policies, versions or deposits.</summary>
    OtherPolicy,

    /// <summary>The request is not by the Bob of the deposit.</summary>
    OtherBob,

    /// <summary>The receipt confirms another order, or something else.</summary>
    OtherReceipt,

    /// <summary>Every fragment is what was asked for.</summary>
    Correct,

    /// <summary>
    /// The request is dated when the node could still serve, or so late that she has forgotten the policy.
    /// </summary>
    InTime,
}
