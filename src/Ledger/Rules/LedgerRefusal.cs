namespace NuCypher.P2P.Ledger.Rules;

/// <summary>Why a transaction was not taken; nothing changed, and its nonce can be used again.</summary>
public enum LedgerRefusal
{
    /// <summary>Taken.</summary>
    None,

    /// <summary>There is no ledger here: nothing is paid or staked.</summary>
    NoLedger,

    /// <summary>
    /// Not a transaction: another format or version, a number out of its range, bytes too many or too few.
    /// </summary>
    Malformed,

    /// <summary>Longer than a transaction may be, or for longer than is planned ahead.</summary>
    TooLarge,

    /// <summary>The signature is not by the sender.</summary>
    BadSignature,

    /// <summary>For another ledger.</summary>
    WrongChain,

    /// <summary>Not the next nonce of the sender.</summary>
    WrongNonce,

    /// <summary>The height up to which it was valid is over.</summary>
    Outdated,

    /// <summary>The sender, or who is to pay, has less.</summary>
    Insufficient,

    /// <summary>The owner allows less, or another sum than the sender thinks.</summary>
    NotAllowed,

    /// <summary>Not the time for it: the stake is locked, or its lock would end before it began.</summary>
    Locked,

    /// <summary>Less than the smallest amount or stake that counts.</summary>
    BelowMinimum,

    /// <summary>The sender, or somebody named, has no stake.</summary>
    NotStaker,

    /// <summary>A node has no stake that counts now and until the end.</summary>
    NotEligible,

    /// <summary>There is no such part of the stake.</summary>
    UnknownPart,

    /// <summary>There is no such deal.</summary>
    UnknownPolicy,

    /// <summary>The sender pays for this policy already.</summary>
    PolicyExists,

    /// <summary>Somebody else's.</summary>
    NotYours,

    /// <summary>Done already: a confirmed period, posted receipts, a commitment.</summary>
    AlreadyDone,

    /// <summary>The node was convicted for this request already.</summary>
    AlreadyJudged,

    /// <summary>More than any amount can be.</summary>
    Overflow,

    /// <summary>A table, or a node, holds as much as it may.</summary>
    Full,

    /// <summary>Not a validator, a target or a round that there is.</summary>
    NotInRound,

    /// <summary>The time for commitments is over.</summary>
    LateCommit,

    /// <summary>Not the time for it in this round.</summary>
    OutOfTurn,
}
