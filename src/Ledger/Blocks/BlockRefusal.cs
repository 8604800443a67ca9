namespace NuCypher.P2P.Ledger.Blocks;

/// <summary>Why a follower stops at a block.</summary>
public enum BlockRefusal
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>Not a block.</summary>
    Malformed,

    /// <summary>Of another ledger.</summary>
    WrongChain,

    /// <summary>Not the next height.</summary>
    WrongHeight,

    /// <summary>
    /// It does not follow the last block: history was rewritten, or the book-keeper signed two blocks of one height.
    /// </summary>
    WrongPrevious,

    /// <summary>Dated before the last block.</summary>
    TimeWentBack,

    /// <summary>Not signed by the book-keeper.</summary>
    BadSignature,

    /// <summary>It holds a transaction that the rules refuse.</summary>
    RefusedTransaction,

    /// <summary>The state that it leads to is another one than it says.</summary>
    WrongState,
}
